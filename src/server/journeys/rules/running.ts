import { isWorkAddress } from "../../../domain/address.ts";
import { PolicyError } from "../../../policy/error.ts";
import type { Policy } from "../../../policy/policy.ts";
import { followPolicy } from "../../assessing/follow-policy.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { RULE_SET_NAMES } from "./words.ts";

/** The files behind the rules, and reading them again. */
export const runningRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/rules/running",
    who: "administrator",
    handle: async (visit) => show(visit, null),
  }),
  row({
    method: "POST",
    path: "/rules/running",
    who: "administrator",
    rates: [{ times: 30, seconds: 600, by: "caller" }],
    handle: async (visit) => {
      const { parts, member } = visit;
      let read: Policy;
      try {
        read = parts.policy.read();
      } catch (error) {
        if (error instanceof PolicyError) return show(visit, error.message);
        throw error;
      }
      const { workDomains } = read.settings;
      if (!isWorkAddress(member.address, workDomains)) {
        const place = `${parts.policy.file}:${read.lineOf("workDomains")}`;
        return show(visit, `${place}: ${lockedOut(member.address, workDomains)}`);
      }
      await followPolicy(parts, read, { kind: "member", id: member.id }); // first, so that nothing decides that is not on the record
      parts.policy.adopt(read);
      return redirect(visit, "/rules/running");
    },
  }),
];

/** SDT-17: an administrator without a work address could not come back to mend it. */
function lockedOut(address: string, workDomains: readonly string[]): string {
  return `The work domains of that configuration are ${workDomains.join(", ")}, and your own address, ${address}, is in none of them: you could not come back to this page.`;
}

async function show(visit: MemberVisit, refusal: string | null): Promise<string> {
  const { parts } = visit;
  const policy = policyNow(parts);
  const event = await parts.records.read.lastEvent("policy-changed");
  const by = event?.actor.kind === "member" ? await parts.records.read.member(event.actor.id) : null;
  const context = {
    title: "The files behind the rules",
    errors: refusal === null ? {} : { read: "The rules were not read again, and those that ran before go on" },
    refusal,
    set: RULE_SET_NAMES[policy.settings.rules],
    file: parts.policy.file,
    folder: parts.policy.folder,
    localRules: policy.settings.localRules,
    digest: policy.digest,
    since: event?.at ?? null,
    before: event?.detail.before ?? null,
    by: by?.name ?? null,
  };
  return render(visit, "rules/running.njk", context, refusal === null ? 200 : 422);
}
