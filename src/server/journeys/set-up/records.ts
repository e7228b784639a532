import { Type } from "typebox";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type Visit } from "../../gate/row.ts";
import {
  keepingBody,
  keepingFields,
  NO_KEEPING,
  readKeeping,
  type SaidKeeping,
  type TypedKeeping,
} from "../../governance/typed-keeping.ts";
import { render } from "../../render.ts";
import { policyIsChosen } from "./first-policy.ts";
import { type Draft, draftOf, saveDraft } from "./set-up-code.ts";
import { captionOf } from "./steps.ts";

/** What the draft says where it is left for later. */
const LATER = "keeping-later";

/**
 * SIS-37: set-up asks how long each kind of record is kept. Nothing is chosen beforehand. Whoever does not know yet decides later: until then
 * nothing is removed, and administrators are asked at every visit.
 */
export const setUpRecordsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/set-up/records",
    who: "anyone",
    handle: async (visit) => {
      const draft = await draftOf(visit);
      if (!policyIsChosen(visit.parts, draft)) return redirect(visit, "/set-up/rules");
      return show(visit, keepingIn(draft).typed, {});
    },
  }),
  row({
    method: "POST",
    path: "/set-up/records",
    who: "anyone",
    body: Type.Object({ ...keepingBody.properties, later: Type.Optional(Type.Literal("yes")) }),
    handle: async (visit, { later, ...sent }) => {
      const draft = await draftOf(visit);
      if (!policyIsChosen(visit.parts, draft)) return redirect(visit, "/set-up/rules");
      if (later) {
        await saveDraft(visit, { ...draft, [LATER]: "yes" });
        return redirect(visit, "/set-up/keys");
      }
      const read = readKeeping(sent);
      if (!read.ok) return show(visit, read.typed, read.errors);
      const typed = Object.fromEntries(Object.entries(read.typed).map(([name, value]) => [fieldOf(name), value]));
      await saveDraft(visit, { ...draft, ...typed, [LATER]: "" });
      return redirect(visit, "/set-up/keys");
    },
  }),
];

/** Whether the step is behind: said, or left for later in so many words. */
export function keepingIsSaid(draft: Draft): boolean {
  return draft[LATER] === "yes" || keepingIn(draft).ok;
}

/** What was said of it; null where it is left for later. */
export function saidIn(draft: Draft): SaidKeeping | null {
  const read = keepingIn(draft);
  return draft[LATER] !== "yes" && read.ok ? read.said : null;
}

/** What was said of it so far. */
function keepingIn(draft: Draft): ReturnType<typeof readKeeping> {
  return readKeeping(
    Object.fromEntries(Object.keys(NO_KEEPING).map((name) => [name, String(draft[fieldOf(name)] ?? "")])),
  );
}

function fieldOf(name: string): string {
  return `keeping-${name}`;
}

function show(visit: Visit, typed: TypedKeeping, errors: Readonly<Record<string, string>>): string {
  const caption = captionOf(visit.parts, "records");
  const context = { title: "How long records are kept", caption, fields: keepingFields(typed), typed, errors };
  return render(visit, "set-up/records.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
