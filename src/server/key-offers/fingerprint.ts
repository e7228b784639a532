import type { Reader } from "../../domain/records.ts";
import { fingerprintOf } from "../../log/key-fingerprint.ts";

/** The fingerprint of a member's main key; null when they have none. */
export async function fingerprintFor(read: Reader, memberId: string): Promise<string | null> {
  const main = (await read.keysOf(memberId)).findLast(({ kind }) => kind === "main");
  return main ? fingerprintOf(main.recipient) : null;
}
