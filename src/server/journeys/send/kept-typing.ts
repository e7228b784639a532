import type { MemberVisit } from "../../gate/row.ts";
import { keepForm, keptForm } from "../../kept-form.ts";
import { BLANK, type TypedDescription } from "./typed-description.ts";

/** What was typed on the pages of describing, and whether they go back to the first. */
export interface KeptTyping {
  readonly typed: TypedDescription;
  readonly back: boolean;
}

/** `keepForm` of the pages of describing. */
export function keepTyping(visit: MemberVisit, path: string, { typed, back }: KeptTyping): Promise<string | null> {
  return keepForm(visit, path, { typed: JSON.stringify(typed), back });
}

/** What `keepTyping` kept under the address that is asked for; null when it names nothing of theirs, or that is forgotten. */
export async function keptTyping(visit: MemberVisit, path: string): Promise<KeptTyping | null> {
  const kept = await keptForm(visit, path);
  if (!kept) return null;
  const stored = JSON.parse(kept.typed) as Partial<TypedDescription>; // our own text, of a form that was read, perhaps by an earlier version
  return { typed: { ...BLANK, ...stored, kept: kept.id }, back: kept.back };
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
