import { ClientError } from "../../client/error.ts";
import { SealError } from "../../seal/error.ts";
import type { Texts } from "../page/texts.ts";
import { OpenTrouble } from "./open-worker.ts";

export const TROUBLE_TEXTS = [
  "wrongWords",
  "damaged",
  "lying",
  "offline",
  "noAccess",
  "stopped",
  "noRoom",
  "unexpected",
] as const;

const BY_CODE: Readonly<Record<string, (typeof TROUBLE_TEXTS)[number]>> = {
  "wrong-words": "wrongWords",
  "wrong-secret": "wrongWords",
  damaged: "damaged",
  "lying-server": "lying",
  offline: "offline",
  "no-access": "noAccess",
  cancelled: "stopped",
  "too-large-for-device": "noRoom",
};

/** What went wrong, in the page's language; what the server refused it says itself. */
export function wordsForTrouble(error: unknown, texts: Texts<(typeof TROUBLE_TEXTS)[number]>): string {
  const { code, message } = read(error);
  if (code === "refused" && message !== "") return message;
  return texts(BY_CODE[code] ?? "unexpected");
}

/** Whether what arrived is not what was sent. */
export function isDamage(error: unknown): boolean {
  const { code } = read(error);
  return code === "damaged" || code === "lying-server";
}

function read(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof OpenTrouble) return error.trouble;
  if (error instanceof ClientError || error instanceof SealError) return error;
  console.error(error);
  return { code: "unexpected", message: "" };
}
