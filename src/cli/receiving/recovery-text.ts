import type { ReceivingView } from "../../domain/wire/receiving.ts";

/** Said to whoever receives, where it is so: before anything is opened, and with the result. */
export const RECOVERY = "The organisation that sent it can open it too, with a recovery key that it keeps offline.";

/** Whether this was sealed to the organisation's recovery key too, by the waybill, which is handed out with arrival. Opening checks it. */
export function sealedToRecovery({ waybill }: ReceivingView): boolean {
  if (waybill === null) return false;
  try {
    const { recovery }: { readonly recovery?: unknown } = JSON.parse(waybill);
    return typeof recovery === "string";
  } catch {
    return false; // opening says what is wrong with it
  }
}
