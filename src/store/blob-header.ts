import { createHash } from "node:crypto";

/** What a blob file begins with: two slots of a sector each, then the data from `DATA_AT` on. */
export interface BlobHeader {
  /** Goes up by one with each record; slot `sequence % 2` holds it. */
  readonly sequence: number;
  /** Bytes that the blob will hold. */
  readonly size: number;
  /** Bytes that are there and synced. */
  readonly length: number;
}

export const DATA_AT = 4096;
const SLOT = 512;
const MAGIC = "waybill blob 1\n\0";
const CHECKED = 40;
const CHECK = 16;

/**
 * The record as bytes and where they go. The other slot keeps the record before this one, so that a record torn by a
 * crash costs nothing that was acknowledged: `sequence`, `size` and `length` as big-endian 64 bits after a magic, then
 * 16 bytes of their SHA-256.
 */
export function encodeHeader(header: BlobHeader): { readonly bytes: Uint8Array; readonly position: number } {
  const bytes = Buffer.alloc(SLOT);
  bytes.write(MAGIC, "latin1");
  bytes.writeBigUInt64BE(BigInt(header.sequence), 16);
  bytes.writeBigUInt64BE(BigInt(header.size), 24);
  bytes.writeBigUInt64BE(BigInt(header.length), 32);
  bytes.set(check(bytes), CHECKED);
  return { bytes, position: (header.sequence % 2) * SLOT };
}

/**
 * The newest whole record in the first bytes of a blob file; null when there is none: the file was never acknowledged.
 */
export function decodeHeader(start: Uint8Array): BlobHeader | null {
  const slots = [decodeSlot(start.subarray(0, SLOT)), decodeSlot(start.subarray(SLOT, 2 * SLOT))];
  return slots.reduce((newest, each) => (each && (!newest || each.sequence > newest.sequence) ? each : newest), null);
}

function decodeSlot(slot: Uint8Array): BlobHeader | null {
  const bytes = Buffer.from(slot.buffer, slot.byteOffset, slot.length);
  if (bytes.length < CHECKED + CHECK || bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) return null;
  if (!check(bytes).equals(bytes.subarray(CHECKED, CHECKED + CHECK))) return null;
  const number = (at: number) => Number(bytes.readBigUInt64BE(at));
  return { sequence: number(16), size: number(24), length: number(32) };
}

function check(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes.subarray(0, CHECKED)).digest().subarray(0, CHECK);
}
