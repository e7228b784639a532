import { Type } from "typebox";
import { setKeeping } from "../../../domain/lifecycle/governance-arrows.ts";
import type { Member } from "../../../domain/member.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import type { Policy } from "../../../policy/policy.ts";
import { recordPolicy } from "../../assessing/follow-policy.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { signInBrowser } from "../../gate/session.ts";
import { checkEnrolment, enrolBody, enrolOptions, now, ofMember, saveEnrolment } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { inEnglish } from "../account/spoken.ts";
import { foundPolicy, policyIsChosen } from "./first-policy.ts";
import { keepingIsSaid, saidIn } from "./records.ts";
import { type Draft, draftOf, spendCode } from "./set-up-code.ts";
import { captionOf } from "./steps.ts";

const EXPIRY_DAYS = 14;
const RATES = [{ times: 20, seconds: 600, by: "address" }] as const;

/**
 * Set-up: passkey, keys and recovery code of the first administrator, and with them everything is saved: the configuration of
 * the rules, then the records at once.
 */
export const setUpKeysRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/set-up/keys",
    who: "anyone",
    handle: async (visit) => {
      const draft = await draftOf(visit);
      if (!complete(draft)) return redirect(visit, "/set-up");
      if (!policyIsChosen(visit.parts, draft)) return redirect(visit, "/set-up/rules");
      if (!keepingIsSaid(draft)) return redirect(visit, "/set-up/records");
      const scripts = ["entries/set-up.js"];
      const caption = captionOf(visit.parts, "keys");
      const context = { ...inEnglish(null), title: "Your keys", caption, scripts, path: "/api/set-up" };
      return render(visit, "account/make-keys.njk", context);
    },
  }),
  row({
    method: "POST",
    path: "/api/set-up/options",
    who: "anyone",
    body: Type.Object({}),
    rates: RATES,
    handle: async (visit) => {
      const draft = completeDraft(await draftOf(visit));
      return enrolOptions(visit.parts, administratorOf(draft, now(visit.parts)), draft.name);
    },
  }),
  row({
    method: "POST",
    path: "/api/set-up",
    who: "anyone",
    body: enrolBody,
    rates: RATES,
    handle: async (visit, body) => {
      const { parts } = visit;
      const typed = await draftOf(visit);
      const draft = completeDraft(typed);
      if (!keepingIsSaid(typed)) throw notNow(); // SIS-37: there is no silent default
      const said = saidIn(typed);
      const at = now(parts);
      const member = administratorOf(draft, at);
      const enrolment = await checkEnrolment(parts, member, body);
      const policy = foundPolicy(parts, typed); // first: records without a policy would not start again
      await parts.records.write(async (tx) => {
        if (await tx.organisation()) throw notNow();
        await tx.saveOrganisation(organisationOf(draft, policy, parts.place.origin, at));
        await tx.saveMember(member);
        await tx.append(ofMember("organisation-set-up", member.id, at));
        await tx.append(ofMember("member-joined", member.id, at));
        if (said) {
          const keeping = setKeeping(said, member.id, { at, by: { kind: "member", id: member.id } });
          await tx.saveKeeping(keeping.keeping);
          await tx.append(keeping.event);
        }
        await recordPolicy(tx, policy, { kind: "member", id: member.id }, at);
        await saveEnrolment(tx, enrolment);
      });
      await spendCode(visit);
      await signInBrowser(parts, visit.reply, member.id);
      return { next: "/" };
    },
  }),
];

interface CompleteDraft {
  readonly name: string;
  readonly website: string;
  readonly phone: string;
  readonly administratorName: string;
  readonly administratorAddress: string;
  readonly memberId: string;
}

function complete(draft: Draft): boolean {
  return Boolean(draft.name && draft.workDomains && draft.memberId && draft.administratorAddress);
}

function completeDraft(draft: Draft): CompleteDraft {
  if (!complete(draft)) throw notNow();
  const { name, website, phone, administratorName, administratorAddress, memberId } = draft;
  return {
    name: String(name),
    website: String(website),
    phone: String(phone),
    administratorName: String(administratorName),
    administratorAddress: String(administratorAddress),
    memberId: String(memberId),
  };
}

function administratorOf(draft: CompleteDraft, at: string): Member {
  const { memberId: id, administratorName: name, administratorAddress: address } = draft;
  const roles = ["administrator"] as const;
  return { id, name, address, phone: "", roles, lineManagerId: null, state: "active", createdAt: at, offer: null };
}

/** Name and work domains are the configuration's. */
function organisationOf(draft: CompleteDraft, { settings }: Policy, publicUrl: string, at: string): Organisation {
  const { website, phone } = draft;
  const { organisation: name, workDomains } = settings;
  return { name, website, phone, workDomains, publicUrl, createdAt: at, expiryDays: EXPIRY_DAYS };
}

function notNow(): ServerError {
  return new ServerError({ code: "already-set-up", message: "Set-up cannot go on from here. Start at /set-up again." });
}
