import type { Advice } from "../domain/assessment.ts";
import { readingText } from "../domain/reading-text.ts";
import { isRefusal, type RecordedAssessment, type RecordedRule, rulesAsked } from "../domain/recorded-assessment.ts";
import { ROLES } from "../domain/roles.ts";
import type { Waybill } from "../domain/waybill.ts";
import type { Evidence } from "../evidence/pack.ts";
import { type Block, facts, heading, paragraph } from "./paper.ts";

type Clauses = ReadonlyMap<string, { readonly strength: string; readonly says: string }>;

/** One thing that the rules said, under each clause that it answers. */
interface Ground {
  readonly clauses: readonly string[];
  readonly text: string;
}

/**
 * On what grounds: under each clause, with its text, every rule that was asked, what met it or who did later, and every advice; then the
 * rules as they stood (SDT-28).
 * @param released what was answered at the release; null where it was not, or before that was recorded
 */
export function groundsBlocks(
  { events, rules }: Evidence,
  { policy }: Waybill,
  recorded: RecordedAssessment,
  released: RecordedAssessment | null,
  clauses: Clauses,
): readonly Block[] {
  const grounds = groundsOf(events, recorded, released);
  const named = [...new Set(grounds.flatMap((each) => each.clauses))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const unnamed = grounds.filter((each) => each.clauses.length === 0);
  return [
    heading(2, "On what grounds"),
    paragraph(
      `The rules (${policy.rules}, ${policy.digest}) decided on the facts that were stated and measured. When it was signed the answer was: ${VERDICTS[recorded.verdict]}. ${countText(recorded)}`,
    ),
    ...(grounds.length === 0 ? [paragraph("The rules asked for nothing more, and advised nothing.")] : []),
    ...named.flatMap((id) => [
      heading(3, id),
      ...clauseText(clauses, id),
      ...grounds.filter((each) => each.clauses.includes(id)).map(({ text }) => paragraph(text)),
    ]),
    ...(unnamed.length === 0 ? [] : [heading(3, "Without a clause"), ...unnamed.map(({ text }) => paragraph(text))]),
    ...(rules.length === 0
      ? []
      : [
          heading(3, "These rules, as they were written"),
          facts(...rules.map(({ id, clauses: of, text }) => [`${id} (${of.join(", ")})`, text.trim()] as const)),
        ]),
  ];
}

/** A record of version 1 knows only what was open. */
function countText(recorded: RecordedAssessment): string {
  const asked = rulesAsked(recorded);
  if (asked === null)
    return "Everything else that the rules ask for was met by the facts of the transfer record; what that was is not listed in records of this age.";
  const count = (of: RecordedRule["weight"]) => {
    const all = asked.filter(({ weight }) => weight === of);
    return { all: all.length, met: all.filter(({ met }) => met).length };
  };
  const [needs, advice] = [count("need"), count("advice")];
  return `They asked ${needs.all} things of it, of which ${needs.met} were met by the facts of the transfer record; and had ${advice.all} pieces of advice, of which ${advice.met} needed nothing more.`;
}

function groundsOf(
  events: Evidence["events"],
  recorded: RecordedAssessment,
  released: RecordedAssessment | null,
): readonly Ground[] {
  const { needs, advice } = recorded;
  const asked = rulesAsked(recorded);
  const atRelease = released && rulesAsked(released);
  const later = (rule: string) => atRelease?.find((each) => each.rule === rule) ?? null;
  const conditions = asked?.filter(({ weight }) => weight === "need") ?? needs.map((each) => ({ ...each, met: false }));
  const followed = asked?.filter(({ weight, met }) => weight === "advice" && met) ?? [];
  return [
    ...conditions.map((each): Ground => {
      if (isRefusal(each) && each.met)
        return { clauses: each.clauses, text: `Refused otherwise: ${saysText(each)} It was not so here.` };
      const how = each.met ? metText(each) : laterText(events, each.need, later(each.rule));
      return { clauses: each.clauses, text: `Condition: ${saysText(each)} ${how}`.trimEnd() };
    }),
    ...followed.map((each) => ({
      clauses: each.clauses,
      text: `Advice, where nothing more was needed: ${saysText(each)} ${metText(each)}`,
    })),
    ...advice.map((each) => ({ clauses: each.clauses, text: `Advice: ${saysText(each)}` })),
  ];
}

/** What it says, and whose reading of its clauses it is, or whose where it has none. */
function saysText(each: Advice): string {
  const { says, clauses, local } = each;
  const whose = local ? "The organisation’s own, which no clause says." : "Waybill’s own, which no clause says.";
  const reading = readingText(each);
  return clauses.length === 0
    ? `${says} ${whose}`
    : reading === ""
      ? says
      : `${says} (${clauses.join(", ")}, ${reading}.)`;
}

const VERDICTS: Readonly<Record<RecordedAssessment["verdict"], string>> = {
  ready: "it may go",
  needs: "it may go once these conditions are met",
  refused: "it may not go",
};

function clauseText(clauses: Clauses, id: string): readonly Block[] {
  const clause = clauses.get(id);
  if (clause === undefined) return [];
  return [{ kind: "paragraph", style: "inset", text: `${clause.says} (${clause.strength})` }];
}

/** By what the facts met it when it was signed. */
function metText({ by = [] }: Partial<Pick<RecordedRule, "by">>): string {
  return by.length === 0 ? "Met when it was signed." : `Met when it was signed, by: ${by.join("; ")}.`;
}

/** Who met a condition that was open: the events hold the agreement that it asks for; anything else was seen by the release. */
function laterText(events: Evidence["events"], need: string, later: RecordedRule | null): string {
  const role = need.replace(/^approval:/, "");
  if (role === need) return later?.met ? `Open when it was signed. ${releaseText(later)}` : "";
  const known: Readonly<Record<string, string>> = ROLES;
  const name = (known[role] ?? role).toLowerCase();
  const given = events.findLast(({ kind, detail }) => kind === "approval-given" && detail.role === role);
  return given
    ? `Open when it was signed. Agreed to by the ${name}: event ${given.seq}.`
    : `Open when it was signed. The ${name} has not agreed.`;
}

function releaseText({ by }: RecordedRule): string {
  return by.length === 0 ? "Met when it went." : `Met when it went, by: ${by.join("; ")}.`;
}
