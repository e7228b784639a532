import { ClientError, cancelled, type Refusal } from "./error.ts";
import type { Shape } from "./shape.ts";

/** What a client needs to reach its server. `headers` gives the forgery token of the page, or the bearer token of the CLI. */
export interface Reach {
  /** Such as https://waybill.example.gov.uk; paths and upload addresses are resolved against it and may not leave it. */
  readonly origin: string;
  readonly fetch: typeof fetch;
  headers(): Readonly<Record<string, string>>;
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Blob | string;
  readonly signal?: AbortSignal | undefined;
}

/** JSON and bytes over fetch. Every failure is a ClientError: `offline`, `refused`, `bad-answer` or `cancelled`. */
export class Http {
  readonly #reach: Reach;
  constructor(reach: Reach) {
    this.#reach = reach;
  }

  /** The answer of a GET, read as `shape`. */
  async get<T>(path: string, shape: Shape<T>, signal?: AbortSignal): Promise<T> {
    return this.#read(await this.ask("GET", path, { signal }), shape, path);
  }

  /** Sends JSON and reads the answer as `shape`. */
  async send<T>(
    method: "POST" | "PUT",
    path: string,
    body: unknown,
    shape: Shape<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const headers = { "content-type": "application/json" };
    return this.#read(await this.ask(method, path, { headers, body: JSON.stringify(body), signal }), shape, path);
  }

  /** Sends JSON; the answer's body does not matter. */
  async tell(method: "POST" | "PUT", path: string, body: unknown, signal?: AbortSignal): Promise<void> {
    const headers = { "content-type": "application/json" };
    const response = await this.ask(method, path, { headers, body: JSON.stringify(body), signal });
    await response.body?.cancel();
  }

  /** @throws ClientError unless the status is 2xx; redirects are refused, since no route of ours gives one. */
  async ask(method: string, path: string, ask: Ask = {}): Promise<Response> {
    const url = this.resolve(path);
    const init: RequestInit = {
      method,
      headers: { accept: "application/json", ...this.#reach.headers(), ...ask.headers },
      credentials: "same-origin",
      redirect: "error",
      cache: "no-store",
    };
    if (ask.body !== undefined) init.body = ask.body;
    if (ask.signal !== undefined) init.signal = ask.signal;
    let response: Response;
    try {
      response = await this.#reach.fetch.call(globalThis, url, init);
    } catch (cause) {
      throw lostConnection(cause, ask.signal);
    }
    if (response.ok) return response;
    const refusal = await refusalOf(response);
    throw new ClientError({ code: "refused", message: refusal.message, refusal });
  }

  /** An address that the server gave, made absolute. @throws ClientError `bad-answer` when it points elsewhere. */
  resolve(path: string): string {
    const { origin } = this.#reach;
    const url = URL.canParse(path, origin) ? new URL(path, origin) : null;
    if (url === null || url.origin !== new URL(origin).origin) {
      const message = "The server named an address on another site. Nothing was sent there. Tell your administrator.";
      throw new ClientError({ code: "bad-answer", message });
    }
    return url.href;
  }

  async #read<T>(response: Response, shape: Shape<T>, path: string): Promise<T> {
    let text: string;
    try {
      text = await response.text();
    } catch (cause) {
      throw lostConnection(cause);
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    return shape(value, path);
  }
}

/** The error for a fetch, or for reading its answer, that broke off. */
export function lostConnection(cause: unknown, signal?: AbortSignal): ClientError {
  if (cause instanceof ClientError) return cause;
  if (signal?.aborted === true) return cancelled();
  const message = "The connection was lost. Nothing that had arrived is lost. Check the connection and go on.";
  return new ClientError({ code: "offline", message, cause });
}

/** Whether it makes sense to ask the same again: no answer, or the server itself is in trouble or busy. */
export function isPassing(error: unknown): error is ClientError {
  if (!(error instanceof ClientError)) return false;
  const status = error.refusal?.status ?? 0;
  return error.code === "offline" || status === 429 || (status >= 500 && status !== 507);
}

async function refusalOf(response: Response): Promise<Refusal> {
  const fallback = {
    status: response.status,
    code: "unknown",
    message: `The server refused this (${response.status}).`,
  };
  try {
    const answer: unknown = await response.json();
    if (typeof answer !== "object" || answer === null) return fallback;
    const { code, message } = answer as Record<string, unknown>;
    if (typeof code !== "string" || typeof message !== "string") return fallback;
    return { status: response.status, code, message };
  } catch {
    return fallback;
  }
}
