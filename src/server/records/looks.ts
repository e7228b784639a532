import { randomId } from "../../bytes/random.ts";
import { DAY, iso } from "../../domain/clock.ts";
import type { EphemeralValue } from "../../domain/ephemera.ts";
import type { EventKind, NewEvent } from "../../domain/event.ts";
import type { MemberVisit } from "../gate/row.ts";
import { SEARCH_FIELDS, type TypedSearch } from "./search-form.ts";

/** How long what was opened may be read, and gone back to, before looking again is another look. */
const OPEN_FOR = DAY / 24;

/**
 * SIS-37: every look is an event. It is written before anything is shown, by a request that may change something; what it opened is then
 * read by requests that change nothing, by the same member, for an hour.
 */
export async function look(
  { parts, member }: MemberVisit,
  kind: Extract<EventKind, "records-searched" | "record-opened" | "records-exported" | "controls-reported">,
  reference: string | null,
  detail: NewEvent["detail"],
): Promise<void> {
  const actor = { kind: "member", id: member.id } as const;
  const at = iso(parts.clock.now());
  await parts.records.write((tx) => tx.append({ kind, at, actor, reference, recipientId: null, detail }));
}

/** Keeps a search that is on the record. Answers the id under which its pages are. */
export async function keepSearch(visit: MemberVisit, typed: TypedSearch): Promise<string> {
  const id = randomId();
  await keep(visit, id, typed);
  return id;
}

/** The search, for whoever made it; null when it is another's, or an hour old. */
export async function searchKept({ parts, member }: MemberVisit, id: string): Promise<TypedSearch | null> {
  const kept = await parts.ephemera.get("look", id, parts.clock.now());
  if (kept?.owner !== member.id) return null;
  const entries = SEARCH_FIELDS.map((field) => [field, String(kept[field] ?? "")]);
  return Object.fromEntries(entries) as TypedSearch; // every field was set
}

export async function keepOpen(visit: MemberVisit, reference: string): Promise<void> {
  await keep(visit, `${visit.member.id} ${reference}`, {});
}

export async function isOpen({ parts, member }: MemberVisit, reference: string): Promise<boolean> {
  return (await parts.ephemera.get("look", `${member.id} ${reference}`, parts.clock.now())) !== null;
}

async function keep({ parts, member }: MemberVisit, key: string, value: Omit<EphemeralValue, "owner">): Promise<void> {
  const until = new Date(parts.clock.now().getTime() + OPEN_FOR);
  await parts.ephemera.put("look", key, { owner: member.id, ...value }, until);
}
