import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fromBase64 } from "../bytes/base64.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { randomId } from "../bytes/random.ts";
import { entryDigest, fixWaybill, type Waybill } from "../domain/waybill.ts";
import type { ReceivingView } from "../domain/wire/receiving.ts";
import type { ContentBody, KeyLine, SendingView } from "../domain/wire/sending.ts";
import { createMemoryBlobs } from "./memory-blobs.ts";

/** What a client may be told in place of the truth. Each gets what an honest server would answer. */
export interface Lies {
  /** The offset that HEAD answers. */
  head?: (offset: number) => number;
  /** The offset that PATCH answers. */
  patched?: (offset: number) => number;
  /** Breaks the connection of an upload when this many bytes have come since it was set; then forgets itself. */
  cutUploadAfter?: number;
  /** The same for a download. */
  cutBodyAfter?: number;
  sendingView?: (view: SendingView) => SendingView;
  receivingView?: (view: ReceivingView) => ReceivingView;
  waybill?: (waybill: Waybill) => Waybill;
  manifest?: (bytes: Uint8Array) => Uint8Array;
  /** Given the bytes [start, end) of the sealed body. */
  body?: (bytes: Uint8Array, start: number, end: number) => Uint8Array;
}

/** Bytes that came for an upload, kept or not. */
export interface Came {
  readonly url: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface WireOptions {
  readonly reference: string;
  readonly senderKeys: readonly KeyLine[];
  readonly recipients: readonly Pick<
    SendingView["recipients"][number],
    "id" | "name" | "address" | "access" | "keys"
  >[];
}

export const WIRE_FACTS: Waybill["facts"] = {
  purpose: "Court bundle",
  necessity: "Hearing on Monday",
  recordCopy: "The case file",
  classification: "OFFICIAL",
  personal: true,
  sensitive: false,
  special: null,
  offences: null,
  people: null,
  impact: { individuals: "some", organisation: "none" },
};
export const WIRE_ORIGINATOR = { name: "Sam Sender", address: "sam@council.example", organisation: "Example Council" };
export const WIRE_DECIDED: Pick<Waybill, "policy" | "needs" | "assessment"> = {
  policy: { rules: "uk-government", digest: "sha256:example" },
  needs: [],
  assessment: "ab".repeat(32),
};
export const WIRE_EXPIRES = "2026-12-05T12:00:00.000Z";

/**
 * The wire contract of one transfer over real HTTP, without accounts, pages or policy: for testing clients against servers
 * that are honest, that break, and that lie.
 */
export class WireServer {
  readonly lies: Lies = {};
  /** Every byte that ever came, in order. */
  readonly came: Came[] = [];
  /** Method and path of every request. */
  readonly asked: string[] = [];
  readonly told: { readonly path: string; readonly body: unknown }[] = [];
  content: ContentBody | null = null;
  arrived = true;
  carried = false;
  readonly #blobs = createMemoryBlobs();
  readonly #options: WireOptions;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #grant: string | null = null;
  #upload: string | null = null;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "localhost", resolve));
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The waybill as an honest server composes it. */
  async waybill(): Promise<Waybill> {
    const { content } = this;
    const size = this.#upload === null ? 0 : ((await this.#blobs.stat(this.#upload))?.size ?? 0);
    return {
      version: 1,
      reference: this.#options.reference,
      originator: WIRE_ORIGINATOR,
      recipients: await Promise.all(
        this.#options.recipients.map(({ id, name, address, access }) =>
          entryDigest({ name, address, access, token: content?.access[id]?.tokenHash ?? "" }),
        ),
      ),
      grants: await Promise.all(
        this.#options.recipients.map(({ id }) => sha256Hex(fromBase64(content?.access[id]?.grant ?? ""))),
      ),
      method: "secure-link",
      facts: WIRE_FACTS,
      totals: { items: content?.totals.items ?? 0, bytes: content?.totals.bytes ?? 0, sealed: size },
      content: content?.content ?? "",
      expires: WIRE_EXPIRES,
      recovery: content?.recovery?.key ?? null,
      ...WIRE_DECIDED,
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    this.asked.push(`${request.method} ${path}`);
    try {
      if (path.startsWith("/uploads/")) await this.#tus(request, response, path.slice("/uploads/".length));
      else if (path.endsWith("/manifest")) response.end(this.#manifest());
      else if (path.endsWith("/body")) await this.#body(request, response);
      else answer(response, await this.#json(request, path));
    } catch (error) {
      if (!response.headersSent) response.statusCode = error instanceof RangeError ? 409 : 500;
      response.end(JSON.stringify({ code: "wrong-offset", message: String(error) }));
    }
  }

  async #json(request: IncomingMessage, path: string): Promise<unknown> {
    const body: unknown = request.method === "GET" ? null : JSON.parse((await read(request)).toString() || "null");
    const action = `${request.method} ${path.split("/").slice(4).join("/")}`;
    if (path.startsWith("/api/r/")) return this.#receiving(action, path.split("/")[3] ?? "", path, body);
    return this.#sending(action, path, body);
  }

  async #sending(action: string, path: string, body: unknown): Promise<unknown> {
    switch (action) {
      case "PUT sender-grant":
        this.#grant = (body as { grant: string }).grant;
        this.#upload = null;
        return {};
      case "POST upload":
        this.#upload = randomId();
        await this.#blobs.create(this.#upload, (body as { size: number }).size);
        return { url: `/uploads/${this.#upload}` };
      case "PUT content":
        this.content = body as ContentBody;
        return {};
      case "POST sign/options": {
        const honest = await this.waybill();
        const waybill = (await fixWaybill(this.lies.waybill?.(honest) ?? honest)).text;
        return { waybill, nonce: "bm9uY2U", rpId: "localhost", signer: WIRE_ORIGINATOR.address, credentials: [] };
      }
      case "POST sign":
        this.told.push({ path, body });
        return {};
      default:
        return this.#sendingView();
    }
  }

  async #sendingView(): Promise<SendingView> {
    const stat = this.#upload === null ? null : await this.#blobs.stat(this.#upload);
    const view: SendingView = {
      reference: this.#options.reference,
      state: "draft",
      organisation: WIRE_ORIGINATOR.organisation,
      senderKeys: this.#options.senderKeys,
      carried: this.carried,
      standIn: null,
      recipients: this.#options.recipients.map((each) => ({ ...each, state: "named" as const })),
      senderGrant: this.#grant,
      upload: stat && { url: `/uploads/${this.#upload}`, offset: stat.length, size: stat.size },
      sealed: this.content && {
        content: this.content.content,
        ...this.content.totals,
        bodySize: stat?.size ?? 0,
      },
      expiresAt: WIRE_EXPIRES,
      bodyLimit: 100 * 1024 * 1024,
    };
    return this.lies.sendingView?.(view) ?? view;
  }

  async #receiving(action: string, id: string, path: string, body: unknown): Promise<unknown> {
    if (action === "POST nonce") return { nonce: "bm9uY2U" };
    if (!action.startsWith("GET")) {
      this.told.push({ path, body });
      return {};
    }
    const recipient = this.#options.recipients.find((each) => each.id === id) ?? this.#options.recipients[0];
    if (recipient === undefined) throw new Error("This transfer has no recipient.");
    const honest = await this.waybill();
    const waybill = await fixWaybill(this.lies.waybill?.(honest) ?? honest);
    const view: ReceivingView = {
      id,
      reference: this.#options.reference,
      transferState: "released",
      state: this.arrived ? "arrived" : "released",
      organisation: WIRE_ORIGINATOR.organisation,
      rpId: "localhost",
      sender: WIRE_ORIGINATOR,
      recipient: { name: recipient.name, address: recipient.address, team: false },
      access: recipient.access,
      expiresAt: WIRE_EXPIRES,
      waybillDigest: waybill.digest,
      waybill: this.arrived ? waybill.text : null,
      grant: this.arrived ? (this.content?.access[recipient.id]?.grant ?? null) : null,
      tokenHash: this.arrived ? (this.content?.access[recipient.id]?.tokenHash ?? null) : null,
      arrivalKey: null,
      bodySize: honest.totals.sealed,
      mustVerify: false,
      handling: ["Keep it safe."],
    };
    return this.lies.receivingView?.(view) ?? view;
  }

  async #tus(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const stat = await this.#blobs.stat(id);
    if (stat === null || id !== this.#upload) {
      response.statusCode = 404;
      response.end();
      return;
    }
    if (request.method === "HEAD") {
      response.setHeader("upload-offset", this.lies.head?.(stat.length) ?? stat.length);
      response.setHeader("upload-length", stat.size);
      response.end();
      return;
    }
    const offset = Number(request.headers["upload-offset"]);
    if (offset !== stat.length) throw new RangeError("wrong offset");
    await this.#blobs.append(id, offset, this.#arriving(request, `/uploads/${id}`, offset));
    const length = (await this.#blobs.stat(id))?.length ?? 0;
    response.statusCode = 204;
    response.setHeader("upload-offset", this.lies.patched?.(length) ?? length);
    response.end();
  }

  async *#arriving(request: IncomingMessage, url: string, offset: number): AsyncGenerator<Uint8Array> {
    let at = offset;
    for await (const bytes of request as AsyncIterable<Buffer>) {
      const limit = this.lies.cutUploadAfter ?? Number.POSITIVE_INFINITY;
      const kept = bytes.subarray(0, Math.min(bytes.length, limit));
      this.came.push({ url, offset: at, bytes: new Uint8Array(bytes) });
      at += kept.length;
      if (kept.length > 0) yield new Uint8Array(kept);
      if (this.lies.cutUploadAfter === undefined) continue;
      this.lies.cutUploadAfter = limit - kept.length;
      if (this.lies.cutUploadAfter > 0) continue;
      delete this.lies.cutUploadAfter;
      request.socket.destroy();
      throw new Error("The connection was cut.");
    }
  }

  #manifest(): Uint8Array {
    const honest = fromBase64(this.content?.manifest ?? "");
    return this.lies.manifest?.(honest) ?? honest;
  }

  async #body(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, from = "0", to = "0"] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const [start, end] = [Number(from), Number(to) + 1];
    const parts: Uint8Array[] = [];
    for await (const bytes of this.#blobs.read(this.#upload ?? "", start, end)) parts.push(bytes);
    const honest = new Uint8Array(Buffer.concat(parts));
    const bytes = this.lies.body?.(honest, start, end) ?? honest;
    response.statusCode = 206;
    response.setHeader("content-length", bytes.length);
    const cut = this.lies.cutBodyAfter;
    if (cut === undefined || cut >= bytes.length) {
      response.end(bytes);
      return;
    }
    delete this.lies.cutBodyAfter;
    response.write(bytes.subarray(0, cut), () => request.socket.destroy());
  }
}

function answer(response: ServerResponse, value: unknown): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(value));
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
