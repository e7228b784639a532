import type { Made } from "../../../client/sending/order.ts";
import { load, remove, save } from "./database.ts";

/** What this browser sealed and uploaded, until it is signed: what the signing page compares the waybill with. */
export function loadMade(reference: string): Promise<Made | null> {
  return load<Made>("made", reference);
}

export function saveMade(made: Made): Promise<void> {
  return save("made", made);
}

export function forgetMade(reference: string): Promise<void> {
  return remove("made", reference);
}
