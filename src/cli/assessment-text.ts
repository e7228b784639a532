import type { Advice, Assessment, MethodAnswer, Need } from "../domain/assessment.ts";
import type { Facts, Method } from "../domain/facts.ts";
import { METHOD_NAMES } from "../domain/method-names.ts";
import { readingText } from "../domain/reading-text.ts";
import { printable } from "./table.ts";

/** An assessment for people: best method first, what is still to do with its clauses, and advice. */
export function assessmentText(facts: Facts, { policy, roles, people, methods }: Assessment): string {
  const unchecked = "That those who approved hold their roles was not checked.";
  const head = [
    printable(facts.purpose ?? "No purpose is stated."),
    peopleText(facts, people),
    `Rules: ${policy.rules}, ${policy.digest.slice(0, 19)}…`,
    ...(roles === "unchecked" ? [unchecked] : []),
  ];
  return `${[head.join("\n"), ...methods.map(methodText)].join("\n\n")}\n`;
}

function peopleText(facts: Facts, { bulk, threshold }: Assessment["people"]): string {
  const limit = `bulk is from ${threshold.toLocaleString("en-GB")}`;
  const { count = null, origin = null } = facts.people ?? {};
  if (count === null)
    return facts.personal === false ? "About nobody." : `How many people it is about is not stated; ${limit}.`;
  if (count === 0) return "About nobody.";
  const how = origin === "counted" ? "counted" : "as declared";
  return `About ${count.toLocaleString("en-GB")} ${count === 1 ? "person" : "people"}, ${how}: ${bulk ? "" : "not "}bulk (${limit}).`;
}

function methodText({ method, rank, verdict, needs, advice, asked = [] }: MethodAnswer): string {
  const said = { ready: "ready", needs: "ready once this is done", refused: "refused" }[verdict];
  return [
    `${rank}. ${METHOD_NAMES[method]}: ${said}`,
    ...needs.map((need) => `   - ${printable(need.says)}${clausesText(need)}${instead(need)}`),
    ...advice.map((each) => `     Advice: ${printable(each.says)}${clausesText(each)}`),
    ...asked.filter(({ met }) => met).map((each) => `     Met: ${printable(each.says)}${clausesText(each)}`),
  ].join("\n");
}

/** What rests on no clause is an organisation's own rule, for which /rules says why there is one, or a weighing of ours. */
function clausesText(each: Advice): string {
  const { clauses, local } = each;
  if (clauses.length === 0) return ` [${local ? "the organisation's own rule" : "Waybill's own weighing"}]`;
  const reading = readingText(each);
  return ` [${clauses.join(" ")}${reading === "" ? "" : `, ${printable(reading)}`}]`;
}

function instead({ need }: Need): string {
  const [kind, other] = need.split(":");
  if (kind !== "method") return "";
  return other === "none" ? " No other method is left." : ` Use instead: ${METHOD_NAMES[other as Method] ?? other}.`;
}
