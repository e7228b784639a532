import { randomId } from "../bytes/random.ts";
import { browserMark } from "./gate/forgery.ts";
import type { Row, Visit } from "./gate/row.ts";
import { type PageContext, render, rendered } from "./render.ts";
import { catalogueName, catalogueNamed } from "./texts/catalogues.ts";

const HOUR = 60 * 60 * 1000;
/** A member finds it for half a day, as `keepForm`'s; on a computer that others may use, whoever is not signed in finds it for an hour. */
const KEPT_MS = { member: 12 * HOUR, browser: HOUR } as const;
/** As much as a form may be. What is larger is answered at once, and its page asks to be sent again when reloaded. */
const MOST_CHARACTERS = 256 * 1024;
const MISTAKES = 422;
/** The part of an address that names what is kept. */
const NAME = "mistakes";
/** Names a part of a catalogue. No field of a form has a name with a space, so nobody who types can write it. */
const TEXTS = "texts of";

/**
 * A page that answers a form with what is wrong in it gets an address of its own: the page on which such a form stands, which is that
 * of the same path, or the nearest above it. So a reload sends nothing again, and shows what was typed. It is kept for whoever sent
 * it: the member, or the browser where nobody is signed in.
 * @returns that address; null where the answer was another one, or cannot be kept
 */
export async function keepMistakes(visit: Visit, row: Row, pages: ReadonlySet<string>): Promise<string | null> {
  const { request, reply, parts } = visit;
  const page = rendered(request);
  if (row.method !== "POST" || reply.statusCode !== MISTAKES || page === null) return null;
  const owner = ownerOf(visit);
  const path = pageOf(row.path, request.url.split("?")[0] ?? "", pages);
  const context = textOf(page.context);
  if (owner === null || path === null || context === null || context.length > MOST_CHARACTERS) return null;
  const id = randomId();
  const until = parts.clock.now().getTime() + (visit.member ? KEPT_MS.member : KEPT_MS.browser);
  const value = { owner, path, template: page.template, context };
  await parts.ephemera.put("typing", id, value, new Date(until));
  const query = new URLSearchParams(request.url.split("?")[1]);
  query.set(NAME, id);
  return `${path}?${query}`;
}

/** The page that `keepMistakes` kept under the address that is asked for; null when it names nothing of theirs, or that is forgotten. */
export async function keptMistakes(visit: Visit): Promise<string | null> {
  const { parts, request, reply, query } = visit;
  const id = query[NAME] ?? "";
  // What the page says instead, such as that it is over, stands.
  if (request.method !== "GET" || id === "" || reply.statusCode !== 200) return null;
  const kept = await parts.ephemera.get("typing", id, parts.clock.now());
  if (!kept || kept.owner !== ownerOf(visit) || kept.path !== request.url.split("?")[0]) return null;
  return render(visit, String(kept.template), contextFrom(String(kept.context)), MISTAKES);
}

/** Whether a page is asked for to show such mistakes: then it stands where it might otherwise lead on. */
export function asksForMistakes({ query }: Pick<Visit, "query">): boolean {
  return (query[NAME] ?? "") !== "";
}

function ownerOf({ member, parts, request }: Visit): string | null {
  return member?.id ?? browserMark(parts, request);
}

/** The address of the page on which the form of a row stands. */
function pageOf(path: string, asked: string, pages: ReadonlySet<string>): string | null {
  const parts = path.split("/");
  const given = asked.split("/");
  for (let length = parts.length; length > 1; length--) {
    if (pages.has(parts.slice(0, length).join("/"))) return given.slice(0, length).join("/");
  }
  return null;
}

/** As JSON, in which the texts of a catalogue stand by name; null where a page takes what JSON does not carry. */
function textOf(context: PageContext): string | null {
  if (!isPlain(context)) return null;
  return JSON.stringify(context, (_, value: unknown) => {
    const name = catalogueName(value);
    return name === null ? value : { [TEXTS]: name };
  });
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "function" && typeof value !== "bigint";
  if (catalogueName(value) !== null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  // An object of nobody's class: of ours, without a prototype, or a form's, which has an empty one.
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return plain && Object.values(value).every(isPlain);
}

/** Our own text, as `textOf` wrote it. */
function contextFrom(text: string): PageContext {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === "object" && value !== null && TEXTS in value ? catalogueNamed(String(value[TEXTS])) : value,
  ) as PageContext;
}
