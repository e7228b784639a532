import { type DueRecord, dueRecords } from "../../../domain/due-records.ts";
import { holdScopeText } from "../../../domain/hold.ts";
import { dueBefore, RECORD_KINDS, type RecordKind } from "../../../domain/keeping.ts";
import { setKeeping, withdrawRemoval } from "../../../domain/lifecycle/governance-arrows.ts";
import type { Reader } from "../../../domain/records.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import {
  keepingBody,
  keepingFields,
  NO_KEEPING,
  periodText,
  readKeeping,
  type TypedKeeping,
  typedFromKeeping,
} from "../../governance/typed-keeping.ts";
import { RECORD_NAMES } from "../../notices/removal-mail.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";

/** Of each kind; the page says when there are more. */
const SHOWN = 50;
const NEWEST = 100;

/** SIS-37: how long records are kept, what is due, and what a hold keeps all the same. */
export const retentionRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/governance/retention",
    who: "keeper",
    handle: async (visit) => {
      const { read } = visit.parts.records;
      const keeping = await read.keeping();
      const removals = await read.removals(NEWEST);
      const kinds = await Promise.all(
        RECORD_KINDS.map(async (kind) => {
          const announced = removals.find((each) => each.kind === kind && each.state === "announced") ?? null;
          const before = announced?.before ?? (keeping && dueBefore(keeping, kind, now(visit.parts)));
          const due = before === null ? { shown: [], more: false } : await dueOf(read, kind, before);
          const months = keeping?.months[kind];
          const kept = months === undefined ? null : periodText(months);
          return { kind, name: RECORD_NAMES[kind], kept, announced, ...due };
        }),
      );
      return render(visit, "governance/retention.njk", {
        title: "How long records are kept",
        keeping,
        kinds,
        mail: keeping?.months.mail === undefined ? null : periodText(keeping.months.mail),
        over: removals
          .filter(({ state }) => state !== "announced")
          .map((each) => ({ ...each, name: RECORD_NAMES[each.kind] })),
      });
    },
  }),
  row({
    method: "GET",
    path: "/governance/retention/set",
    who: "administrator",
    handle: async (visit) => {
      const keeping = await visit.parts.records.read.keeping();
      return form(visit, keeping === null ? NO_KEEPING : typedFromKeeping(keeping), {});
    },
  }),
  row({
    method: "POST",
    path: "/governance/retention/set",
    who: "administrator",
    body: keepingBody,
    handle: async (visit, sent) => {
      const { parts, member } = visit;
      const read = readKeeping(sent);
      if (!read.ok) return form(visit, read.typed, read.errors);
      const taken = { at: now(parts), by: { kind: "member", id: member.id } } as const;
      await parts.records.write(async (tx) => {
        const { keeping, event } = setKeeping(read.said, member.id, taken);
        await tx.saveKeeping(keeping);
        await tx.append(event);
        for (const each of await tx.removals(NEWEST)) {
          if (each.state !== "announced") continue;
          const withdrawn = withdrawRemoval(each, taken); // it is announced anew, with all its days of notice
          await tx.saveRemoval(withdrawn.removal);
          await tx.append(withdrawn.event);
        }
      });
      return redirect(visit, "/governance/retention");
    },
  }),
];

async function dueOf(read: Reader, kind: RecordKind, before: string) {
  const shown: (Omit<DueRecord, "holds"> & { readonly holds: readonly { on: string; reason: string }[] })[] = [];
  for await (const each of dueRecords(read, kind, before)) {
    if (shown.length === SHOWN) return { shown, more: true };
    const holds = each.holds.map(({ scope, reason }) => ({ on: holdScopeText(scope), reason }));
    shown.push({ ...each, holds });
  }
  return { shown, more: false };
}

function form(visit: MemberVisit, typed: TypedKeeping, errors: Readonly<Record<string, string>>): string {
  const context = { title: "Say how long records are kept", fields: keepingFields(typed), typed, errors };
  return render(visit, "governance/set-retention.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
