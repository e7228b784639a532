import { formatDate, formatDateTime } from "../domain/date-text.ts";
import { parseReference } from "../domain/reference.ts";
import type { TransferState } from "../domain/transfer.ts";
import type { StatusView, TransferListAnswer, TransferSummary } from "../domain/wire/sending.ts";
import { openSession, type Session } from "./account/session.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";
import { recipientText, stateText, statusView, transferList, waitingText } from "./sending/status-of.ts";
import { printable, table } from "./table.ts";

/** `waybill status`: how far a transfer is, or all of them. */
export const status: Command = atServer({
  usage: "waybill status [REF] [--server URL] [--json]",
  help: `Says how far a transfer of yours is, with everything that happened; without a reference, lists all that you sent.

      --server URL   where this command line is enrolled at several servers
      --json         as JSON
`,
  async run(args, parts) {
    const options = { ...COMMON, server: { type: "string" } } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const typed = oneOperand(positionals, "one reference");
    const reference = typed === undefined ? null : parseReference(typed);
    const session = await openSession(parts, values.server);
    try {
      if (reference === null) {
        const transfers = await Array.fromAsync(allOf(session));
        const json = { server: session.device.origin, transfers };
        parts.stdout.write(values.json ? `${JSON.stringify(json)}\n` : listText(transfers));
      } else {
        const view = await session.http.get(`/api/transfers/${reference}/status`, statusView);
        parts.stdout.write(values.json ? `${JSON.stringify(view)}\n` : timelineText(view));
      }
    } finally {
      session.close();
    }
  },
});

async function* allOf({ http }: Session): AsyncGenerator<TransferSummary> {
  for (let offset: number | null = 0; offset !== null; ) {
    const answer: TransferListAnswer = await http.get(`/api/transfers?offset=${offset}`, transferList);
    yield* answer.transfers;
    offset = answer.next !== null && answer.next > offset ? answer.next : null;
  }
}

function listText(transfers: readonly TransferSummary[]): string {
  if (transfers.length === 0) return "You have sent nothing.\n";
  const rows = transfers.map(({ reference, state, createdAt, recipients, purpose }) => [
    reference,
    stateText({ state, recipients }),
    formatDate(createdAt),
    recipients.length === 1 ? (recipients[0]?.address ?? "") : `${recipients.length} recipients`,
    purpose.split("\n")[0] ?? "",
  ]);
  return `${table(rows)}\n`;
}

/** Nobody can open it any more, so that no date is said until which somebody can. */
const OVER: readonly TransferState[] = ["closed", "recalled", "expired"];

function timelineText({ reference, state, purpose, expiresAt, recipients, events, waitsFor }: StatusView): string {
  const people = recipients.map((each) => ["", recipientText(each.state), `${each.name} <${each.address}>`]);
  const happened = events.flatMap(({ at, says, more, recipient }) => {
    if (says === null) return [];
    return [[`  ${formatDateTime(at)}`, recipient ?? "", [says, ...more.split("\n")].filter(Boolean).join("; ")]];
  });
  const head = `${reference}: ${stateText({ state, recipients })}${OVER.includes(state) ? "" : `, until ${formatDateTime(expiresAt)}`}\n${printable(purpose.split("\n")[0] ?? "")}`;
  const waits = waitsFor.map((each) => `Waits for ${waitingText(each)}\n`).join("");
  return `${head}\n${waits}${table(people)}\n\n${table(happened)}\n`;
}
