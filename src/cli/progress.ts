import type { Parts } from "./command.ts";

const EVERY_MS = 200;

/** Counts what passes and, on a terminal, says how far it is. */
export class Progress {
  readonly #parts: Parts;
  readonly #doing: string;
  #total: number | null;
  readonly #started = performance.now();
  #done = 0;
  #note = "";
  #shown = performance.now();
  #visible = false;

  /** @param doing what is going on ("Sealing report.pdf"). @param total bytes, where they are known. */
  constructor(parts: Parts, doing: string, total: number | null) {
    this.#parts = parts;
    this.#doing = doing;
    this.#total = total;
  }

  /** Bytes that have passed. */
  get done(): number {
    return this.#done;
  }

  /** Passes a stream on, counting it. @throws CliError `interrupted`, from the next piece on. */
  async *count<T extends Uint8Array>(source: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const piece of source) {
      this.#parts.signal.throwIfAborted();
      this.#done += piece.length;
      this.#show();
      yield piece;
    }
  }

  /** For what is counted elsewhere. @param note why nothing moves, in the place of speed and time left, at once; empty while it does. */
  at(done: number, total: number, note: string): void {
    this.#done = done;
    this.#total = total;
    if (note !== this.#note) this.#shown = Number.NEGATIVE_INFINITY;
    this.#note = note;
    this.#show();
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#visible) this.#parts.stderr.write("\r\x1b[K");
    this.#visible = false;
  }

  #show(): void {
    const now = performance.now();
    if (!this.#parts.stderr.isTTY || now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    this.#visible = true;
    const perSecond = this.#done / ((now - this.#started) / 1000);
    const share = this.#total === null ? "" : ` of ${readableSize(this.#total)}`;
    const left = this.#total === null ? "" : `, ${Math.ceil(Math.max(0, this.#total - this.#done) / perSecond)} s left`;
    const pace = this.#note === "" ? `${readableSize(perSecond)}/s${left}` : this.#note;
    const text = `${this.#doing}: ${readableSize(this.#done)}${share}, ${pace}`;
    this.#parts.stderr.write(`\r\x1b[K${text}`);
  }
}

/** A size for people, in units of 1,000. */
export function readableSize(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = "B";
  for (const next of units) {
    if (size < 1000) break;
    size /= 1000;
    unit = next;
  }
  return `${size.toFixed(size < 10 ? 1 : 0)} ${unit}`;
}
