import { randomId } from "../../../bytes/random.ts";
import { type Deputy, LONGEST_DEPUTY_DAYS } from "../../../domain/approval.ts";
import { DomainError } from "../../../domain/error.ts";
import { endDeputy, nameDeputy } from "../../../domain/lifecycle/deputy-arrows.ts";
import type { Member } from "../../../domain/member.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import { deputyMails, mayHaveDeputy, possibleDeputies } from "../../approvals/deputies.ts";
import { takenBy } from "../../drafts/draft.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { typedDay } from "../../texts/typed-day.ts";
import { dayOf, deputyBody, readTyped, type TypedDeputy, timeTyped } from "./typed-deputy.ts";

/** Who answers in somebody's place while they are away: named for a time, by themselves or by an administrator, on the record. */
export const deputyRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/deputies",
    who: "colleague",
    handle: async (visit) => {
      const from = typedDay(dayOf(visit.parts.clock.now()));
      return deputiesPage(visit, { principal: "", deputy: "", from, until: typedDay("") }, {});
    },
  }),
  row({
    method: "POST",
    path: "/deputies",
    who: "colleague",
    body: deputyBody,
    rates: [{ times: 60, seconds: 600, by: "caller" }],
    handle: async (visit, body) => {
      const typed = readTyped(body);
      const members = await visit.parts.records.read.members();
      const { time, errors } = timeTyped(typed, visit.parts.clock.now());
      const principal = principalsOf(visit.member, members, visit.organisation).find(
        ({ id }) => id === typed.principal,
      );
      const deputy = possibleDeputies(members, typed.principal, visit.organisation).find(
        ({ id }) => id === typed.deputy,
      );
      if (!principal) errors.principal = "Choose who is away";
      if (!deputy) errors.deputy = "Choose a colleague, other than who is away";
      if (!principal || !deputy || !time) return deputiesPage(visit, typed, errors);
      await name(visit, principal, deputy, time);
      return redirect(visit, "/deputies");
    },
  }),
  row({
    method: "POST",
    path: "/deputies/:id/end",
    who: "colleague",
    handle: async (visit) => {
      const { parts, member } = visit;
      await parts.records.write(async (tx) => {
        const found = (await tx.deputies()).find(({ id }) => id === visit.params.id);
        if (!found || !concerns(found, member)) throw notThere();
        const { deputy, event } = endDeputy(found, takenBy(parts, member));
        await tx.saveDeputy(deputy);
        await tx.append(event);
      });
      return redirect(visit, "/deputies");
    },
  }),
];

async function name(
  { parts, member: by, organisation }: MemberVisit,
  principal: Member,
  stand: Member,
  time: Pick<Deputy, "from" | "until">,
): Promise<void> {
  await parts.records.write(async (tx) => {
    const members = await tx.members();
    const here = possibleDeputies(members, principal.id, organisation).some(({ id }) => id === stand.id);
    if (!here || !principalsOf(by, members, organisation).some(({ id }) => id === principal.id)) {
      throw new DomainError({
        code: "changed",
        message: "Somebody’s role changed meanwhile. Nobody was named: look again.",
      });
    }
    const about = { id: randomId(), principalId: principal.id, deputyId: stand.id, appointedBy: by.id, ...time };
    const taken = takenBy(parts, by);
    const { deputy, event } = nameDeputy(about, taken);
    await tx.saveDeputy(deputy);
    await tx.append(event);
    for (const mail of deputyMails(deputy, { principal, deputy: stand, by }, parts.place, taken.at))
      await tx.post(mail);
  });
}

/** For whom this member may name somebody: an administrator for everybody who agrees to anything, others for themselves. */
function principalsOf(member: Member, members: readonly Member[], organisation: Organisation): readonly Member[] {
  const all = members.filter((each) => mayHaveDeputy(each, members, organisation));
  return member.roles.includes("administrator") ? all : all.filter(({ id }) => id === member.id);
}

/** Ended by the principal, the deputy, or an administrator. */
function concerns({ principalId, deputyId }: Deputy, { id, roles }: Member): boolean {
  return principalId === id || deputyId === id || roles.includes("administrator");
}

async function deputiesPage(visit: MemberVisit, typed: TypedDeputy, errors: Readonly<Record<string, string>>) {
  const { parts, member, organisation } = visit;
  const { read } = parts.records;
  const members = await read.members();
  const nameOf = new Map(members.map((each) => [each.id, each]));
  const now = parts.clock.now().toISOString();
  const principals = principalsOf(member, members, organisation);
  const own = principals.length === 1 ? principals[0] : undefined;
  const choices = (people: readonly Member[], chosen: string) => [
    { value: "", text: "Choose somebody" },
    ...people.map(({ id, name, address }) => ({ value: id, text: `${name} (${address})`, selected: id === chosen })),
  ];
  const found = (await read.deputies()).filter((each) => each.until > now && concerns(each, member));
  const context = {
    title: "Answering in somebody’s place",
    errors,
    typed,
    longest: LONGEST_DEPUTY_DAYS,
    own,
    mayName: principals.length > 0,
    principals: choices(principals, typed.principal),
    deputies: choices(possibleDeputies(members, own?.id ?? "", organisation), typed.deputy),
    named: found.map(({ id, principalId, deputyId, from, until, appointedBy }) => ({
      ...{ id, from, lastDay: new Date(Date.parse(until) - 1).toISOString(), begun: from <= now },
      ...{ principal: nameOf.get(principalId), deputy: nameOf.get(deputyId), by: nameOf.get(appointedBy) },
    })),
  };
  return render(visit, "deputies/deputies.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

function notThere(): ServerError {
  return new ServerError({
    code: "no-such-page",
    message: "There is nothing here that you can see. Check the address or the reference.",
  });
}
