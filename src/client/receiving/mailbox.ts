import type { CodeAnswer, ProveAnswer, WordsNews } from "../../domain/wire/receiving.ts";
import { ClientError } from "../error.ts";
import type { Http } from "../http.ts";
import { oneOf, orNull, record, type Shape, size, text } from "../shape.ts";

const codeAnswer: Shape<CodeAnswer> = record({
  reference: text,
  organisation: text,
  sender: record({ name: text, address: text }),
  mailbox: text,
  minutes: size,
  tries: size,
  pauseMinutes: size,
});
const proveAnswer: Shape<ProveAnswer> = record({ token: text });
const wordsNews: Shape<WordsNews> = record({
  channel: oneOf("phone", "sms", "post", "teams", "in-person", "relay-uk"),
  ending: orNull(text),
  toldAt: orNull(text),
  noAnswerAt: orNull(text),
  askedAt: orNull(text),
  teller: (value, at) => (value === undefined ? undefined : orNull(text)(value, at)),
});

/** Has a code mailed to the mailbox that the link is for (SDT-2). @throws ClientError `refused` with 404 or 429 */
export function askForCode(http: Http, id: string): Promise<CodeAnswer> {
  return http.send("POST", `/api/r/${id}/code`, {}, codeAnswer);
}

/**
 * Shows the emailed code. @returns the bearer token of this recipient's session; null for a wrong code, which counts.
 * @throws ClientError `refused` with 429 after too many wrong ones
 */
export async function proveMailbox(http: Http, id: string, code: string): Promise<string | null> {
  try {
    return (await http.send("POST", `/api/r/${id}/prove`, { code }, proveAnswer)).token;
  } catch (cause) {
    if (cause instanceof ClientError && cause.refusal?.code === "wrong-code") return null;
    throw cause;
  }
}

/** How the six words will be told, and what is recorded of it. */
export function fetchWordsNews(http: Http, id: string): Promise<WordsNews> {
  return http.get(`/api/r/${id}/words`, wordsNews);
}

/** Asks the sender for the six words again. @throws ClientError `refused` with 429 when it was asked too often */
export function askForWords(http: Http, id: string): Promise<void> {
  return http.tell("POST", `/api/r/${id}/ask`, {});
}
