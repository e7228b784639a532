import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import helmet from "@fastify/helmet";
import Fastify from "fastify";
import { placeOf } from "../../src/server/parts.ts";
import { contentSecurityPolicy } from "../../src/server/policy-headers.ts";
import { bundleScript } from "../../src/web-build/bundle-scripts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * One page with one script and its workers, bundled and guarded as the server's own pages are.
 * @param page the script, and `workers` by the name that it starts them by: files below the package's folder.
 */
export async function openSite(page: string, workers: Readonly<Record<string, string>>): Promise<Site> {
  const site = Fastify();
  await site.register(helmet, contentSecurityPolicy(placeOf("http://localhost:1", false)));
  const serve = (path: string, bytes: Uint8Array) =>
    site.get(path, (_request, reply) => reply.type("text/javascript").send(Buffer.from(bytes)));
  const files: Record<string, string> = {};
  for (const [name, source] of Object.entries(workers)) {
    files[name] = `${name}.js`;
    serve(`/${name}.js`, (await bundleScript(root, source)).bytes);
  }
  serve("/page.js", (await bundleScript(root, page, { files })).bytes);
  const html = '<!doctype html><title>Bench</title><input type="file"><script type="module" src="/page.js"></script>';
  site.get("/", (_request, reply) => reply.type("text/html").send(html));
  await site.listen({ host: "localhost", port: 0 });
  const { port } = site.server.address() as AddressInfo; // listens on a port, so it is not a pipe's name
  return { url: `http://localhost:${port}/`, close: async () => void (await site.close()) };
}
