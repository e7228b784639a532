import { randomId } from "../../../bytes/random.ts";
import type { MemberVisit } from "../../gate/row.ts";
import type { TypedDescription } from "./typed-description.ts";

/** Half a day: whoever reloads a page of describing, or goes back to it, finds what they typed. */
const KEPT_MS = 12 * 60 * 60 * 1000;
/** A description with hundreds of recipients; a larger one is answered at once, and its page asks to be sent again when reloaded. */
const MOST_CHARACTERS = 64 * 1024;

/** What was typed on the pages of describing, and whether they go back to the first. */
export interface KeptTyping {
  readonly typed: TypedDescription;
  readonly back: boolean;
}

/**
 * Keeps what was typed, for whoever typed it, so that the page that comes next has an address of its own and a reload sends nothing
 * again. @param path of the form @returns the address of that page; null when it is too much to keep
 */
export async function keepTyping(
  { parts, member }: MemberVisit,
  path: string,
  { typed, back }: KeptTyping,
): Promise<string | null> {
  const text = JSON.stringify(typed);
  if (text.length > MOST_CHARACTERS) return null;
  const id = randomId();
  const until = new Date(parts.clock.now().getTime() + KEPT_MS);
  await parts.ephemera.put("typing", id, { owner: member.id, path, typed: text, back }, until);
  return `${path}?typed=${id}`;
}

/** What `keepTyping` kept under the address that is asked for; null when it names nothing of theirs, or that is forgotten. */
export async function keptTyping({ parts, member, query }: MemberVisit, path: string): Promise<KeptTyping | null> {
  const id = query.typed ?? "";
  const kept = id === "" ? null : await parts.ephemera.get("typing", id, parts.clock.now());
  if (kept?.owner !== member.id || kept.path !== path) return null;
  const stored = JSON.parse(String(kept.typed)) as TypedDescription; // our own text, of a form that was read
  return { typed: { ...stored, kept: id }, back: kept.back === true };
}

/** Once it has become a draft: whoever goes back finds what was begun, and does not begin it twice. */
export async function forgetTyping({ parts, member }: MemberVisit, typed: TypedDescription): Promise<void> {
  const now = parts.clock.now();
  let id = typed.kept;
  while (id !== "") {
    const kept = await parts.ephemera.get("typing", id, now);
    if (kept?.owner !== member.id) return;
    await parts.ephemera.remove("typing", id);
    id = (JSON.parse(String(kept.typed)) as TypedDescription).kept;
  }
}
