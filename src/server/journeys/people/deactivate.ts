import { DomainError } from "../../../domain/error.ts";
import type { Member } from "../../../domain/member.ts";
import type { Reader, Writer } from "../../../domain/records.ts";
import { endDeputiesOf } from "../../approvals/deputies.ts";
import { followRoles } from "../../approvals/follow-roles.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { takenBy } from "../../drafts/draft.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { endSessions } from "../../gate/session.ts";
import type { Parts } from "../../parts.ts";
import { now, ofMember, retireWaysIn } from "../../passkeys/enrolment.ts";
import { isWithheld } from "../../release-gate/why-held.ts";
import { render } from "../../render.ts";
import { endInvitations } from "../join/invitation.ts";
import { leftBehind } from "./left-behind.ts";
import { personOf, refuseLastAdministrator } from "./person.ts";

/** Leavers: sessions, invitations, passkeys, keys and command lines end at once. */
export const deactivateRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/people/:id/deactivate",
    who: "administrator",
    handle: async (visit) => {
      const person = await personOf(visit);
      const left = await leftBehind(visit.parts.records.read, person.id);
      return render(visit, "people/deactivate.njk", { title: `Deactivate ${person.name}?`, person, left });
    },
  }),
  row({
    method: "POST",
    path: "/people/:id/deactivate",
    who: "administrator",
    handle: async (visit) => {
      const { parts, member } = visit;
      const { id } = await personOf(visit);
      if (id === member.id) {
        const message = "You cannot deactivate yourself. Nothing was changed: ask another administrator.";
        throw new DomainError({ code: "not-now", message });
      }
      const { answering } = policyNow(parts).settings;
      const withheld = (read: Reader, reference: string) => isWithheld(parts, reference, read);
      await parts.records.write(async (tx) => {
        const person = await tx.member(id);
        if (!person)
          throw new DomainError({ code: "not-found", message: "There is nobody here. Nothing was changed." });
        refuseLastAdministrator(person, await tx.members());
        const change = () => leave(tx, person, parts, member);
        await followRoles(tx, change, { place: parts.place, answering, withheld }, takenBy(parts, member));
      });
      await endSessions(parts, id);
      await endInvitations(parts, id);
      return redirect(visit, `/people/${id}`);
    },
  }),
];

async function leave(tx: Writer, person: Member, parts: Parts, by: Member): Promise<void> {
  const { id } = person;
  // From here on the guard lets them in nowhere: it asks for an active member at every request.
  await tx.saveMember({ ...person, state: "deactivated", roles: [] });
  await tx.append(ofMember("member-deactivated", by.id, now(parts), { memberId: id }));
  await endDeputiesOf(tx, id, takenBy(parts, by));
  await retireWaysIn(tx, id, now(parts), "all");
  for (const other of (await tx.members()).filter(({ lineManagerId }) => lineManagerId === id)) {
    await tx.saveMember({ ...other, lineManagerId: null });
    // who may agree to what they send has changed: an event of theirs, as every other change of it is
    const detail = { memberId: other.id, roles: other.roles.join(" "), lineManagerId: null };
    await tx.append(ofMember("member-changed", by.id, now(parts), detail));
  }
}
