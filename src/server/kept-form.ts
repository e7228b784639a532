import { randomId } from "../bytes/random.ts";
import type { MemberVisit } from "./gate/row.ts";

/** Half a day: whoever reloads a page, or goes back to it, finds what they typed. */
const KEPT_MS = 12 * 60 * 60 * 1000;
/** A description with hundreds of recipients; a larger one is answered at once, and its page asks to be sent again when reloaded. */
const MOST_CHARACTERS = 64 * 1024;

/** What was typed into a form, as JSON text of ours, and whether its page goes back to the one before. */
export interface KeptForm {
  readonly id: string;
  readonly typed: string;
  readonly back: boolean;
}

/**
 * Keeps what was typed, for whoever typed it, so that the page that comes next has an address of its own and a reload sends nothing
 * again. @param path of the form @returns the address of that page; null when it is too much to keep
 */
export async function keepForm(
  { parts, member }: MemberVisit,
  path: string,
  { typed, back = false }: { readonly typed: string; readonly back?: boolean },
): Promise<string | null> {
  if (typed.length > MOST_CHARACTERS) return null;
  const id = randomId();
  const until = new Date(parts.clock.now().getTime() + KEPT_MS);
  await parts.ephemera.put("typing", id, { owner: member.id, path, typed, back }, until);
  return `${path}?typed=${id}`;
}

/** What `keepForm` kept under the address that is asked for; null when it names nothing of theirs, or that is forgotten. */
export async function keptForm({ parts, member, query }: MemberVisit, path: string): Promise<KeptForm | null> {
  const id = query.typed ?? "";
  const kept = id === "" ? null : await parts.ephemera.get("typing", id, parts.clock.now());
  if (kept?.owner !== member.id || kept.path !== path) return null;
  return { id, typed: String(kept.typed), back: kept.back === true };
}
