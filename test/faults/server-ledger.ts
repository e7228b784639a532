import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

type Doing = "uploading" | "downloading";

/** Everything that the server acknowledged to clients, and what they were doing when it was killed. */
export class Ledger {
  /** By upload address: bytes acknowledged. */
  readonly offsets = new Map<string, number>();
  /** By reference: the SHA-256 of the sealed manifest. */
  readonly signed = new Map<string, string>();
  /** Recipient ids whose receipt was acknowledged. */
  readonly received = new Set<string>();
  /** Kills that fell into one. */
  readonly hit: Record<Doing, number> = { uploading: 0, downloading: 0 };
  #stopped: string | null = null;
  readonly #doing: Record<Doing, number> = { uploading: 0, downloading: 0 };

  /** fetch that notes what was acknowledged. */
  readonly fetch: typeof fetch = async (input, init) => {
    const uploads = init?.method === "PATCH";
    const response = await fetch(input, init);
    if (uploads && response.status === 204) {
      this.offsets.set(String(input), Number(response.headers.get("upload-offset")));
    }
    if (response.status === 401) this.stop("A session was lost.");
    return response;
  };

  /** A sending starts from nothing: right only while nothing of it was acknowledged. */
  begunAnew(reference: string): void {
    const acknowledged = [...this.offsets].filter(([url]) => url.includes(reference));
    assert.deepEqual(acknowledged, [], "an upload of which bytes had been acknowledged was begun anew");
  }

  async during<T>(what: Doing, act: () => Promise<T>): Promise<T> {
    this.#doing[what]++;
    try {
      return await act();
    } finally {
      this.#doing[what]--;
    }
  }

  /** A moment, as clients wait while the server is away. @throws Error once stopped: nobody is to wait for ever. */
  readonly wait = async (): Promise<void> => {
    await pause(50);
    if (this.#stopped !== null) throw new Error(this.#stopped);
  };

  /** Whoever waits for the server waits no more, and fails with the first reason given. */
  stop(why: string): void {
    this.#stopped ??= why;
  }

  /** Now the server is killed. */
  noteKill(): void {
    for (const what of ["uploading", "downloading"] as const) if (this.isBusy(what)) this.hit[what]++;
  }

  isBusy(what: Doing): boolean {
    return this.#doing[what] > 0;
  }
}
