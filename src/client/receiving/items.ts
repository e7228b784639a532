import type { Extent } from "../../envelope/sizes.ts";
import { type OpenedBody, openBody, openExtent, rangeOf } from "../../seal/body.ts";
import type { Bytes, ChunkCipher } from "../../seal/cipher.ts";
import { PIECE_SIZE } from "../../seal/manifest.ts";
import { ahead } from "../ahead.ts";
import { bodyOf } from "../bytes-of.ts";
import { ClientError, cancelled } from "../error.ts";
import { type Http, isPassing } from "../http.ts";
import type { OpenedTransfer } from "./reception.ts";
import { sealTrouble, sealTroubleIn } from "./seal-trouble.ts";

/** How a lost connection is met: waiting, and failures in a row after which it is reported. */
export interface Patience {
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  readonly tries: number;
}

/** The body's first piece, which holds its header, and what it opened to. */
interface Beginning {
  readonly piece: Bytes;
  readonly body: OpenedBody;
}

/** The items of an opened transfer. Every piece and every chunk is verified before any of its bytes is given out. */
export class Items {
  readonly #http: Http;
  readonly #transfer: Pick<OpenedTransfer, "at" | "manifest" | "identity">;
  readonly #cipher: ChunkCipher;
  readonly #patience: Patience;
  #beginning: Promise<Beginning> | null = null;

  constructor(
    parts: { http: Http; cipher: ChunkCipher; patience: Patience },
    transfer: Pick<OpenedTransfer, "at" | "manifest" | "identity">,
  ) {
    this.#http = parts.http;
    this.#cipher = parts.cipher;
    this.#patience = parts.patience;
    this.#transfer = transfer;
  }

  /**
   * The plaintext of one item. It is complete when the stream ends without an error, not before.
   * @throws ClientError `damaged`, `offline`, `refused`, `cancelled`
   */
  item(extent: Extent, signal: AbortSignal): AsyncGenerator<Bytes> {
    return this.#open(extent, signal);
  }

  /** The plaintext of all items, one after another as the manifest lists them; as `item`. */
  all(signal: AbortSignal): AsyncGenerator<Bytes> {
    const length = this.#transfer.manifest.items.reduce((sum, item) => sum + item.length, 0);
    return this.#open({ offset: 0, length }, signal);
  }

  async *#open(extent: Extent, signal: AbortSignal): AsyncGenerator<Bytes> {
    const { body } = this.#transfer.manifest;
    this.#beginning ??= this.#begin(signal).catch((error: unknown) => {
      this.#beginning = null;
      throw error;
    });
    const beginning = await this.#beginning;
    const { start, end } = rangeOf(beginning.body, body, extent).pieces;
    const sealed = start === 0 ? this.#fromStart(beginning.piece, end, signal) : this.#fetch(start, end, signal);
    const plain = openExtent(ahead(sealed, 4), beginning.body, body, extent, this.#cipher);
    for await (const bytes of sealTroubleIn(plain)) {
      if (signal.aborted) throw cancelled();
      yield bytes;
    }
    if (signal.aborted) throw cancelled();
  }

  async *#fromStart(first: Bytes, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    if (end > 0) yield first;
    yield* this.#fetch(first.length, end, signal);
  }

  async #begin(signal: AbortSignal): Promise<Beginning> {
    const { manifest, identity } = this.#transfer;
    const first = new Uint8Array(Math.min(PIECE_SIZE, manifest.body.size));
    let at = 0;
    for await (const bytes of this.#fetch(0, first.length, signal)) {
      first.set(bytes, at);
      at += bytes.length;
    }
    return { piece: first, body: await sealTrouble(() => openBody(first, manifest, identity)) };
  }

  /** Bytes [start, end) of the sealed body; goes on behind what has come when the connection is lost. */
  async *#fetch(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let at = start;
    let failures = 0;
    let short = -1;
    while (at < end) {
      try {
        const response = await this.#ask(at, end, signal);
        for await (const bytes of bodyOf(response, signal)) {
          if (at + bytes.length > end) throw damagedRange();
          at += bytes.length;
          failures = 0;
          yield bytes;
        }
        // An answer that ends as if it were whole, in the same place twice, is all there is.
        if (at < end && at === short) throw cutShort();
        short = at;
        if (at < end)
          throw new ClientError({ code: "offline", message: "The connection ended early. Nothing is lost." });
      } catch (error) {
        if (!isPassing(error) || ++failures >= this.#patience.tries) throw error;
        await this.#patience.wait(Math.min(30_000, 500 * 2 ** failures), signal);
      }
    }
  }

  async #ask(start: number, end: number, signal: AbortSignal): Promise<Response> {
    const headers = { range: `bytes=${start}-${end - 1}`, accept: "application/octet-stream" };
    const response = await this.#http.ask("GET", `${this.#transfer.at}/body`, { headers, signal }).catch((error) => {
      throw error instanceof ClientError && error.refusal?.code === "cut-body" ? cutShort(error) : error;
    });
    const whole = start === 0 && end === this.#transfer.manifest.body.size;
    if (response.status !== 206 && !whole) {
      await response.body?.cancel();
      throw new ClientError({
        code: "bad-answer",
        message: "The server does not give parts of a file. Nothing was saved. Tell your administrator.",
      });
    }
    return response;
  }
}

function damagedRange(): ClientError {
  return new ClientError({
    code: "damaged",
    message: "More arrived than was sealed. Nothing of it was opened. The sender can send it again.",
  });
}

function cutShort(cause?: ClientError): ClientError {
  return new ClientError({
    code: "damaged",
    message: "Less arrived than was sealed: part of it is missing on the server. The sender can send it again.",
    cause,
  });
}
