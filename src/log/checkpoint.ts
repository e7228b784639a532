import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { LogError } from "./error.ts";
import type { Hash } from "./merkle.ts";

/** The head of a log (c2sp.org/tlog-checkpoint): what its note says. */
export interface Checkpoint {
  /** Which log: for ours host and port of the public address, and `/log`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** Origin, size and root, a line each: the text of the note. Ours has no extension lines. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads a note's text; extension lines are allowed and say nothing. @throws LogError `not-a-checkpoint` */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const [origin = "", size = "", root = ""] = lines;
  const whole = lines.pop() === "" && lines.length >= 3 && lines.every((line) => line !== "");
  const hash = parseHash(root);
  if (!whole || !isCount(size) || hash === null) {
    throw new LogError({
      code: "not-a-checkpoint",
      message: "This is not a log's checkpoint: origin, size and root hash.",
    });
  }
  return { origin, size: Number(size), root: hash };
}

/** Whether it is a number from 0 to 2^53 - 1 as the formats write it: decimal, without leading zeros. */
export function isCount(text: string): boolean {
  return /^(?:0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text));
}

/** A hash in standard base64; null for anything else. */
export function parseHash(text: string): Hash | null {
  if (text.length !== 44) return null;
  try {
    const bytes = fromBase64(text);
    return bytes.length === 32 ? bytes : null;
  } catch {
    return null;
  }
}
