import type { Control } from "../control.ts";
import { ClientError, lying } from "../error.ts";
import { type Http, isPassing } from "../http.ts";

/** Waiting and time, as parts. `wait` ends early without an error when `signal` aborts. */
export interface Pace {
  now(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Failures in a row after which a lost connection is reported instead of tried again. */
  readonly tries: number;
}

/** Why nothing moves and it is tried again: no answer came, or the server is in trouble or busy; null while it does move. */
export type Waiting = "connection" | "server" | null;

/** Called with the bytes acknowledged so far. */
export type Delivered = (bytes: number, waiting: Waiting) => void;

const TUS = { "tus-resumable": "1.0.0" };
const OFFSET_STREAM = "application/offset+octet-stream";
const MIB = 1024 * 1024;
const LARGEST_STEP = 16 * MIB;
const SMALLEST_STEP = 256 * 1024;
const FAST_MS = 500;
const SLOW_MS = 4000;
const LONGEST_WAIT_MS = 30_000;

/**
 * One tus 1.0 upload of a body of fixed size. It knows what was acknowledged and what may have been sent, and takes the
 * server's word for neither: an offset outside those two is found out.
 */
export class Upload {
  readonly #http: Http;
  readonly #url: string;
  readonly #size: number;
  readonly #control: Control;
  readonly #pace: Pace;
  readonly #delivered: Delivered;
  #acknowledged: number;
  #everSent: number;
  #step = 2 * MIB;

  /** @param known bytes acknowledged, and bytes that may ever have been sent, according to this device's record. */
  constructor(
    parts: { http: Http; control: Control; pace: Pace; delivered: Delivered },
    upload: { readonly url: string; readonly size: number },
    known: { readonly acknowledged: number; readonly everSent: number },
  ) {
    this.#http = parts.http;
    this.#control = parts.control;
    this.#pace = parts.pace;
    this.#delivered = parts.delivered;
    this.#url = upload.url;
    this.#size = upload.size;
    this.#acknowledged = known.acknowledged;
    this.#everSent = known.everSent;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Asks the server how far the upload is. @throws ClientError `lying-server`, `refused`, `offline`, `cancelled` */
  async find(): Promise<void> {
    await this.#persist(async (signal) => this.#learn(await this.#head(signal)));
  }

  /**
   * Brings bytes to the server, again after every lost connection, until they are acknowledged.
   * @param at where they lie in the body. What was acknowledged already is not sent again.
   */
  async deliver(bytes: Blob, at: number): Promise<void> {
    const end = at + bytes.size;
    let sure = true;
    while (this.#acknowledged < end) {
      await this.#persist(async (signal) => {
        if (!sure) this.#learn(await this.#head(signal));
        if (this.#acknowledged >= end) return;
        const from = this.#acknowledged;
        const to = Math.min(end, from + this.#step);
        sure = false;
        await this.#patch(bytes.slice(from - at, to - at), from, signal);
        sure = true;
      });
    }
  }

  async #patch(bytes: Blob, from: number, signal: AbortSignal): Promise<void> {
    const end = from + bytes.size;
    this.#everSent = Math.max(this.#everSent, end);
    const began = this.#pace.now();
    const headers = { ...TUS, "content-type": OFFSET_STREAM, "upload-offset": String(from) };
    const response = await this.#http.ask("PATCH", this.#url, { headers, body: bytes, signal });
    await response.body?.cancel();
    const offset = numberIn(response, "upload-offset");
    if (offset <= from || offset > end) throw lying("it acknowledges other bytes than those it was sent");
    this.#adapt(this.#pace.now() - began);
    this.#learn(offset);
  }

  async #head(signal: AbortSignal): Promise<number> {
    const response = await this.#http.ask("HEAD", this.#url, { headers: TUS, signal });
    if (numberIn(response, "upload-length") !== this.#size) throw lying("the upload has another size than was agreed");
    return numberIn(response, "upload-offset");
  }

  #learn(offset: number): void {
    if (offset < this.#acknowledged) throw lying("it no longer has what it had confirmed");
    if (offset > this.#everSent) throw lying("it claims to have bytes that were never sent");
    this.#acknowledged = offset;
    this.#delivered(offset, null);
  }

  /** Steps of about a second: large ones cost fewer round trips, small ones show progress on a slow line. */
  #adapt(took: number): void {
    if (took < FAST_MS) this.#step = Math.min(LARGEST_STEP, this.#step * 4);
    else if (took > SLOW_MS) this.#step = Math.max(SMALLEST_STEP, this.#step / 2);
  }

  /** Tries until it works, is refused, or has failed too often in a row. A pause is no failure. */
  async #persist(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    for (let failures = 0; ; ) {
      try {
        const done = await this.#control.attempt(async (signal) => {
          await act(signal);
          return true;
        });
        if (done) return;
      } catch (error) {
        if (!isPassing(error) && !isOffsetConflict(error)) throw error;
        if (++failures >= this.#pace.tries) throw error;
        this.#delivered(this.#acknowledged, error.code === "offline" ? "connection" : "server");
        await this.#pace.wait(Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures), this.#control.signal);
      }
    }
  }
}

/** The server has another offset than the PATCH named: an earlier one arrived, or is still being stored, unanswered. */
function isOffsetConflict(error: unknown): error is ClientError {
  return error instanceof ClientError && ["wrong-offset", "finished"].includes(error.refusal?.code ?? "");
}

function numberIn(response: Response, header: string): number {
  const value = response.headers.get(header) ?? "";
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new ClientError({ code: "bad-answer", message: `The server's answer has no ${header}. Nothing was lost.` });
}
