import { type Static, Type } from "typebox";
import { randomId } from "../../../bytes/random.ts";
import type { Hold } from "../../../domain/hold.ts";
import { liftHold, placeHold } from "../../../domain/lifecycle/governance-arrows.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { readHold, shownHold, type TypedHold } from "../../governance/holds.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const day = { "from-day": text(10), "from-month": text(10), "from-year": text(10) };
const until = { "until-day": text(10), "until-month": text(10), "until-year": text(10) };
const holdBody = Type.Object({
  ...{ on: text(20), reference: text(100), address: text(300), reason: text(20_000) },
  ...{ ...day, ...until },
});
const MOST_LIFTED = 50;
const NOTHING = { day: "", month: "", year: "" };
const BLANK: TypedHold = { on: "", reference: "", address: "", from: NOTHING, until: NOTHING, reason: "" };

/** SIS-37: holds, placed and lifted by the privacy team and administrators, each with a reason. */
export const holdRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/governance/holds",
    who: "keeper",
    handle: async (visit) => {
      const { read } = visit.parts.records;
      const show = (each: Hold) => shownHold(read, each);
      return render(visit, "governance/holds.njk", {
        title: "Holds",
        standing: await Promise.all((await read.holds()).map(show)),
        lifted: await Promise.all((await read.liftedHolds(MOST_LIFTED)).map(show)),
      });
    },
  }),
  row({
    method: "GET",
    path: "/governance/holds/new",
    who: "keeper",
    handle: async (visit) => form(visit, { ...BLANK, ...startedWith(visit) }, {}),
  }),
  row({
    method: "POST",
    path: "/governance/holds/new",
    who: "keeper",
    body: holdBody,
    handle: async (visit, body) => {
      const { parts, member } = visit;
      const typed = typedFrom(body);
      const { scope, errors } = await readHold(parts.records.read, typed);
      if (scope === null || Object.keys(errors).length > 0) return form(visit, typed, errors);
      const taken = { at: now(parts), by: { kind: "member", id: member.id } } as const;
      const about = { id: randomId(), scope, reason: typed.reason, placedBy: member.id };
      await parts.records.write(async (tx) => {
        const { hold, event } = placeHold(about, taken);
        await tx.saveHold(hold);
        await tx.append(event);
      });
      return redirect(visit, "/governance/holds");
    },
  }),
  row({
    method: "GET",
    path: "/governance/holds/:id/lift",
    who: "keeper",
    handle: async (visit) => liftForm(visit, await standing(visit), "", {}),
  }),
  row({
    method: "POST",
    path: "/governance/holds/:id/lift",
    who: "keeper",
    body: Type.Object({ reason: text(20_000) }),
    handle: async (visit, { reason = "" }) => {
      const { parts, member } = visit;
      const { id } = await standing(visit);
      const said = reason.trim();
      if (said === "" || said.length > 2000) {
        const wrong = said === "" ? "Say why it is lifted" : "Use 2,000 characters or fewer";
        return liftForm(visit, await standing(visit), reason, { reason: wrong });
      }
      const taken = { at: now(parts), by: { kind: "member", id: member.id } } as const;
      await parts.records.write(async (tx) => {
        const current = await tx.hold(id);
        if (current === null) throw notThere();
        const { hold, event } = liftHold(current, member.id, said, taken);
        await tx.saveHold(hold);
        await tx.append(event);
      });
      return redirect(visit, "/governance/holds");
    },
  }),
];

/** From a transfer's page: `?reference=`. */
function startedWith({ query }: MemberVisit): Partial<TypedHold> {
  return query.reference === undefined ? {} : { on: "transfer", reference: query.reference.slice(0, 100) };
}

function typedFrom(body: Static<typeof holdBody>): TypedHold {
  const { on = "", reference = "", address = "", reason = "" } = body;
  const dayIn = (name: "from" | "until") => ({
    day: body[`${name}-day`] ?? "",
    month: body[`${name}-month`] ?? "",
    year: body[`${name}-year`] ?? "",
  });
  return { on, reference, address, reason, from: dayIn("from"), until: dayIn("until") };
}

function form(visit: MemberVisit, typed: TypedHold, errors: Readonly<Record<string, string>>): string {
  const context = { title: "Place a hold", typed, errors };
  return render(visit, "governance/new-hold.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

async function liftForm(
  visit: MemberVisit,
  hold: Hold,
  reason: string,
  errors: Readonly<Record<string, string>>,
): Promise<string> {
  const shown = await shownHold(visit.parts.records.read, hold);
  const context = { title: "Lift this hold?", hold: shown, reason, errors };
  return render(visit, "governance/lift-hold.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** @throws ServerError `no-such-page` for none, and for one that was lifted */
async function standing({ parts, params }: MemberVisit): Promise<Hold> {
  const hold = await parts.records.read.hold(params.id ?? "");
  if (hold !== null && hold.lifted === null) return hold;
  throw notThere();
}

function notThere(): ServerError {
  return new ServerError({
    code: "no-such-page",
    message: "There is no such hold, or it was lifted. Look under Holds.",
  });
}
