import { Type } from "typebox";
import type { Assessment, MethodAnswer, Need } from "../../../domain/assessment.ts";
import type { Facts } from "../../../domain/facts.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { assess } from "../../../policy/assess.ts";
import { PolicyError } from "../../../policy/error.ts";
import { parseFacts } from "../../../policy/facts/parse-facts.ts";
import { exampleFacts } from "../../../policy/load-policy.ts";
import { type Policy, whenOf } from "../../../policy/policy.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { shownMethod } from "../../assessing/shown-methods.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { keepForm, keptForm } from "../../kept-form.ts";
import { render } from "../../render.ts";
import { type RawFacts, type TryGroup, tryGroups } from "./try-fields.ts";

const TITLE = "Try the rules";
const PATH = "/rules/try";
const EXAMPLE = "example";
const OWN_TRANSFERS = 20;

/**
 * The simulator: change a fact, and see what each method answers before and after. Everybody agreed to here holds their role. What was
 * tried is kept for whoever tried it, for half a day, so that a reload sends nothing again; nothing of it goes on record.
 */
export const tryRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/rules/try",
    who: "colleague",
    handle: async (visit) => {
      const kept = await keptForm(visit, PATH);
      if (kept !== null) return showKept(visit, kept.typed);
      const facts = (await factsOfTransfer(visit, visit.query.from ?? "")) ?? exampleHere(visit);
      return show(visit, { base: facts, changed: facts, refusal: null, typed: null });
    },
  }),
  row({
    method: "POST",
    path: "/rules/try",
    who: "colleague",
    // Beside these, one text for each fact, by its path.
    body: Type.Object({
      base: Type.String({ maxLength: 200_000 }),
      keep: Type.Optional(Type.String({ maxLength: 10 })),
    }),
    rates: [{ times: 300, seconds: 600, by: "caller" }],
    handle: async (visit, body) => {
      const base = parseBase(visit, body.base);
      const given: Readonly<Record<string, unknown>> = { ...body };
      const { settings } = policyNow(visit.parts);
      const raw = structuredClone(base) as unknown as RawFacts; // made of what JSON has
      const typed: Record<string, string> = {};
      for (const field of tryGroups(base, settings).flatMap(({ fields }) => fields)) {
        const value = given[field.name];
        if (typeof value !== "string" || value === field.show(base)) continue;
        typed[field.name] = value.slice(0, 1000);
        field.put(raw, value);
      }
      try {
        const changed = parseFacts(raw, settings.rules, "page");
        const tried = { base: body.keep === "yes" ? changed : base, changed };
        const address = await keepForm(visit, PATH, { typed: JSON.stringify(tried) });
        if (address !== null) return redirect(visit, address);
        return await show(visit, { ...tried, refusal: null, typed: null });
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        const field = (error.field ?? "").replaceAll(/\[(\d+)\]/g, ".$1");
        return show(visit, { base, changed: base, refusal: { field, message: error.message }, typed });
      }
    },
  }),
];

/** The facts of one of the member's own transfers, as the records have them now; null for anything else. */
async function factsOfTransfer({ parts, member }: MemberVisit, reference: string): Promise<Facts | null> {
  const { read } = parts.records;
  const transfer = reference === "" ? null : await read.transfer(reference);
  if (transfer?.senderId !== member.id) return null;
  const recipients = await read.recipients(reference);
  if (recipients.length === 0) return null;
  return (await assessTransfer(parts, read, { transfer, recipients, sender: member })).facts;
}

/** The rule set's example, with nothing left to do, from whoever asks; its agreement does not expire. */
function exampleHere({ parts, member }: MemberVisit): Facts {
  const { rules } = policyNow(parts).settings;
  const facts = parseFacts(exampleFacts(parts.policy.folder, rules), rules);
  const sender = { ...facts.sender, address: member.address };
  const { agreement } = facts;
  const lasting = agreement && "reference" in agreement ? { ...agreement, expires: "9999-12-31" } : agreement;
  return { ...facts, sender, agreement: lasting };
}

/** What was tried and kept, under the rules that run now. */
function showKept(visit: MemberVisit, text: string): Promise<string> {
  const kept = JSON.parse(text) as { readonly base: unknown; readonly changed: unknown }; // our own text
  const [base, changed] = [readBase(visit, () => kept.base), readBase(visit, () => kept.changed)];
  return show(visit, { base, changed, refusal: null, typed: null });
}

/** What the page carried along, which whoever sent it controls. */
function parseBase(visit: MemberVisit, text: string): Facts {
  return readBase(visit, () => JSON.parse(text));
}

/** The example where it is no facts, or none of these rules. */
function readBase(visit: MemberVisit, given: () => unknown): Facts {
  const { rules } = policyNow(visit.parts).settings;
  try {
    return parseFacts(given(), rules, "page");
  } catch (error) {
    if (error instanceof PolicyError || error instanceof SyntaxError) return exampleHere(visit);
    throw error;
  }
}

interface Trial {
  readonly base: Facts;
  readonly changed: Facts;
  readonly refusal: { readonly field: string; readonly message: string } | null;
  /** What was typed, by field, where it could not be read. */
  readonly typed: Readonly<Record<string, string>> | null;
}

async function show(visit: MemberVisit, { base, changed, refusal, typed }: Trial): Promise<string> {
  const { parts, member } = visit;
  const policy = policyNow(parts);
  const options = { now: parts.clock.now(), roles: () => true } as const;
  const [before, after] = [base, changed].map((facts) => assess(policy, facts, options)) as [Assessment, Assessment];
  const own = await parts.records.read.transfersOf(member.id, { limit: OWN_TRANSFERS, offset: 0 });
  const from = visit.query.from ?? "";
  const context = {
    title: TITLE,
    errors: refusal === null ? {} : { [refusal.field]: refusal.message },
    groups: shownGroups(tryGroups(base, policy.settings), changed, typed),
    base: JSON.stringify(base),
    methods: compared(policy, before, after),
    tried: JSON.stringify(base) !== JSON.stringify(changed),
    starts: [
      { value: EXAMPLE, text: "An example with nothing left to do" },
      ...own.map(({ reference }) => ({ value: reference, text: reference, selected: reference === from })),
    ],
  };
  return render(visit, "rules/try.njk", context, refusal === null ? 200 : 422);
}

function shownGroups(groups: readonly TryGroup[], facts: Facts, typed: Trial["typed"]) {
  return groups.map(({ heading, fields }) => ({
    heading,
    fields: fields.map(({ name, label, choices, show: shows }) => ({
      name,
      label,
      choices,
      value: typed?.[name] ?? shows(facts),
    })),
  }));
}

/** Each method before and after, in the order of after. With each need stands what its rule applies to. */
function compared(policy: Policy, before: Assessment, after: Assessment) {
  const whens = new Map(policy.rules.map((rule) => [rule.id, whenOf(policy.settings, rule)]));
  const withWhen = <T extends Need>(need: T) => ({ ...need, when: whens.get(need.rule) ?? null });
  const shown = (answer: MethodAnswer, all: Assessment["methods"]) => {
    const method = shownMethod(answer, true, all);
    return { ...method, needs: method.needs.map(withWhen), rank: answer.rank };
  };
  return after.methods.map((now) => {
    const earlier = before.methods.find(({ method }) => method === now.method) ?? now;
    const more = now.needs.filter(({ rule }) => !earlier.needs.some((each) => each.rule === rule));
    const fewer = earlier.needs.filter(({ rule }) => !now.needs.some((each) => each.rule === rule));
    return {
      method: now.method,
      name: METHOD_NAMES[now.method],
      before: shown(earlier, before.methods),
      after: shown(now, after.methods),
      more: more.map(withWhen),
      fewer: fewer.map(withWhen),
      changed: more.length + fewer.length > 0 || earlier.rank !== now.rank || earlier.verdict !== now.verdict,
    };
  });
}
