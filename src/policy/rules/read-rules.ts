import { globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { METHODS } from "../../domain/facts.ts";
import { type ParsedPolicy, parsePolicies } from "../cedar.ts";
import { badPolicy } from "../error.ts";
import type { Clause } from "./clause-register.ts";
import { NEED_KINDS, type Permit, type Rule, WEIGHTS, type Weight } from "./rule.ts";

const ANNOTATIONS = ["id", "clause", "own", "needs", "when", "says", "weight"];
/** Whose rules are read. Every shipped rule says in words when it applies; an organisation may leave that out of its own. */
export type RuleOrigin = "shipped" | "local";

/** The rules and permits of a folder's `*.cedar` files, in the order of file names and of lines. */
export interface RuleFolder {
  readonly rules: readonly Rule[];
  readonly permits: readonly Permit[];
}

/** What rules are read with. */
export interface RuleReading {
  readonly clauses: ReadonlyMap<string, Clause>;
  /** What `{…}` in a sentence may name. */
  readonly placeholders: readonly string[];
  readonly origin: RuleOrigin;
}

/**
 * Reads a folder of rules.
 * @param shown how messages name the folder.
 * @throws PolicyError `bad-policy` with file, line and reason.
 */
export function readRules(folder: string, shown: string, reading: RuleReading): RuleFolder {
  const files = globSync("**/*.cedar", { cwd: folder })
    .sort()
    .map((path) => {
      const file = join(shown, relative(".", path)).split(sep).join("/");
      return readRuleText(readFileSync(join(folder, path), "utf8"), file, reading);
    });
  return { rules: files.flatMap((each) => each.rules), permits: files.flatMap((each) => each.permits) };
}

/** The same from one file's text. @param file how messages name it. @throws PolicyError `bad-policy` */
export function readRuleText(text: string, file: string, reading: RuleReading): RuleFolder {
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
    else rules.push(ruleOf(policy, { id, file, line }, reading));
  }
  return { rules, permits };
}

/** The line, from 1, of an offset in UTF-8 bytes. */
export function lineAt(text: string, offset: number): number {
  return Buffer.from(text).subarray(0, offset).toString().split("\n").length;
}

function ruleOf(
  { text, annotations, actions, hasUnless }: ParsedPolicy,
  { id, file, line }: Pick<Rule, "id" | "file" | "line">,
  { clauses, placeholders, origin }: RuleReading,
): Rule {
  const refuse = (reason: string) => badPolicy(file, line, `The rule ${id} ${reason}.`);
  const odd = Object.keys(annotations).find((name) => !ANNOTATIONS.includes(name));
  if (odd !== undefined) throw refuse(`has the annotation @${odd}, which means nothing`);
  const { clause = "", own = null, needs = "", when = null, says = "", weight = "need" } = annotations;
  const cited = clause.split(" ").filter((each) => each !== "");
  const unknown = cited.find((each) => !clauses.has(each));
  if (cited.length === 0 && origin === "shipped") throw refuse("cites no clause: @clause is missing");
  if (cited.length === 0 && own === null)
    throw refuse("cites no clause: @clause is missing, or @own with the reason of a rule that no clause says");
  if (own !== null && !/^[A-Z].*[^.]$/.test(own)) throw refuse("has no @own of one reason, without its full stop");
  if (unknown !== undefined) throw refuse(`cites ${unknown}, which is not in the register of clauses`);
  if (!new RegExp(`^(?:${NEED_KINDS.join("|")}):[a-z0-9-]+$`).test(needs))
    throw refuse(`has no @needs such as "approval:line-manager"; its kind is one of ${NEED_KINDS.join(", ")}`);
  if (when === null ? origin === "shipped" : !/^[A-Z].*[^.]$/.test(when))
    throw refuse(
      "has no @when such as “Personal or sensitive content by email”: what it applies to, without a full stop",
    );
  if (!/^[A-Z{].*[^.]\.$/s.test(says) || /[.!?]\s/.test(says) || /\n/.test(says))
    throw refuse("has no @says of one plain sentence; two sentences are two rules");
  const name = [...`${when ?? ""} ${says}`.matchAll(/\{([^}]*)\}/g)]
    .map(([, each]) => each ?? "")
    .find((each) => !placeholders.includes(each));
  if (name !== undefined) throw refuse(`says {${name}}; there are ${placeholders.join(", ")}`);
  const known = WEIGHTS.find((each): each is Weight => each === weight);
  if (known === undefined) throw refuse(`has the weight “${weight}”; it is one of ${WEIGHTS.join(", ")}`);
  if (!hasUnless) throw refuse("has no unless, so that nothing could meet it");
  const methods = METHODS.filter((method) => actions === null || actions.includes(method));
  const asked = { need: needs, when, says, weight: known, local: origin === "local", methods };
  return { id, clauses: cited, own, ...asked, text, file, line };
}
