import { SealError } from "../../seal/error.ts";
import { ClientError } from "../error.ts";

/** What each way that opening fails means to a recipient. Damage is never called wrong words. */
const MEANING = {
  damaged: ["damaged", "What arrived is damaged: it is not what was sealed. The sender can send it again."],
  "too-costly": [
    "damaged",
    "This access asks for more work than any of ours does. Nothing was opened. Tell the sender.",
  ],
  "wrong-secret": ["wrong-words", "These are not the six words. Nothing is lost: check them and try again."],
  "no-access": [
    "no-access",
    "This is not sealed to your key. Nothing is lost: ask the sender to give you access again.",
  ],
} as const;

/** Runs an opening, and turns what the seal finds into a ClientError. Mistakes of our own program are thrown on. */
export async function sealTrouble<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw asClientError(error);
  }
}

/** The same for a stream. */
export async function* sealTroubleIn<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw asClientError(error);
  }
}

function asClientError(error: unknown): unknown {
  if (!(error instanceof SealError) || !isMeant(error.code)) return error;
  const [code, message] = MEANING[error.code];
  return new ClientError({ code, message, cause: error });
}

function isMeant(code: string): code is keyof typeof MEANING {
  return Object.hasOwn(MEANING, code);
}
