import type { Reader } from "../../domain/records.ts";
import { activeRecoveryKey } from "../../domain/recovery-key.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { RecoveryKeyLine } from "../../domain/wire/recovery.ts";
import { fingerprintOf } from "../../log/key-fingerprint.ts";
import { textDigest } from "../passkeys/statements.ts";

/** The organisation's own lines of the key log: what two administrators once enrolled, and whether it is still active. */
export async function recoveryLinesOf(read: Reader): Promise<readonly RecoveryKeyLine[]> {
  const addresses = new Map((await read.members()).map(({ id, address }) => [id, address]));
  return (await read.recoveryKeys()).flatMap(({ id, version, recipient, proposed, confirmed, removed }) => {
    if (confirmed === null) return [];
    const enrolledBy = [proposed, confirmed].map(({ byMemberId }) => addresses.get(byMemberId) ?? "");
    return [{ id, version, recipient, enrolledBy, enrolledAt: confirmed.at, removedAt: removed?.at ?? null }];
  });
}

/** The line of the active recovery key, with its number as people compare it; null where there is none. */
export async function activeRecoveryLine(
  read: Reader,
): Promise<(RecoveryKeyLine & { readonly number: string }) | null> {
  const active = (await recoveryLinesOf(read)).find(({ removedAt }) => removedAt === null);
  return active ? { ...active, number: await fingerprintOf(active.recipient) } : null;
}

/** SHA-256 of the active recovery key's text, hexadecimal, which waybills name; null where there is none. */
export async function recoveryKeyNow(read: Reader): Promise<string | null> {
  const active = activeRecoveryKey(await read.recoveryKeys());
  return active && textDigest(active.recipient);
}

/** The number of the recovery key that a transfer is sealed to, as people compare it; null for none. */
export async function recoveryNumberOf(read: Reader, { recovery }: Pick<Transfer, "recovery">): Promise<string | null> {
  if (recovery === null) return null;
  for (const { recipient } of await read.recoveryKeys()) {
    if ((await textDigest(recipient)) === recovery.key) return fingerprintOf(recipient);
  }
  return null;
}
