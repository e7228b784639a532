import { load, save } from "./database.ts";

/** The key made at arrival: WebCrypto, not extractable, so that nothing can take it off this device. */
export interface Arrival {
  /** The recipient's id. */
  readonly id: string;
  readonly key: CryptoKeyPair;
  /** The waybill's digest that it signed for; null until arrival was confirmed with it. */
  readonly digest: string | null;
}

export function loadArrival(id: string): Promise<Arrival | null> {
  return load<Arrival>("arrivals", id);
}

export function saveArrival(arrival: Arrival): Promise<void> {
  return save("arrivals", arrival);
}
