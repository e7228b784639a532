import { ClientError } from "../error.ts";

/** What a device must remember to go on with an upload after its page or program was closed. Nothing in it is secret. */
export interface SendingRecord {
  readonly reference: string;
  /** The upload's address, absolute. */
  readonly url: string;
  /** SHA-256 of the sender's grant that holds the transfer key, hexadecimal. */
  readonly grant: string;
  /** Header and payload nonce of the body. */
  readonly prefix: Uint8Array<ArrayBuffer>;
  /** Of the sealed body, bytes. */
  readonly size: number;
  /** SHA-256 of every piece that may have left this device, hexadecimal, in order from the first. */
  readonly digests: readonly string[];
  /** Bytes that the server is known to have acknowledged; it may have more. */
  readonly acknowledged: number;
}

/**
 * Port: where the digests of pieces are kept. Whatever has answered is durable: it survives a crash of the device right
 * after. This is what keeps two plaintexts from ever going out under one key, so a store that only promises to write later
 * must not be used, and `append` compares and adds in one step, whatever other windows or programs do meanwhile.
 */
export interface PieceRecord {
  load(reference: string): Promise<SendingRecord | null>;
  /** Replaces whatever was recorded for that reference. */
  begin(record: SendingRecord): Promise<void>;
  /**
   * Adds the digests of pieces from number `first` on, before any byte of them is sent; those that are there already must
   * be the same.
   * @throws ClientError `elsewhere` when the record is of another upload, has other digests, or ends before `first`.
   */
  append(upload: UploadName, first: number, digests: readonly string[], acknowledged: number): Promise<void>;
  forget(reference: string): Promise<void>;
}

export type UploadName = Pick<SendingRecord, "reference" | "url">;

/** The record with more digests, as `PieceRecord.append` must store it. @throws ClientError `elsewhere` */
export function withDigests(
  record: SendingRecord | null,
  upload: UploadName,
  first: number,
  digests: readonly string[],
  acknowledged: number,
): SendingRecord {
  const fits =
    record !== null &&
    record.url === upload.url &&
    record.digests.length >= first &&
    digests.every((digest, at) => (record.digests[first + at] ?? digest) === digest);
  if (!fits) throw sentElsewhere();
  const all = [...record.digests.slice(0, first), ...digests, ...record.digests.slice(first + digests.length)];
  return { ...record, digests: all, acknowledged: Math.max(record.acknowledged, acknowledged) };
}

/** The error of `PieceRecord.append`. */
export function sentElsewhere(): ClientError {
  const message =
    "These files are being sent from another window or program. Go on there, or close it and start again.";
  return new ClientError({ code: "elsewhere", message });
}

/** Keeps the record in memory: for a sending that is not meant to be resumed by another process. */
export class MemoryPieceRecord implements PieceRecord {
  readonly #records = new Map<string, SendingRecord>();

  async load(reference: string): Promise<SendingRecord | null> {
    return this.#records.get(reference) ?? null;
  }
  async begin(record: SendingRecord): Promise<void> {
    this.#records.set(record.reference, record);
  }
  async append(upload: UploadName, first: number, digests: readonly string[], acknowledged: number): Promise<void> {
    const record = this.#records.get(upload.reference) ?? null;
    this.#records.set(upload.reference, withDigests(record, upload, first, digests, acknowledged));
  }
  async forget(reference: string): Promise<void> {
    this.#records.delete(reference);
  }
}
