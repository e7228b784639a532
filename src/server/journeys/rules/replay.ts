import { readFile } from "node:fs/promises";
import { Type } from "typebox";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { loadDraft } from "../../../policy/draft-policy.ts";
import { PolicyError } from "../../../policy/error.ts";
import type { Policy } from "../../../policy/policy.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { type Replayed, replay } from "../../assessing/replay.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { shownRule } from "./words.ts";

const TITLE = "Try a draft on what was sent";
const TEMPLATE = "rules/replay.njk";
/** Newest waybills that are asked about. */
const MOST = 1000;

const VERDICTS = { ready: "Ready", needs: "Something to do first", refused: "Refused" } as const;

/** Recorded assessments under a draft of the policy. Nothing of the draft is saved. */
export const replayRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/rules/replay",
    who: "administrator",
    handle: async (visit) => {
      const configuration = await readFile(visit.parts.policy.file, "utf8").catch(() => "");
      return render(visit, TEMPLATE, { title: TITLE, typed: { configuration, rules: "" } });
    },
  }),
  row({
    method: "POST",
    path: "/rules/replay",
    who: "administrator",
    body: Type.Object({
      configuration: Type.String({ maxLength: 100_000 }),
      rules: Type.Optional(Type.String({ maxLength: 100_000 })),
    }),
    rates: [{ times: 60, seconds: 600, by: "caller" }],
    handle: async (visit, body) => {
      const { parts } = visit;
      const typed = { configuration: body.configuration, rules: body.rules ?? "" };
      try {
        const draft = loadDraft(parts.policy, typed);
        const found = await replay(parts.records.read, draft, MOST);
        return render(visit, TEMPLATE, { title: TITLE, typed, found: shown(policyNow(parts), draft, found) });
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        const inRules = error.place?.file === "pasted rules";
        const errors = { [inRules ? "rules" : "configuration"]: error.message };
        return render(visit, TEMPLATE, { title: TITLE, typed, errors }, 422);
      }
    },
  }),
];

function shown(running: Policy, draft: Policy, { asked, since, differences }: Replayed) {
  const rulesOnlyIn = (one: Policy, other: Policy) =>
    one.rules.filter(({ id }) => !other.rules.some((each) => each.id === id)).map((rule) => shownRule(one, rule));
  return {
    asked,
    ...{ since, limit: MOST.toLocaleString("en-GB"), most: asked === MOST },
    same: draft.digest === running.digest,
    digest: draft.digest,
    added: rulesOnlyIn(draft, running),
    gone: rulesOnlyIn(running, draft),
    differences: differences.map(({ before, after, method, ...each }) => ({
      ...each,
      method: METHOD_NAMES[method],
      before: VERDICTS[before],
      after: after === null ? "Refused: the facts cannot be read" : VERDICTS[after],
    })),
  };
}
