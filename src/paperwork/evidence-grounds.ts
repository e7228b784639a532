import type { RecordedAssessment } from "../domain/recorded-assessment.ts";
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

/** On what grounds: every condition and advice of the decision under its clause, with the clause's text, then the rules as they stood. */
export function groundsBlocks(
  { events, rules }: Evidence,
  { policy }: Waybill,
  { needs, advice, verdict }: RecordedAssessment,
  clauses: Clauses,
): readonly Block[] {
  const grounds: readonly Ground[] = [
    ...needs.map((need) => ({ clauses: need.clauses, text: `Condition: ${need.says} ${metText(events, need.need)}` })),
    ...advice.map((each) => ({ clauses: each.clauses, text: `Advice: ${each.says}` })),
  ];
  const named = [...new Set(grounds.flatMap((each) => each.clauses))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  return [
    heading(2, "On what grounds"),
    paragraph(
      `The rules (${policy.rules}, ${policy.digest}) decided on the facts that were stated and measured. When it was signed the answer was: ${VERDICTS[verdict]}. Everything else that the rules ask for was met by the facts of the transfer record.`,
    ),
    ...(named.length === 0 ? [paragraph("The rules asked for nothing more, and advised nothing.")] : []),
    ...named.flatMap((id) => [
      heading(3, id),
      ...clauseText(clauses, id),
      ...grounds.filter((each) => each.clauses.includes(id)).map(({ text }) => paragraph(text)),
    ]),
    ...(rules.length === 0
      ? []
      : [
          heading(3, "These rules, as they were written"),
          facts(...rules.map(({ id, clauses: of, text }) => [`${id} (${of.join(", ")})`, text.trim()] as const)),
        ]),
  ];
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

/** Whether the events hold the agreement that the condition asks for. */
function metText(events: Evidence["events"], need: string): string {
  const role = need.replace(/^approval:/, "");
  if (role === need) return "";
  const known: Readonly<Record<string, string>> = ROLES;
  const name = (known[role] ?? role).toLowerCase();
  const given = events.findLast(({ kind, detail }) => kind === "approval-given" && detail.role === role);
  return given ? `Agreed to by the ${name}: event ${given.seq}.` : `The ${name} has not agreed.`;
}
