import { startSession } from "../server/gate/session.ts";
import { exchange } from "./exchange.ts";
import type { TestServer } from "./server.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The body as JSON. */
  json<T = Record<string, unknown>>(): T;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** One browser: keeps cookies, sends the forgery token of the pages that it was given, follows no other redirect than that of `form`. */
export class Visitor {
  readonly #server: TestServer;
  readonly #cookies = new Map<string, string>();
  #token = "";

  constructor(server: TestServer) {
    this.#server = server;
  }

  /** Signs in without a passkey: sessions as they are after one. */
  async signIn(memberId: string): Promise<this> {
    this.setCookie("waybill", await startSession(this.#server.parts, memberId, ""));
    return this;
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async get(path: string): Promise<Answer> {
    return this.ask("GET", path);
  }

  /** Sends a form as a browser does, and goes on to the page that says what is wrong with it, where there is one. */
  async form(path: string, fields: Fields): Promise<Answer> {
    const body = new URLSearchParams({ _token: await this.token() });
    for (const [name, value] of Object.entries(fields)) {
      for (const each of typeof value === "string" ? [value] : value) body.append(name, each);
    }
    const sent = await this.ask("POST", path, { "content-type": "application/x-www-form-urlencoded" }, body.toString());
    const next = sent.headers.get("location") ?? "";
    return sent.status === 303 && /[?&]mistakes=/.test(next) ? this.get(next) : sent;
  }

  /** As `form`, and on to where that leads while it is the same page: what was typed is kept, and the page has an address of its own. */
  async page(path: string, fields: Fields): Promise<Answer> {
    const answer = await this.form(path, fields);
    const next = answer.headers.get("location") ?? "";
    return answer.status === 303 && next.startsWith(`${path}?`) ? this.get(next) : answer;
  }

  /** Sends JSON as the pages' scripts do. */
  async api(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { "x-waybill-token": await this.token(), accept: "application/json" };
    if (body === undefined) return this.ask(method, path, headers);
    return this.apiText(method, path, JSON.stringify(body));
  }

  /** `api` with JSON as it is typed, right or wrong. */
  async apiText(method: string, path: string, json: string): Promise<Answer> {
    const headers = { "x-waybill-token": await this.token(), accept: "application/json" };
    return this.ask(method, path, { ...headers, "content-type": "application/json" }, json);
  }

  /** The forgery token, from the page of an address that does not exist. */
  async token(): Promise<string> {
    if (this.#token === "") await this.get("/there-is-no-such-page");
    return this.#token;
  }

  /** The `Cookie` header that this browser sends. */
  cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: NonNullable<RequestInit["body"]>,
  ): Promise<Answer> {
    const sent = { cookie: this.cookies(), ...headers };
    const response = await exchange(new URL(path, this.#server.url), method, sent, body);
    for (const each of response.headers.getSetCookie()) {
      const [name, value] = (each.split(";")[0] ?? "").split("=");
      if (name) this.#cookies.set(name, value ?? "");
    }
    const { status, bytes } = response;
    const text = new TextDecoder().decode(bytes);
    this.#token = /<meta name="waybill-token" content="([^"]+)">/.exec(text)?.[1] ?? this.#token;
    return { status, headers: response.headers, text, bytes, json: () => JSON.parse(text) };
  }
}
