import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import helmet from "@fastify/helmet";
import Fastify from "fastify";
import type { Page } from "playwright-core";
import { placeOf } from "../../src/server/parts.ts";
import { contentSecurityPolicy } from "../../src/server/policy-headers.ts";
import { openBrowser } from "../../src/testing/browser.ts";
import { bundleScript } from "../../src/web-build/bundle-scripts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A page of a real browser, without anything on it but a script. */
export interface GuardedPage {
  readonly page: Page;
  /** What went wrong on it, unhandled or against its policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/**
 * Bundles scripts as the server's own are, and opens a page that runs the first of them, guarded as the server's pages are.
 * @param scripts source below the repository's root, by the path under which the page finds it
 */
export async function openGuardedPage(scripts: Readonly<Record<`/${string}.js`, string>>): Promise<GuardedPage> {
  const site = Fastify();
  await site.register(helmet, contentSecurityPolicy(placeOf("http://localhost:1", false)));
  const html = `<script type="module" src="${Object.keys(scripts)[0]}"></script>`;
  site.get("/", (_request, reply) => reply.type("text/html").send(html));
  for (const [path, source] of Object.entries(scripts)) {
    const { bytes } = await bundleScript(root, source);
    site.get(path, (_request, reply) => reply.type("text/javascript").send(Buffer.from(bytes)));
  }
  await site.listen({ host: "localhost", port: 0 });
  const browser = await openBrowser();
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => void complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted ?Type/.test(message.text())) complaints.push(message.text());
  });
  const { port } = site.server.address() as AddressInfo; // listens on a port, so it is not a pipe's name
  await page.goto(`http://localhost:${port}/`);
  return {
    page,
    complaints,
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}
