import { fromBase64 } from "../bytes/base64.ts";
import { sendingView } from "../client/views.ts";
import { parseReference } from "../domain/reference.ts";
import type { SendingRecipient, SendingView, WordsAttemptBody } from "../domain/wire/sending.ts";
import { SealError } from "../seal/error.ts";
import { openSenderGrant } from "../seal/grants.ts";
import { openSession, type Session } from "./account/session.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import { printable } from "./table.ts";

const CHANNELS = ["phone", "sms", "post", "teams", "in-person", "relay-uk"];

/** `waybill words`: the six words that the sender tells a recipient without a key (SDT-13, OXM-23). */
export const words: Command = atServer({
  usage: "waybill words REF RECIPIENT [--told CHANNEL | --no-answer CHANNEL] [--ending DIGITS] [--server URL] [--json]",
  help: `Shows the six words for a recipient who has confirmed arrival. Tell them by phone or another way than email, on a number that you
have verified. Then record it: the words themselves are not in the record.

RECIPIENT is an address or a name.

      --told CHANNEL        record that you told them: ${CHANNELS.join(", ")}
      --no-answer CHANNEL   record that you tried
      --ending DIGITS       the last digits of the number, four at most
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
      if (attempt === null) {
        const secret = await secretOf(view, recipient, session);
        const said = `For ${printable(name)} <${address}>, by phone or another way than email, on a number that you have verified:\n\n    ${secret}\n\nThen record it: waybill words ${reference} ${address} --told phone\n`;
        parts.stdout.write(values.json ? `${JSON.stringify({ reference, address, words: secret })}\n` : said);
      } else {
        const body: WordsAttemptBody = { recipientId: recipient.id, ...attempt };
        await session.http.tell("POST", `/api/transfers/${reference}/words`, body);
        const json = { reference, address, ...attempt };
        parts.stdout.write(values.json ? `${JSON.stringify(json)}\n` : "Recorded.\n");
      }
    } finally {
      session.close();
    }
  },
});

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

/** @throws CliError `usage` for nobody, somebody with a key, or somebody who has not confirmed arrival (DESIGN: only then are they told) */
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
    const message = `The words for ${name} are not sealed to this command line's key: it was enrolled after they were made. Nothing is lost: open ${reference} in your browser.`;
    throw new CliError({ code: "not-for-this-key", message, cause });
  }
  throw new CliError({ code: "refused", message: `${name} is not among those whom ${reference} was sealed for.` });
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message: `${message} Nothing was changed.` });
}
