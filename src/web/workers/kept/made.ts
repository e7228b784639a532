import type { Made } from "../../../client/sending/order.ts";
import { load, remove, save } from "./database.ts";

/**
 * What this browser sealed and uploaded: what the signing page compares the waybill with. It stays after signing, since a transfer that
 * is changed before it is sent is signed again; its page forgets it once it has been sent, or is over.
 */
export async function loadMade(reference: string): Promise<Made | null> {
  const made = await load<Made>("made", reference);
  return made !== null && "recovery" in made ? made : null; // an earlier version knew nothing of recovery keys
}

export function saveMade(made: Made): Promise<void> {
  return save("made", made);
}

export function forgetMade(reference: string): Promise<void> {
  return remove("made", reference);
}
