/** What a blob store refuses. */
export type BlobCode =
  | "no-such-blob"
  | "wrong-offset"
  | "too-large"
  | "no-room"
  | "unwritable"
  | "finished"
  | "too-short";

export class BlobError extends Error {
  readonly code: BlobCode;
  constructor(options: { code: BlobCode; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = "BlobError";
    this.code = options.code;
  }
}

/**
 * Sealed bodies. What a method has answered survives kill -9 and power loss: data and directory are synced before the answer,
 * and after a crash only the synced length is there.
 */
export interface Blobs {
  /** An empty blob that will hold exactly `size` bytes; `id` is chosen by the caller (22 URL-safe characters). */
  create(id: string, size: number): Promise<void>;
  /**
   * Appends at `offset`, which must be the durable length; answers the new durable length. When the stream breaks, what
   * arrived is synced and kept, and the error is thrown on.
   * @throws BlobError `wrong-offset`, `too-large`, `finished`, `no-room`, `unwritable`
   */
  append(id: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** Durable length and final size; null when there is none. */
  stat(id: string): Promise<{ readonly length: number; readonly size: number } | null>;
  /** Whether every byte of a complete blob is there still: a disk or a person may have cut it off. False when there is none. */
  whole(id: string): Promise<boolean>;
  /** Bytes [start, end) of a complete blob. @throws BlobError `no-such-blob`, `too-short` */
  read(id: string, start: number, end: number): AsyncIterable<Uint8Array>;
  /** Deletes; absent is fine. */
  remove(id: string): Promise<void>;
  list(): AsyncIterable<string>;
}
