import { utf8 } from "./text.ts";

const UTF8_NAMES = 0x0800;
const SIZES_FOLLOW = 0x0008;
const ZIP64 = 45;
/** 1 January 1980: the first date that the format has. */
const NO_DATE = 0x0021;

/** Where the bytes of a zip go. */
export interface ZipSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly offset: number;
  crc: number;
  size: number;
}

/**
 * Writes a zip of stored entries (APPNOTE 6.3, with the 64-bit forms throughout, since sizes are not known in advance).
 * Opened by every system since Windows Vista and macOS 10.5.
 */
export class ZipWriter {
  readonly #sink: ZipSink;
  readonly #entries: Entry[] = [];
  #at = 0;
  constructor(sink: ZipSink) {
    this.#sink = sink;
  }

  /** Begins the next entry; it ends with the next `begin` or `finish`. */
  async begin(name: string): Promise<void> {
    await this.#endEntry();
    const entry = { name: utf8(name), offset: this.#at, crc: 0, size: 0 };
    this.#entries.push(entry);
    const extra = [u16(0x0001), u16(16), u64(0), u64(0)];
    const fields = [
      u16(ZIP64),
      u16(UTF8_NAMES | SIZES_FOLLOW),
      u16(0),
      u16(0),
      u16(NO_DATE),
      u32(0),
      u32(MAX),
      u32(MAX),
    ];
    await this.#put([u32(0x04034b50), ...fields, u16(entry.name.length), u16(20), entry.name, ...extra]);
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const entry = this.#entries.at(-1);
    if (entry === undefined) throw new Error("No entry of the zip was begun.");
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    this.#at += bytes.length;
    await this.#sink.write(bytes);
  }

  async finish(): Promise<void> {
    await this.#endEntry();
    const start = this.#at;
    for (const entry of this.#entries) await this.#put(centralHeader(entry));
    const count = this.#entries.length;
    const size = this.#at - start;
    const end64 = [u32(0x06064b50), u64(44), u16(ZIP64), u16(ZIP64), u32(0), u32(0), u64(count), u64(count)];
    const locator = [u32(0x07064b50), u32(0), u64(this.#at), u32(1)];
    const end = [u32(0x06054b50), u16(0), u16(0), u16(0xffff), u16(0xffff), u32(MAX), u32(MAX), u16(0)];
    await this.#put([...end64, u64(size), u64(start), ...locator, ...end]);
    await this.#sink.close();
  }

  async #endEntry(): Promise<void> {
    const entry = this.#entries.at(-1);
    if (entry !== undefined) await this.#put([u32(0x08074b50), u32(entry.crc), u64(entry.size), u64(entry.size)]);
  }

  async #put(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
    for (const part of parts) {
      this.#at += part.length;
      await this.#sink.write(part);
    }
  }
}

const MAX = 0xffffffff;

function centralHeader({ name, offset, crc, size }: Entry): readonly Uint8Array<ArrayBuffer>[] {
  const extra = [u16(0x0001), u16(24), u64(size), u64(size), u64(offset)];
  const versions = [u16(ZIP64), u16(ZIP64), u16(UTF8_NAMES | SIZES_FOLLOW), u16(0), u16(0), u16(NO_DATE)];
  const lengths = [u16(name.length), u16(28), u16(0), u16(0), u16(0), u32(0), u32(MAX)];
  return [u32(0x02014b50), ...versions, u32(crc), u32(MAX), u32(MAX), ...lengths, name, ...extra];
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (ISO 3309), going on from that of the bytes before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
}

function u16(value: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array([value, value >> 8]);
}
function u32(value: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array([value, value >>> 8, value >>> 16, value >>> 24]);
}
function u64(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}
