import { ClientError } from "../../client/error.ts";
import type { Http } from "../../client/http.ts";
import { askForWords, fetchWordsNews } from "../../client/receiving/mailbox.ts";
import { formatDateTime } from "../../domain/date-text.ts";
import type { ReceivingView, WordsNews } from "../../domain/wire/receiving.ts";
import { parseSecret, SECRET_WORDS, typedWords } from "../../seal/words.ts";
import { canAsk, say } from "../ask.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { askHidden, readDescriptor } from "../passphrase.ts";
import { printable } from "../table.ts";
import { RECOVERY, sealedToRecovery } from "./recovery-text.ts";

/**
 * Opens with the six words: those of a file descriptor, or asked for without showing them, as often as they are wrong. The words are
 * checked against the list before they are tried, and tried on this device alone: a wrong one costs nothing.
 * @param open throws ClientError `wrong-words`.
 * @throws CliError `wrong-words` for those of a descriptor, also when one is on no list, `waiting` where there is nobody to ask; ClientError
 */
export async function openWithWords<T>(
  view: ReceivingView,
  fd: string | null,
  open: (secret: string) => Promise<T>,
  http: Http,
  parts: Parts,
): Promise<T> {
  if (fd !== null) return open(secretIn(readDescriptor(fd, "--words-fd", "words")));
  if (!canAsk(parts)) {
    const message = `${howText(view, await fetchWordsNews(http, view.id))} When you have them, run the same command again with --words-fd, the number of a file descriptor to read them from.`;
    throw new CliError({ code: "waiting", message });
  }
  say(`\n${howText(view, await fetchWordsNews(http, view.id))}`, parts);
  say("Leave this waiting, or stop it and run the same command again later: it goes on here.", parts);
  for (;;) {
    const typed = (await askHere("The six words (they do not show), or “ask” to ask for them again: ", parts)).trim();
    if (typed === "") say(howText(view, await fetchWordsNews(http, view.id)), parts);
    else if (/^ask$/i.test(typed)) await askAgain(view, http, parts);
    else {
      const secret = await corrected(typed, parts);
      if (secret === null) continue;
      say("Opening …", parts);
      try {
        return await open(secret);
      } catch (cause) {
        if (!(cause instanceof ClientError) || cause.code !== "wrong-words") throw cause;
        say(cause.message, parts);
      }
    }
  }
}

/** @throws CliError `wrong-words` saying which word is none */
function secretIn(typed: string): string {
  const read = parseSecret(typed);
  if (read.ok) return read.secret;
  const what = read.reason === "count" ? countText(read.count) : `${unknownText([read.position])} Check it.`;
  throw new CliError({ code: "wrong-words", message: `${what} Nothing was opened, and nothing is lost.` });
}

/** The secret, with each word that is on no list asked for again alone; null when there are not six. */
async function corrected(typed: string, parts: Parts): Promise<string | null> {
  let words = typedWords(typed);
  if (words.length !== SECRET_WORDS) {
    say(countText(words.length), parts);
    return null;
  }
  for (;;) {
    const unknown = words.flatMap(({ known }, at) => (known ? [] : [at]));
    const [first] = unknown;
    if (first === undefined) return words.map(({ text }) => text).join(" ");
    say(unknownText(unknown), parts);
    const [word, ...more] = typedWords(await askHere(`Word ${first + 1} again: `, parts));
    if (word !== undefined && more.length === 0) words = words.with(first, word);
  }
}

function unknownText(positions: readonly number[]): string {
  const [first = 0, ...more] = positions.map((each) => each + 1);
  return more.length === 0
    ? `Word ${first} is not one of the words that are used.`
    : `Words ${[first, ...more].join(", ")} are not among the words that are used.`;
}

function countText(count: number): string {
  return `${count === 1 ? "That is 1 word" : `Those are ${count} words`}; you need ${SECRET_WORDS}.`;
}

async function askAgain({ id, sender }: ReceivingView, http: Http, parts: Parts): Promise<void> {
  try {
    await askForWords(http, id);
    const { teller } = await fetchWordsNews(http, id);
    say(`${printable(teller ?? sender.name)} was asked again.`, parts);
  } catch (cause) {
    if (!(cause instanceof ClientError) || cause.refusal === null) throw cause;
    say(printable(cause.message), parts); // asked too often, for one
  }
}

async function askHere(question: string, parts: Parts): Promise<string> {
  const terminal = parts.openTerminal();
  if (terminal === null) throw new CliError({ code: "waiting", message: "The terminal is gone. Nothing is lost." });
  try {
    return await askHidden(question, terminal, parts.signal, true);
  } finally {
    terminal.close();
  }
}

const BY = {
  phone: "by phone",
  sms: "by text message",
  "relay-uk": "by Relay UK",
  post: "in a letter",
  teams: "on Teams",
  "in-person": "in person",
} as const satisfies Record<WordsNews["channel"], string>;

/** OXM-23: how the words will come, never by email, and what is recorded of it. */
function howText(view: ReceivingView, { channel, ending, toldAt, noAnswerAt, teller }: WordsNews): string {
  const who = printable(teller ?? view.sender.name);
  const called = channel === "phone" || channel === "sms" || channel === "relay-uk";
  const number = called && ending !== null ? `, on the number ending ${ending}` : "";
  const recovery = sealedToRecovery(view) ? `${RECOVERY} ` : "";
  if (teller === null) {
    const [gone, house] = [printable(view.sender.name), printable(view.organisation)];
    const noted = toldAt === null ? "" : ` It was noted on ${formatDateTime(toldAt)} that you were told them.`;
    return `${recovery}To open it you need six words. ${gone}, who sent it, has left ${house}, and nobody there has them.${noted} If you were not told them, ring ${house} on the number that you find on its website, and give the reference ${view.reference}.`;
  }
  const how = `${recovery}To open it you need six words. ${who} tells you them ${BY[channel]}${number}; they never come by email.`;
  if (toldAt !== null) return `${how} It was noted on ${formatDateTime(toldAt)} that you were told them.`;
  return noAnswerAt === null ? how : `${how} You were tried on ${formatDateTime(noAnswerAt)}, without an answer.`;
}
