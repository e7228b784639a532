import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyRequest } from "fastify";
import nunjucks from "nunjucks";
import { isWorkAddress } from "../domain/address.ts";
import { nationalPhone } from "../domain/phone.ts";
import { readingText } from "../domain/reading-text.ts";
import { formatSize } from "../domain/size-text.ts";
import { hasApprovingRole } from "./approvals/queue.ts";
import { formatDate, formatDateTime } from "./format.ts";
import { forgeryToken } from "./gate/forgery.ts";
import { oversees } from "./gate/overseer.ts";
import type { Visit } from "./gate/row.ts";
import type { Assets, Parts } from "./parts.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

const environments = new WeakMap<Parts, nunjucks.Environment>();

function environmentOf(parts: Parts): nunjucks.Environment {
  const made = environments.get(parts);
  if (made) return made;
  const environment = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([
      join(here, "journeys"),
      join(here, "layout"),
      ...parts.extra.templates,
      join(modules, "govuk-frontend/dist"),
      join(modules, "@ministryofjustice/frontend"),
    ]),
    { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true },
  );
  environment.addFilter("date", formatDate);
  environment.addFilter("dateTime", formatDateTime);
  environment.addFilter("size", formatSize);
  environment.addFilter("phone", nationalPhone);
  environment.addFilter("reading", readingText);
  environments.set(parts, environment);
  return environment;
}

/** A page's own context, plus what every page may show. `errors` (field to message) makes the error summary. */
export interface PageContext {
  readonly title: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly language?: "en" | "cy";
  /** Logical names of browser entries for this page, such as `entries/add.js`. */
  readonly scripts?: readonly string[];
  readonly [key: string]: unknown;
}

/** What was rendered for a request last. */
interface Rendered {
  readonly template: string;
  readonly context: PageContext;
}
const renderedFor = new WeakMap<FastifyRequest, Rendered>();

/** The page that a handler has rendered for this request; null when it rendered none. */
export function rendered(request: FastifyRequest): Rendered | null {
  return renderedFor.get(request) ?? null;
}

/** Renders a template of `journeys/` as HTML and sets status and content type. */
export function render(visit: Visit, template: string, context: PageContext, status = 200): string {
  const { parts, request, reply, organisation, member } = visit;
  reply.status(status).type("text/html; charset=utf-8").header("cache-control", "no-store");
  renderedFor.set(request, { template, context });
  const asset = (name: string) => assetOf(parts.assets, name).path;
  return environmentOf(parts).render(template, {
    ...context,
    page: {
      organisation,
      member,
      colleague: member !== null && organisation !== null && isWorkAddress(member.address, organisation.workDomains),
      toAgree: visit.toAgree ?? 0,
      approves: (visit.toAgree ?? 0) > 0 || (member !== null && hasApprovingRole(member)),
      oversees: member !== null && oversees(member),
      path: request.url.split("?")[0],
      origin: parts.place.origin,
      token: forgeryToken(parts, request, reply),
      banner: parts.extra.banner,
      styles: ["styles/govuk.css", "styles/waybill.css"].map(asset),
      scripts: [
        ...parts.extra.scripts,
        ...["entries/page.js", ...(member ? ["entries/own-keys.js"] : []), ...(context.scripts ?? [])].map(asset),
      ],
      workers: Object.fromEntries(
        Object.keys(parts.assets.files)
          .filter((name) => name.startsWith("workers/"))
          .map((name) => [name, asset(name)]),
      ),
    },
  });
}

/** Where a bundled file is served, and the digest that an element which loads it may name. */
export function assetOf(assets: Assets, name: string): { readonly path: string; readonly integrity: string } {
  const found = assets.files[name];
  if (!found)
    throw new Error(
      `No bundled file is called ${name}: the bundle is older than the code. Start again to make it anew.`,
    );
  return { path: `/assets/${found.file}`, integrity: found.integrity };
}
