/** How far it is. Speed and time left are null until enough is known. */
export interface Progress {
  readonly bytes: number;
  readonly total: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

const WINDOW_MS = 15_000;
/** Before so long a time left would be a guess: after a try that began anew it is said to be half an hour, and is half a minute. */
const STEADY_MS = 3000;

/** Measures speed over the last 15 seconds, so that a pause or a slow beginning does not count for ever. */
export class Meter {
  readonly #total: number;
  readonly #now: () => number;
  readonly #samples: { at: number; bytes: number }[];

  /** @param now milliseconds, monotonic. @param start bytes that were there already and say nothing about speed. */
  constructor(total: number, now: () => number, start = 0) {
    this.#total = total;
    this.#now = now;
    this.#samples = [{ at: now(), bytes: start }];
  }

  /** @param bytes that are there now. */
  at(bytes: number): Progress {
    const now = this.#now();
    this.#samples.push({ at: now, bytes });
    while (this.#samples.length > 2 && now - (this.#samples[1]?.at ?? now) > WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0] ?? { at: now, bytes };
    const seconds = (now - first.at) / 1000;
    const rate = seconds > 0 && bytes > first.bytes ? (bytes - first.bytes) / seconds : null;
    const steady = now - first.at >= STEADY_MS;
    const secondsLeft = rate === null || !steady ? null : Math.ceil((this.#total - bytes) / rate);
    return { bytes, total: this.#total, bytesPerSecond: rate, secondsLeft };
  }
}
