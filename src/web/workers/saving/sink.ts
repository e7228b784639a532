import { concat } from "../../../bytes/concat.ts";

/** Where opened bytes go. Nothing that looks complete is left unless `close` was called. */
export interface Sink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  /** Takes away what was written. */
  abandon(): Promise<void>;
}

const BATCH = 1024 * 1024;

/** Writes in parts of at least 1 MiB: many small writes are slow in every browser. */
export class BatchedSink implements Sink {
  readonly #sink: Sink;
  #held: Uint8Array[] = [];
  #size = 0;
  constructor(sink: Sink) {
    this.#sink = sink;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#held.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= BATCH) await this.#flush();
  }

  async close(): Promise<void> {
    if (this.#size > 0) await this.#flush();
    await this.#sink.close();
  }

  abandon(): Promise<void> {
    return this.#sink.abandon();
  }

  async #flush(): Promise<void> {
    const bytes = concat(this.#held);
    this.#held = [];
    this.#size = 0;
    await this.#sink.write(bytes);
  }
}

/** Bytes that a browser is asked to hold in memory at the most: with more, it takes the whole page down. */
export const MEMORY_LIMIT = 256_000_000;

/** As platforms say that there is no room. */
export function noRoom(): DOMException {
  return new DOMException("This browser has no more room.", "QuotaExceededError");
}

/** Collects in memory, up to MEMORY_LIMIT. */
export class MemorySink implements Sink {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;
  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#size += bytes.length;
    if (this.#size > MEMORY_LIMIT) throw noRoom();
    this.#parts.push(bytes);
  }
  async close(): Promise<void> {}
  async abandon(): Promise<void> {
    this.#parts.length = 0;
  }
  get content(): Blob {
    return new Blob(this.#parts);
  }
}
