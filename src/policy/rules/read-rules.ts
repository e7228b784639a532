import { globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { METHODS } from "../../domain/facts.ts";
import { type ParsedPolicy, parsePolicies } from "../cedar.ts";
import { badPolicy } from "../error.ts";
import type { Clause } from "./clause-register.ts";
import { NEED_KINDS, type Permit, type Rule, WEIGHTS, type Weight } from "./rule.ts";

const ANNOTATIONS = ["id", "clause", "own", "needs", "says", "weight"];
/** The rules and permits of a folder's `*.cedar` files, in the order of file names and of lines. */
export interface RuleFolder {
  readonly rules: readonly Rule[];
  readonly permits: readonly Permit[];
}

/**
 * Reads a folder of rules.
 * @param shown how messages name the folder.
 * @param placeholders what `{…}` in a sentence may name.
 * @throws PolicyError `bad-policy` with file, line and reason.
 */
export function readRules(
  folder: string,
  shown: string,
  clauses: ReadonlyMap<string, Clause>,
  placeholders: readonly string[],
): RuleFolder {
  const files = globSync("**/*.cedar", { cwd: folder })
    .sort()
    .map((path) => {
      const file = join(shown, relative(".", path)).split(sep).join("/");
      return readRuleText(readFileSync(join(folder, path), "utf8"), file, clauses, placeholders);
    });
  return { rules: files.flatMap((each) => each.rules), permits: files.flatMap((each) => each.permits) };
}

/** The same from one file's text. @param file how messages name it. @throws PolicyError `bad-policy` */
export function readRuleText(
  text: string,
  file: string,
  clauses: ReadonlyMap<string, Clause>,
  placeholders: readonly string[],
): RuleFolder {
  const rules: Rule[] = [];
  const permits: Permit[] = [];
  const found = parsePolicies(text);
  if ("wrong" in found) throw badPolicy(file, lineAt(text, found.wrong.offset), found.wrong.reason);
  for (const policy of found.policies) {
    const line = text.slice(0, Math.max(0, text.indexOf(policy.text))).split("\n").length;
    const { id } = policy.annotations;
    if (id === undefined || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
      throw badPolicy(file, line, "Every policy has an @id in lower case with hyphens.");
    if (policy.effect === "permit") permits.push({ id, text: policy.text, file, line });
    else rules.push(ruleOf(policy, id, file, line, clauses, placeholders));
  }
  return { rules, permits };
}

/** The line, from 1, of an offset in UTF-8 bytes. */
export function lineAt(text: string, offset: number): number {
  return Buffer.from(text).subarray(0, offset).toString().split("\n").length;
}

function ruleOf(
  { text, annotations, actions, hasUnless }: ParsedPolicy,
  id: string,
  file: string,
  line: number,
  clauses: ReadonlyMap<string, Clause>,
  placeholders: readonly string[],
): Rule {
  const refuse = (reason: string) => badPolicy(file, line, `The rule ${id} ${reason}.`);
  const odd = Object.keys(annotations).find((name) => !ANNOTATIONS.includes(name));
  if (odd !== undefined) throw refuse(`has the annotation @${odd}, which means nothing`);
  const { clause = "", own = null, needs = "", says = "", weight = "need" } = annotations;
  const cited = clause.split(" ").filter((each) => each !== "");
  const unknown = cited.find((each) => !clauses.has(each));
  if (cited.length === 0 && own === null)
    throw refuse("cites no clause: @clause is missing, or @own with the reason of a rule that no clause says");
  if (cited.length > 0 && own !== null) throw refuse("cites a clause and has an @own: it is one or the other");
  if (own !== null && !/^[A-Z].*[^.]$/.test(own)) throw refuse("has no @own of one reason, without its full stop");
  if (unknown !== undefined) throw refuse(`cites ${unknown}, which is not in the register of clauses`);
  if (!new RegExp(`^(?:${NEED_KINDS.join("|")}):[a-z0-9-]+$`).test(needs))
    throw refuse(`has no @needs such as "approval:line-manager"; its kind is one of ${NEED_KINDS.join(", ")}`);
  if (!/^[A-Z{].*[^.]\.$/s.test(says) || /[.!?]\s/.test(says) || /\n/.test(says))
    throw refuse("has no @says of one plain sentence; two sentences are two rules");
  const name = [...says.matchAll(/\{([^}]*)\}/g)]
    .map(([, each]) => each ?? "")
    .find((each) => !placeholders.includes(each));
  if (name !== undefined) throw refuse(`says {${name}}; there are ${placeholders.join(", ")}`);
  const known = WEIGHTS.find((each): each is Weight => each === weight);
  if (known === undefined) throw refuse(`has the weight “${weight}”; it is one of ${WEIGHTS.join(", ")}`);
  if (!hasUnless) throw refuse("has no unless, so that nothing could meet it");
  const methods = METHODS.filter((method) => actions === null || actions.includes(method));
  return { id, clauses: cited, own, need: needs, says, weight: known, methods, text, file, line };
}
