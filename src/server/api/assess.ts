import { Type } from "typebox";
import type { Assessment } from "../../domain/assessment.ts";
import { iso } from "../../domain/clock.ts";
import { assess } from "../../policy/assess.ts";
import { PolicyError } from "../../policy/error.ts";
import { parseFactFile } from "../../policy/facts/parse-facts.ts";
import { policyNow } from "../assessing/policy-now.ts";
import { statedRoles } from "../assessing/stated-roles.ts";
import { type Row, row } from "../gate/row.ts";

/** "Can I send this, and how?" for programs: the fact file of the command line in, the assessment out. Nothing is kept. */
export const assessRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/assess",
    who: "colleague",
    body: Type.String(),
    asText: true, // of a fact that is said twice, a parsed body has the last alone
    rates: [{ times: 600, seconds: 600, by: "caller" }],
    handle: async (
      { parts, reply, query },
      body,
    ): Promise<Assessment | { code: string; field: string; message: string }> => {
      const policy = policyNow(parts);
      const at = parts.clock.now();
      try {
        const facts = parseFactFile(body, policy.settings.rules);
        const roles = await statedRoles(parts.records.read, facts, iso(at));
        const report = (fault: string) =>
          parts.logTo.write(`${JSON.stringify({ level: 50, msg: "policy fault", fault })}\n`);
        // The answer is the command line's; `?asked=all` adds what the facts meet.
        const wanted = query.asked === "all" ? ({ asked: "all" } as const) : {};
        return assess(policy, facts, { now: at, roles, ...wanted, report });
      } catch (error) {
        if (!(error instanceof PolicyError) || error.code !== "bad-facts") throw error;
        reply.status(422);
        return { code: error.code, field: error.field ?? "facts", message: error.message };
      }
    },
  }),
];
