import { DomainError } from "../../domain/error.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import { recoveryKeyNow } from "./lines.ts";

/**
 * What is sealed and signed is sealed to the recovery key that the organisation has then, or to none where it has none.
 * @param key SHA-256 of the key's text, hexadecimal.
 * @throws DomainError `changed`
 */
export async function refuseOtherRecoveryKey(read: Reader, key: string | null): Promise<void> {
  if ((await recoveryKeyNow(read)) === key) return;
  const message =
    "Your organisation’s recovery key was changed since these files were sealed. Nothing was sent: add the files again, and they are sealed anew.";
  throw new DomainError({ code: "changed", message });
}

/** As above, for a draft that is to be signed. */
export function refuseStaleRecovery(read: Reader, { recovery }: Transfer): Promise<void> {
  return refuseOtherRecoveryKey(read, recovery?.key ?? null);
}

/** Whether what is sealed would be refused so: its files have to be added again. */
export async function isSealedToOther(read: Reader, { sealed, recovery }: Transfer): Promise<boolean> {
  return sealed !== null && (await recoveryKeyNow(read)) !== (recovery?.key ?? null);
}
