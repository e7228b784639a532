import type { KeyPins } from "../../../client/keys/check-key-log.ts";
import { load, remove, save } from "./database.ts";

interface PinsRow {
  readonly address: string;
  readonly pins: ReadonlyMap<string, string>;
}

/** Public keys that this browser has seen before. */
export const browserKeyPins: KeyPins = {
  load: async (address) => (await load<PinsRow>("pins", address))?.pins ?? new Map(),
  save: (address, pins) => save("pins", { address, pins }),
};

/** Forgets everybody’s keys, the log and the organisation’s recovery key: for a server that was set up anew, once the person has said so. */
export function forgetKeyPins(): Promise<void> {
  return remove("pins", IDBKeyRange.lowerBound(""));
}
