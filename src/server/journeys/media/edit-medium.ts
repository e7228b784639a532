import type { Static } from "typebox";
import { randomId } from "../../../bytes/random.ts";
import { describeMedium, registerMedium } from "../../../domain/lifecycle/medium-arrows.ts";
import type { Medium } from "../../../domain/medium.ts";
import { takenBy } from "../../drafts/draft.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { actOnMedium, mediumOf } from "../../media/act-on-medium.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { BLANK_MEDIUM, mediumBody, readMedium, type TypedMedium, typedFromMedium } from "./typed-medium.ts";

/** Registering a medium, and correcting what is said of it (SDT-23). */
export const editMediumRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/media/new",
    who: "media-keeper",
    handle: async (visit) => form(visit, null, BLANK_MEDIUM, {}),
  }),
  row({
    method: "POST",
    path: "/media/new",
    who: "media-keeper",
    body: mediumBody,
    handle: async (visit, body) => save(visit, null, typedFromBody(body)),
  }),
  row({
    method: "GET",
    path: "/media/:id/edit",
    who: "media-keeper",
    handle: async (visit) => {
      const medium = await mediumOf(visit);
      return form(visit, medium, typedFromMedium(medium), {});
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/edit",
    who: "media-keeper",
    body: mediumBody,
    handle: async (visit, body) => {
      const medium = await mediumOf(visit);
      return save(visit, medium, { ...typedFromBody(body), serial: medium.serial });
    },
  }),
];

function typedFromBody(body: Static<typeof mediumBody>): TypedMedium {
  const { serial = "", owner = "", kind = "", gigabytes = "", purpose = "" } = body;
  const review = {
    day: body["review-day"] ?? "",
    month: body["review-month"] ?? "",
    year: body["review-year"] ?? "",
  };
  return { serial, owner, kind, gigabytes, purpose, review };
}

async function save(visit: MemberVisit, before: Medium | null, typed: TypedMedium) {
  const { parts, member } = visit;
  const { fields, errors } = readMedium(typed, now(parts).slice(0, 10));
  if (Object.keys(errors).length > 0) return form(visit, before, typed, errors);
  if (before) {
    await actOnMedium(visit, (medium, taken) => describeMedium(medium, fields, taken));
    return redirect(visit, `/media/${before.id}`);
  }
  if (await parts.records.read.mediumBySerial(fields.serial)) {
    const serial = `${fields.serial} is in the register already. Look it up there, or check the serial again.`;
    return form(visit, null, typed, { serial });
  }
  const step = registerMedium({ id: randomId(), ...fields }, member.id, takenBy(parts, member));
  await parts.records.write(async (tx) => {
    await tx.saveMedium(step.medium);
    await tx.append(step.event);
  });
  return redirect(visit, `/media/${step.medium.id}`);
}

async function form(
  visit: MemberVisit,
  medium: Medium | null,
  typed: TypedMedium,
  errors: Readonly<Record<string, string>>,
): Promise<string> {
  const context = {
    title: medium ? `Correct ${medium.serial}` : "Register a medium",
    action: medium ? `/media/${medium.id}/edit` : "/media/new",
    back: medium ? `/media/${medium.id}` : "/media",
    medium,
    typed,
    errors,
  };
  return render(visit, "media/edit-medium.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
