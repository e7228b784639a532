import { Type } from "typebox";
import { randomId } from "../../../bytes/random.ts";
import { domainOf, isWorkAddress, parseAddress } from "../../../domain/address.ts";
import { DomainError } from "../../../domain/error.ts";
import { skeleton, withinEdits } from "../../../domain/look-alike.ts";
import type { Member } from "../../../domain/member.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import type { Reader } from "../../../domain/records.ts";
import { isWebmail } from "../../../domain/webmail.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { type Similar, similarTo } from "../contacts/similar.ts";
import { invitationMail, newInvitation } from "../join/invitation.ts";
import { personOf } from "./person.ts";

/** Inviting a colleague by work address, and once more when the first link ran out. */
export const inviteRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/people/invite",
    who: "administrator",
    handle: async (visit) =>
      render(visit, "people/invite.njk", {
        title: "Invite a colleague",
        typed: {},
        sendsMail: visit.parts.operation.sendsMail,
      }),
  }),
  row({
    method: "POST",
    path: "/people/invite",
    who: "administrator",
    body: Type.Object({
      name: Type.String({ maxLength: 1000 }),
      address: Type.String({ maxLength: 1000 }),
      /** The address for which the look-alikes were shown and confirmed. */
      confirmed: Type.Optional(Type.String({ maxLength: 1000 })),
      confirm: Type.Optional(Type.String({ maxLength: 10 })),
    }),
    rates: [{ times: 100, seconds: 3600, by: "caller" }],
    handle: async (visit, body) => {
      const { parts, organisation } = visit;
      const name = body.name.trim();
      const errors: Record<string, string> = {};
      if (name === "" || name.length > 100) errors.name = "Enter their name, in 100 characters or fewer";
      const problem = await inviteProblem(parts.records.read, organisation, body.address);
      if (problem) errors.address = problem;
      const similar = problem ? [] : await similarColleagues(parts.records.read, organisation, body.address);
      const fresh = problem ? "" : parseAddress(body.address);
      const shown = similar.length > 0 && body.confirmed === fresh;
      if (shown && body.confirm !== "yes") errors.confirm = "Compare the addresses, then say that the new one is right";
      if (Object.keys(errors).length > 0 || (similar.length > 0 && !shown)) {
        const context = {
          title: "Invite a colleague",
          errors,
          similar: similar.length > 0 ? similar : null,
          fresh,
          typed: { name, address: body.address },
          sendsMail: parts.operation.sendsMail,
        };
        return render(visit, "people/invite.njk", context, 422);
      }
      const member: Member = {
        id: randomId(),
        address: parseAddress(body.address),
        name,
        phone: "",
        roles: [],
        lineManagerId: null,
        offer: null,
        state: "invited",
        createdAt: now(parts),
      };
      await invite(visit, member);
      return redirect(visit, `/people/${member.id}`);
    },
  }),
  row({
    method: "POST",
    path: "/people/:id/invite",
    who: "administrator",
    rates: [{ times: 20, seconds: 3600, by: "target" }],
    handle: async (visit) => {
      const person = await personOf(visit);
      if (person.state === "active") throw alreadyThere(person);
      if (!isWorkAddress(person.address, visit.organisation.workDomains)) throw notWork(visit.organisation);
      await invite(visit, { ...person, state: "invited" });
      return redirect(visit, `/people/${person.id}`);
    },
  }),
];

async function invite(visit: MemberVisit, invitee: Member): Promise<void> {
  const { parts, member, organisation } = visit;
  const token = await newInvitation(parts, invitee.id);
  await parts.records.write(async (tx) => {
    const current = await tx.memberByAddress(invitee.address); // somebody may have joined, or been invited, a moment ago
    if (current?.state === "active" || (current && current.id !== invitee.id)) throw alreadyThere(current);
    await tx.saveMember({ ...(current ?? invitee), state: "invited" });
    await tx.append(ofMember("member-invited", member.id, now(parts), { memberId: invitee.id }));
    await tx.post(invitationMail(parts, organisation, invitee, member, token));
  });
}

/**
 * OXM-15: whom a new colleague's address could be mistaken for. Colleagues' names are often a letter or two apart: of them, only
 * what looks the same or differs by one letter counts.
 */
async function similarColleagues(
  reader: Reader,
  organisation: Organisation,
  typed: string,
): Promise<readonly Similar[]> {
  const address = parseAddress(typed);
  const found = await similarTo(reader, organisation, [address], null);
  return found.filter(
    ({ known }) =>
      domainOf(known.address) !== domainOf(address) ||
      skeleton(known.address) === skeleton(address) ||
      withinEdits(known.address, address, 1),
  );
}

/** SDT-17, SET-4: only the organisation's own addresses, never webmail, each once. Null when it may be invited. */
async function inviteProblem(reader: Reader, organisation: Organisation, typed: string): Promise<string | null> {
  try {
    const address = parseAddress(typed);
    const work = isWorkAddress(address, organisation.workDomains) && !isWebmail(domainOf(address));
    if (!work) return notWork(organisation).message;
    const known = await reader.memberByAddress(address);
    return known ? `${known.name} has this address already. Find them under People.` : null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

function alreadyThere({ name, state }: Member): DomainError {
  const message = `${name} has ${state === "active" ? "joined" : "been invited"} already. Nothing was sent.`;
  return new DomainError({ code: "already-there", message });
}

function notWork(organisation: Organisation): DomainError {
  const endings = organisation.workDomains.map((domain) => `@${domain}`).join(" or ");
  const message = `Only work addresses can be invited. They end in ${endings}.`;
  return new DomainError({ code: "not-work-address", message });
}
