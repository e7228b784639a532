import { formatDate } from "../domain/date-text.ts";
import type { RecipientState, TransferState } from "../domain/transfer.ts";
import type { InboxEntry } from "../domain/wire/receiving.ts";
import { lookAtOwnKeys } from "./account/own-keys.ts";
import { openSession } from "./account/session.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { COMMON, readOptions } from "./options.ts";
import { readableSize } from "./progress.ts";
import { inboxOf } from "./receiving/inbox-of.ts";
import { openableHere } from "./receiving/refuse-earlier.ts";
import { table } from "./table.ts";

/** `waybill inbox`: what this member was sent. */
export const inbox: Command = atServer({
  usage: "waybill inbox [--server URL] [--json]",
  help: `Lists what you were sent, newest first: reference, how far it is, sender, files, and when access ends.

What was sent before this command line was enrolled is not sealed to its key, and is opened in the browser.

      --server URL   where this command line is enrolled at several servers
      --json         as JSON
`,
  async run(args, parts) {
    const options = { ...COMMON, server: { type: "string" } } as const;
    const { values } = readOptions({ args: [...args], options, allowPositionals: false });
    const session = await openSession(parts, values.server);
    try {
      await lookAtOwnKeys(session, values.json === true, parts);
      const opens = await openableHere(session);
      const entries = await Array.fromAsync(inboxOf(session), (entry) => ({ ...entry, opensHere: opens(entry) }));
      const json = { server: session.device.origin, address: session.device.address, entries };
      parts.stdout.write(values.json ? `${JSON.stringify(json)}\n` : textOf(entries));
    } finally {
      session.close();
    }
  },
});

/** `opensHere`: whether it may be sealed to a key of this command line. */
type Listed = InboxEntry & { readonly opensHere: boolean };

function textOf(entries: readonly Listed[]): string {
  if (entries.length === 0) return "You were sent nothing.\n";
  const rows = entries.map(({ reference, transferState, state, sender, totals, expiresAt, opensHere }) => [
    reference,
    receivedText(transferState, state, opensHere),
    `${sender.name} <${sender.address}>`,
    `${totals.items} ${totals.items === 1 ? "file" : "files"}, ${readableSize(totals.bytes)}`,
    `until ${formatDate(expiresAt)}`,
  ]);
  return `${table(rows)}\n`;
}

const WORDS: Readonly<Record<RecipientState, string>> = {
  named: "not sent yet",
  released: "to be opened",
  arrived: "to be opened",
  opened: "opened, no receipt yet",
  received: "receipt confirmed",
  paused: "paused",
  misdirected: "not for you",
  dropped: "access ended",
  recalled: "taken back",
  expired: "expired",
  closed: "received and closed",
};

/** How far it is, to whoever was sent it. */
function receivedText(transfer: TransferState, mine: RecipientState, opensHere: boolean): string {
  if (transfer === "recalled" || transfer === "expired" || transfer === "closed") return WORDS[transfer];
  const toOpen = mine === "released" || mine === "arrived";
  return toOpen && !opensHere
    ? "to be opened in your browser: sent before this command line was enrolled"
    : WORDS[mine];
}
