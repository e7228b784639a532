import type { KeyPins } from "../../../client/keys/check-key-log.ts";
import { load, save } from "./database.ts";

interface PinsRow {
  readonly address: string;
  readonly pins: ReadonlyMap<string, string>;
}

/** Public keys that this browser has seen before. */
export const browserKeyPins: KeyPins = {
  load: async (address) => (await load<PinsRow>("pins", address))?.pins ?? new Map(),
  save: (address, pins) => save("pins", { address, pins }),
};
