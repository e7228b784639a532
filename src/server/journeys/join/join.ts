import { Type } from "typebox";
import { isWorkAddress } from "../../../domain/address.ts";
import { joinFromOutside } from "../../../domain/lifecycle/key-offer.ts";
import type { Member } from "../../../domain/member.ts";
import { tellWaitingSenders } from "../../drafts/tell-waiting-senders.ts";
import { redirect } from "../../gate/redirect.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { signInBrowser } from "../../gate/session.ts";
import { checkEnrolment, enrolBody, enrolOptions, now, ofMember, saveEnrolment } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { spoken } from "../account/spoken.ts";
import { endInvitations, invited, over } from "./invitation.ts";

const RATES = [{ times: 60, seconds: 600, by: "address" }] as const;

/** Joining by invitation: name, then passkey, keys and recovery code. Whoever has the link has the mailbox, which is enough for
 * a work address; a key of somebody outside waits for a sender to confirm it. */
export const joinRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/join/:token",
    who: "anonymous",
    rates: RATES,
    handle: async (visit) => {
      const invitee = await invited(visit.parts, visit.params.token ?? "");
      return joinPage(visit, invitee, invitee.name);
    },
  }),
  row({
    method: "POST",
    path: "/join/:token",
    who: "anonymous",
    body: Type.Object({ name: Type.String({ maxLength: 1000 }) }),
    rates: RATES,
    handle: async (visit, body) => {
      const { parts, params } = visit;
      const invitee = await invited(parts, params.token ?? "");
      const name = body.name.trim();
      if (name === "" || name.length > 100) {
        return joinPage(visit, invitee, name, "wrong");
      }
      if (name !== invitee.name) {
        await parts.records.write(async (tx) => {
          const current = await tx.member(invitee.id); // who joined or was deactivated a moment ago stays so
          if (current?.state !== "invited") throw over();
          await tx.saveMember({ ...current, name });
          const detail = { memberId: invitee.id, what: "name" };
          await tx.append(ofMember("member-changed", invitee.id, now(parts), detail));
        });
      }
      return redirect(visit, `/join/${params.token}/keys`);
    },
  }),
  row({
    method: "GET",
    path: "/join/:token/keys",
    who: "anonymous",
    rates: RATES,
    handle: async (visit) => {
      const token = visit.params.token ?? "";
      const invitee = await invited(visit.parts, token);
      const language = await spoken(visit, `/join/${token}/keys`, invitee);
      const title = language.a.join.keysTitle;
      const scripts = ["entries/join.js"];
      const context = { ...language, title, caption: invitee.address, scripts, path: `/api/join/${token}` };
      return render(visit, "account/make-keys.njk", context);
    },
  }),
  row({
    method: "POST",
    path: "/api/join/:token/options",
    who: "anonymous",
    body: Type.Object({}),
    rates: RATES,
    handle: async ({ parts, params, organisation }) =>
      enrolOptions(parts, await invited(parts, params.token ?? ""), organisation.name),
  }),
  row({
    method: "POST",
    path: "/api/join/:token",
    who: "anonymous",
    body: enrolBody,
    rates: RATES,
    handle: async (visit, body) => {
      const { parts, params, reply, organisation } = visit;
      const invitee = await invited(parts, params.token ?? "");
      const outside = !isWorkAddress(invitee.address, organisation.workDomains);
      const enrolment = await checkEnrolment(parts, invitee, body);
      await parts.records.write(async (tx) => {
        // The state is read again here: of two browsers with one link, the second finds a member who is no longer invited.
        const current = await tx.member(invitee.id);
        if (current?.state !== "invited") throw over();
        await tx.append(ofMember("member-joined", invitee.id, now(parts)));
        const joined = outside ? joinFromOutside(current, now(parts)) : null; // SDT-2: a sender confirms this key
        const member: Member = joined?.member ?? { ...current, state: "active" };
        await tx.saveMember(member);
        if (joined) await tx.append(joined.event);
        await saveEnrolment(tx, enrolment);
        await tellWaitingSenders(tx, member, parts.place, now(parts)); // OXM-22
      });
      await endInvitations(parts, invitee.id);
      await signInBrowser(parts, reply, invitee.id);
      return { next: outside ? "/account" : "/" };
    },
  }),
];

async function joinPage(visit: AnonymousVisit, invitee: Member, name: string, wrong?: "wrong"): Promise<string> {
  const language = await spoken(visit, `/join/${visit.params.token}`, invitee);
  const { title, what, nameWrong } = language.a.join;
  const { address } = invitee;
  const context = { ...language, title, what: what(visit.organisation), address, name };
  if (!wrong) return render(visit, "join/join.njk", context);
  return render(visit, "join/join.njk", { ...context, errors: { name: nameWrong } }, 422);
}
