import { fromBase64 } from "../bytes/base64.ts";
import { sendingView } from "../client/views.ts";
import { isOver } from "../domain/lifecycle/transfer-arrows.ts";
import { parseReference } from "../domain/reference.ts";
import type { SendingRecipient, SendingView, WordsAttemptBody, WordsWay } from "../domain/wire/sending.ts";
import { SealError } from "../seal/error.ts";
import { openSenderGrant } from "../seal/grants.ts";
import { openSession, type Session } from "./account/session.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import { endingUsed, toldOptions, waysFor, waysText } from "./sending/ways-to-tell.ts";
import { printable } from "./table.ts";

const CHANNELS = ["phone", "sms", "post", "teams", "in-person", "relay-uk"];

/** `waybill words`: the six words that the sender tells a recipient without a key (SDT-13, OXM-23). */
export const words: Command = atServer({
  usage: "waybill words REF RECIPIENT [--told CHANNEL | --no-answer CHANNEL] [--ending DIGITS] [--server URL] [--json]",
  help: `Shows the six words for a recipient who has confirmed arrival. With them it shows the ways of telling that work for this
recipient, and their checked numbers; email is none. Then record it: the words themselves are not in the record.

RECIPIENT is an address or a name.

      --told CHANNEL        record that you told them: ${CHANNELS.join(", ")}
      --no-answer CHANNEL   record that you tried
      --ending DIGITS       the last digits of the number, four at most; needed where there are several
      --server URL          where this command line is enrolled at several servers
      --json                as JSON
`,
  async run(args, parts) {
    const options = {
      ...COMMON,
      told: { type: "string" },
      "no-answer": { type: "string" },
      ending: { type: "string" },
      server: { type: "string" },
    } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const [typed, who, ...more] = positionals;
    if (typed === undefined || who === undefined || more.length > 0)
      throw usage("Say which transfer and which recipient.");
    const attempt = attemptOf(values.told, values["no-answer"], values.ending ?? "");
    const reference = parseReference(typed);
    const session = await openSession(parts, values.server);
    try {
      const view = await session.http.get(`/api/transfers/${reference}`, sendingView);
      const recipient = recipientOf(view, who);
      const { name, address } = recipient;
      const ways = await waysFor(session.http, reference, recipient);
      if (attempt === null) {
        const secret = await secretOf(view, recipient, session);
        const json = { reference, address, words: secret, ways };
        const said = `For ${printable(name)} <${address}>:\n\n    ${secret}\n\n${adviceText(ways, reference, address)}\n`;
        parts.stdout.write(values.json ? `${JSON.stringify(json)}\n` : said);
      } else {
        const ending = endingUsed(ways, attempt.channel, attempt.ending, name);
        const body: WordsAttemptBody = { recipientId: recipient.id, ...attempt, ending };
        await session.http.tell("POST", `/api/transfers/${reference}/words`, body);
        const json = { reference, address, ...attempt, ending };
        parts.stdout.write(values.json ? `${JSON.stringify(json)}\n` : "Recorded.\n");
      }
    } finally {
      session.close();
    }
  },
});

/** How to tell them, and the command that records it for the first of the ways. */
function adviceText(ways: readonly WordsWay[], reference: string, address: string): string {
  const [first] = ways;
  if (first === undefined) {
    return "No way of telling them is known that works for them: add a checked number to the contact in your browser. Never by email.";
  }
  const record = `waybill words ${reference} ${address} ${toldOptions(first)}`;
  return `Tell them in one of these ways, never by email:\n\n${waysText(ways)}\n\nThen record it, with the way that you used: ${record}`;
}

function attemptOf(told: string | undefined, noAnswer: string | undefined, ending: string) {
  const channel = told ?? noAnswer;
  if (channel === undefined) {
    if (ending !== "") throw usage("--ending goes with --told or --no-answer.");
    return null;
  }
  if (told !== undefined && noAnswer !== undefined) throw usage("Either you told them, or there was no answer.");
  if (!CHANNELS.includes(channel)) throw usage(`The channel is one of ${CHANNELS.join(", ")}; email is none.`);
  if (!/^\d{0,4}$/.test(ending)) throw usage("--ending takes four digits at most.");
  return { told: told !== undefined, channel, ending };
}

/** @throws CliError `usage` for nobody or somebody with a key; `refused` before arrival (DESIGN: only then are they told) and once access has ended */
function recipientOf({ reference, recipients }: SendingView, who: string): SendingRecipient {
  const wanted = who.trim().toLowerCase();
  const found = recipients.filter((each) => each.address === wanted || each.name.toLowerCase() === wanted);
  const [recipient] = found;
  if (recipient === undefined || found.length > 1) {
    throw usage(
      `${reference} goes to ${recipients.map(({ address }) => address).join(", ")}: give one of these addresses.`,
    );
  }
  if (recipient.access !== "words") throw usage(`${recipient.name} opens it with their own key and needs no words.`);
  if (["named", "released"].includes(recipient.state)) {
    const message = `${recipient.name} has not confirmed arrival yet. Tell the words only then, so that they reach the right person: waybill status ${reference}`;
    throw new CliError({ code: "refused", message });
  }
  if (isOver(recipient)) {
    const message = `${recipient.name}’s access has ended: their words open nothing any more, and are told to nobody. To send it to them after all, begin a new transfer.`;
    throw new CliError({ code: "refused", message });
  }
  return recipient;
}

async function secretOf(view: SendingView, { id, name }: SendingRecipient, session: Session): Promise<string> {
  const { reference, senderGrant } = view;
  if (senderGrant === null)
    throw new CliError({ code: "refused", message: `${reference} is over: its words are destroyed.` });
  try {
    const grant = await openSenderGrant(fromBase64(senderGrant), session.device.identities, { reference });
    const secret = grant.secrets[id];
    if (secret !== undefined) return secret;
  } catch (cause) {
    if (!(cause instanceof SealError) || cause.code !== "no-access") throw cause;
    const message = `The words for ${name} are not sealed to this command line's key: it was enrolled after they were made. Nothing is lost: they are on the page ${session.device.origin}/transfers/${reference}, in your browser. What you send from now on shows its words here too.`;
    throw new CliError({ code: "not-for-this-key", message, cause });
  }
  throw new CliError({ code: "refused", message: `${name} is not among those whom ${reference} was sealed for.` });
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message: `${message} Nothing was changed.` });
}
