import { concat } from "../bytes/concat.ts";
import { utf8 } from "../bytes/text.ts";

/** What an attestation object is made of. Map keys keep their order: the caller gives them in CTAP2's canonical order. */
export type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

/** CBOR (RFC 8949) of whole numbers, texts, byte strings and maps. */
export function cbor(value: Cbor): Uint8Array<ArrayBuffer> {
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string") return concat([head(3, utf8(value).length), utf8(value)]);
  if (value instanceof Uint8Array) return concat([head(2, value.length), value]);
  const members = [...value].flatMap(([key, member]) => [cbor(key), cbor(member)]);
  return concat([head(5, value.size), ...members]);
}

function head(major: number, count: number): Uint8Array<ArrayBuffer> {
  const type = major << 5;
  if (count < 24) return Uint8Array.of(type | count);
  if (count < 0x100) return Uint8Array.of(type | 24, count);
  if (count < 0x10000) return Uint8Array.of(type | 25, count >> 8, count & 0xff);
  throw new RangeError("Nothing in an attestation object is this long.");
}
