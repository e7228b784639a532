import { type Deferred, deferred } from "./deferred.ts";
import { ClientError, cancelled } from "./error.ts";

/** What a person does to something that takes long: pause, go on, stop. */
export class Control {
  readonly #stop = new AbortController();
  #attempt: AbortController | null = null;
  #waiting: Deferred<void> | null = null;

  /** Aborted when stopped for good. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get paused(): boolean {
    return this.#waiting !== null;
  }

  /** Breaks off what is being sent; it goes on from the server's offset after `resume`. */
  pause(): void {
    if (this.#waiting !== null) return;
    this.#waiting = deferred<void>();
    this.#attempt?.abort();
  }

  resume(): void {
    this.#waiting?.resolve();
    this.#waiting = null;
  }

  stop(): void {
    this.#stop.abort();
    this.resume();
    this.#attempt?.abort();
  }

  /** @throws ClientError `cancelled` once stopped. */
  refuseStopped(): void {
    if (this.signal.aborted) throw cancelled();
  }

  /**
   * Runs one attempt as soon as it is not paused, with a signal that a pause aborts too.
   * @returns null when a pause broke it off. @throws ClientError `cancelled` once stopped.
   */
  async attempt<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    while (this.#waiting !== null) await this.#waiting.promise;
    this.refuseStopped();
    const attempt = new AbortController();
    this.#attempt = attempt;
    try {
      return await act(attempt.signal);
    } catch (error) {
      this.refuseStopped();
      if (attempt.signal.aborted && error instanceof ClientError && error.code === "cancelled") return null;
      throw error;
    } finally {
      this.#attempt = null;
    }
  }
}
