import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer as createWebServer } from "node:https";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { LOCALHOST } from "./localhost-certificate.ts";

/** A syslog receiver with octet counting (RFC 6587, RFC 5425) on a port of this machine. */
export interface SyslogListener {
  readonly port: number;
  /** Every message so far, in the order in which they came. */
  readonly messages: readonly string[];
  stop(): Promise<void>;
}

/** @param cutAfter closes the connection once it has so many bytes of it, as a receiver that fails does */
export async function listenSyslog(options: {
  readonly encrypted: boolean;
  readonly port?: number;
  readonly cutAfter?: number;
}): Promise<SyslogListener> {
  const messages: string[] = [];
  const take = (socket: Socket) => {
    let waiting = Buffer.alloc(0);
    let seen = 0;
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      seen += bytes.length;
      if (options.cutAfter !== undefined && seen > options.cutAfter) {
        socket.destroy();
        return;
      }
      waiting = Buffer.concat([waiting, bytes]);
      for (let space = waiting.indexOf(" "); space > 0; space = waiting.indexOf(" ")) {
        const length = Number(waiting.subarray(0, space).toString("ascii"));
        if (waiting.length < space + 1 + length) break;
        messages.push(waiting.subarray(space + 1, space + 1 + length).toString("utf8"));
        waiting = waiting.subarray(space + 1 + length);
      }
    });
  };
  const server: Server = options.encrypted ? createTlsServer({ ...LOCALHOST }, take) : createServer(take);
  await listening(server, options.port);
  return { port: portOf(server), messages, stop: () => stopped(server) };
}

/** A webhook's receiver over HTTPS on a port of this machine. */
export interface WebhookListener {
  readonly port: number;
  readonly posts: readonly { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  stop(): Promise<void>;
}

/** @param status what it answers, post by post; the last one from then on */
export async function listenWebhook(options: {
  readonly status?: readonly number[];
  readonly port?: number;
}): Promise<WebhookListener> {
  const posts: { headers: IncomingHttpHeaders; body: string }[] = [];
  const { status = [204] } = options;
  const server = createWebServer({ ...LOCALHOST }, (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      posts.push({ headers: request.headers, body });
      response.writeHead(status[posts.length - 1] ?? status.at(-1) ?? 204, { location: "https://elsewhere.example/" });
      response.end();
    });
  });
  await listening(server, options.port);
  return { port: portOf(server), posts, stop: () => stopped(server) };
}

async function listening(server: Server, port = 0): Promise<void> {
  server.listen(port, "localhost");
  await once(server, "listening");
  server.unref(); // a test that fails before it stops it ends all the same
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // listens on a port, so it is not a pipe's name
}

async function stopped(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
