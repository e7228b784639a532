import { Type } from "typebox";
import { isWorkAddress } from "../../../domain/address.ts";
import { isColleague } from "../../../domain/colleague.ts";
import { DomainError } from "../../../domain/error.ts";
import type { Member } from "../../../domain/member.ts";
import type { Reader } from "../../../domain/records.ts";
import { ROLES, rolesIn } from "../../../domain/roles.ts";
import { followRoles } from "../../approvals/follow-roles.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { takenBy } from "../../drafts/draft.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { isWithheld } from "../../release-gate/why-held.ts";
import { render } from "../../render.ts";

/** One colleague, for administrators: roles and line manager. */
export const personRows: readonly Row[] = [
  row({ method: "GET", path: "/people/:id", who: "administrator", handle: (visit) => personPage(visit) }),
  row({
    method: "POST",
    path: "/people/:id",
    who: "administrator",
    body: Type.Object({
      roles: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 20 })),
      lineManagerId: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    handle: async (visit, body) => {
      const { parts, member } = visit;
      const { id } = await personOf(visit);
      const roles = rolesIn(body.roles ?? []);
      const lineManagerId = body.lineManagerId || null;
      await parts.records.write(async (tx) => {
        const person = await tx.member(id);
        if (!person) throw notThere();
        if (roles.length > 0 && !isWorkAddress(person.address, visit.organisation.workDomains))
          throw outsideRole(person);
        const manager = lineManagerId === null ? null : await tx.member(lineManagerId);
        const fits = manager && manager.id !== id && isColleague(manager, visit.organisation.workDomains);
        if (lineManagerId !== null && !fits) throw badManager();
        const stays = roles.includes("administrator");
        if (!stays) refuseLastAdministrator(person, await tx.members());
        const change = async () => {
          await tx.saveMember({ ...person, roles, lineManagerId });
          const detail = { memberId: id, roles: roles.join(" "), lineManagerId };
          await tx.append(ofMember("member-changed", member.id, now(parts), detail));
        };
        const { answering } = policyNow(parts).settings;
        const withheld = (read: Reader, reference: string) => isWithheld(parts, reference, read);
        await followRoles(tx, change, { place: parts.place, answering, withheld }, takenBy(parts, member));
      });
      return redirect(visit, id === member.id ? "/people" : `/people/${id}`);
    },
  }),
];

/** The colleague that the path names. @throws ServerError `no-such-page` */
export async function personOf(visit: MemberVisit): Promise<Member> {
  const person = await visit.parts.records.read.member(visit.params.id ?? "");
  if (person) return person;
  throw notThere();
}

/** @throws DomainError `not-now` when nobody would be left who can invite and deactivate people. */
export function refuseLastAdministrator(person: Member, all: readonly Member[]): void {
  const others = all.filter(
    ({ id, state, roles }) => id !== person.id && state === "active" && roles.includes("administrator"),
  );
  if (!person.roles.includes("administrator") || others.length > 0) return;
  throw new DomainError({
    code: "not-now",
    message: `${person.name} is the only administrator. Nothing was changed: make somebody else an administrator first.`,
  });
}

async function personPage(visit: MemberVisit): Promise<string> {
  const person = await personOf(visit);
  const members = await visit.parts.records.read.members();
  const { workDomains } = visit.organisation;
  const managers = members.filter((each) => each.id !== person.id && isColleague(each, workDomains));
  const roles = Object.entries(ROLES).map(([value, text]) => ({
    value,
    text,
    checked: rolesIn(person.roles).some((role) => role === value),
  }));
  const lineManagers = [
    { value: "", text: "Nobody" },
    ...managers.map(({ id, name, address }) => ({
      value: id,
      text: `${name} (${address})`,
      selected: id === person.lineManagerId,
    })),
  ];
  return render(visit, "people/person.njk", {
    title: person.name,
    person,
    outside: !isWorkAddress(person.address, workDomains),
    roles,
    lineManagers,
  });
}

/** SDT-17: who registered from outside holds no role in the organisation. */
function outsideRole(person: Member): ServerError {
  return new ServerError({
    code: "bad-request",
    message: `${person.address} is not an address of your organisation, so ${person.name} cannot have a role in it. Nothing was changed.`,
  });
}

function badManager(): ServerError {
  return new ServerError({
    code: "bad-request",
    message: "That line manager is not an active colleague. Nothing was changed.",
  });
}

function notThere(): ServerError {
  return new ServerError({ code: "no-such-page", message: "There is nobody here. Look under People." });
}
