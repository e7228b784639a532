import { ClientError, cancelled } from "../../client/error.ts";
import type { Made } from "../../client/sending/order.ts";
import { readAssessment } from "../../client/sending/read-assessment.ts";
import { type Seen, signSending } from "../../client/sending/sign-sending.ts";
import { signingOptions } from "../../client/views.ts";
import { waybillFacts } from "../../domain/waybill.ts";
import type { SendingView } from "../../domain/wire/sending.ts";
import { changedNames } from "../../seal/item-names.ts";
import type { Session } from "../account/session.ts";
import { askYesNo } from "../ask.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { readableSize } from "../progress.ts";
import { printable, table } from "../table.ts";
import type { Draft } from "./drafts.ts";
import { refuseUnmet } from "./refuse-unmet.ts";

/**
 * Shows what will be signed, asks, and signs with this device's key (SIS-23). What is shown is what this device made and was told; the
 * sender's own name and the expiry are the server's, and shown for that.
 * @param yes signs without asking.
 * @throws CliError `declined`, `usage`; ClientError `changed-record`, `lying-server`
 */
export async function signDraft(
  draft: Draft,
  made: Made,
  view: SendingView,
  { session, parts, yes }: { readonly session: Session; readonly parts: Parts; readonly yes: boolean },
): Promise<void> {
  const { http, rpId, device } = session;
  await refuseUnmet(session, draft, true);
  const { policy, needs, assessment } = await readAssessment(http, draft.reference, draft.facts);
  const path = `/api/transfers/${draft.reference}/sign/options`;
  const name = nameIn((await http.send("POST", path, {}, signingOptions)).waybill);
  const seen: Seen = {
    originator: { name, address: device.address, organisation: view.organisation },
    facts: waybillFacts(draft.facts),
    expires: view.expiresAt,
    policy,
    needs,
    assessment,
  };
  if (!yes || parts.stderr.isTTY) parts.stderr.write(`${textOf(draft, made, seen)}${renamedText(made)}\n`);
  const question = needs.length === 0 ? "Sign this and send it?" : "Sign this and ask for agreement?";
  if (!yes && !(await askYesNo(question, "To sign without being asked, add --yes.", parts))) {
    const message = `Nothing was sent. The sealed files wait: waybill send --resume ${draft.reference}, or waybill recall ${draft.reference}.`;
    throw new CliError({ code: "declined", message });
  }
  if (parts.signal.aborted) throw cancelled();
  await signSending(made, seen, { http, rpId, sign: async (statement) => session.sign(statement) });
}

/** The list of files that another device sealed, for reading. */
export function sealedElsewhere({ items, checkCode }: Made): string {
  const rows = items.map(({ name, kind, length }) => [
    kind === "message" ? `${name} (message)` : name,
    readableSize(length),
  ]);
  const compare = `Sealed on another device. Go on only if that device shows the check code ${checkCode} too.`;
  return `${compare}\n${table(rows)}\n`;
}

/** The names that recipients save files under where they are others, a line each. */
function renamedText({ items }: Made): string {
  return changedNames(items.map(({ name }) => name))
    .map(
      ({ sent, saved }) =>
        `\n${"Name".padEnd(15)} “${printable(sent)}” is saved by recipients as “${printable(saved)}”: every device takes that`,
    )
    .join("");
}

const NO_RECOVERY = "nobody: your organisation has no recovery key";

/** Everything that is signed, for reading. */
function textOf({ reference, facts, subject }: Draft, made: Made, { originator, expires, needs }: Seen): string {
  const words = { account: "opens with their own key", words: "needs six words from you, by phone or another way" };
  const kinds = [
    ...(facts.personal ? ["personal information"] : []),
    ...(facts.special ? ["special categories"] : []),
    ...(facts.offences ? ["criminal offences"] : []),
    ...(facts.sensitive ? ["sensitive"] : []),
  ];
  const { totals, recovery } = made;
  const { items, bytes } = totals;
  const rows: readonly (readonly [string, string])[] = [
    ["Reference", reference],
    ["From", `${originator.name} <${originator.address}>, ${originator.organisation}`],
    ...made.recipients.map((each): readonly [string, string] => [
      "To",
      `${each.name} <${each.address}>, ${each.access === "words" ? words.words : words.account}`,
    ]),
    ...(subject === "" ? [] : [["Subject", `${subject} (sealed)`] as const]),
    ["Files", `${items}, ${readableSize(bytes)}, sealed`],
    ["Purpose", facts.purpose],
    ["Necessity", facts.necessity],
    ...(facts.recordCopy === null ? [] : [["Record copy", facts.recordCopy] as const]),
    ...(facts.lawfulBasis === null ? [] : [["Lawful basis", basisText(facts.lawfulBasis)] as const]),
    ["Classification", [facts.classification, ...kinds].join(", ")],
    ...(facts.people === null ? [] : [["People", `${facts.people.toLocaleString("en-GB")}, as you declare`] as const]),
    ["Impact", `on people: ${facts.impact.individuals}; on the organisation: ${facts.impact.organisation}`],
    ["Expires", expires],
    [
      "Opens it too",
      recovery === null ? NO_RECOVERY : `your organisation, with its recovery key (SHA-256 ${recovery})`,
    ],
    ["Agreement", needs.length === 0 ? "nobody else's is needed" : `asked of ${needs.map(roleIn).join(", ")}`],
    ["Content", `SHA-256 ${made.content}`],
    ["Check code", `${made.checkCode}, the same on each device of yours`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(15)} ${printable(value)}`).join("\n");
}

function basisText({ basis, special, offences }: NonNullable<Draft["facts"]["lawfulBasis"]>): string {
  return [basis, special, offences].filter((each) => each !== "").join(", ");
}

/** The role in a need such as `approval:line-manager`. */
function roleIn(need: string): string {
  return need.replace("approval:", "").replaceAll("-", " ");
}

/** The server says who the sender is by name; the address is known here. */
function nameIn(waybill: string): string {
  try {
    const { originator } = JSON.parse(waybill) as { originator: { name: unknown } }; // controlled by the server; anything else throws
    if (typeof originator.name === "string") return originator.name;
  } catch {
    // answered below
  }
  const message = "The server's transfer record is not understood. Nothing was signed. Update the program.";
  throw new ClientError({ code: "bad-answer", message });
}
