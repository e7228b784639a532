import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { METHODS, RULE_SETS, type RuleSet } from "../domain/facts.ts";
import { PolicyError } from "../policy/error.ts";
import { oneOf } from "../policy/facts/field.ts";
import { assessmentText } from "./assessment-text.ts";
import type { Command, Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { openInput } from "./input.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";

/** Facts are a page of text; nothing larger is read. */
const FACTS_LIMIT = 1024 * 1024;
/** Beside the sources; and in the installed package, where the command line is one file in a folder of its own. */
const POLICY_FOLDERS = ["../../policies", "../policies"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const POLICIES = POLICY_FOLDERS.find((path) => existsSync(path)) ?? "policies";

/** `waybill assess`: "can I send this, and how?" (SDT-8), on facts in a file, without a server. */
export const assess: Command = {
  usage:
    "waybill assess FACTS.json [--rules uk-government|university] [--config FILE] [--method METHOD] [--asked] [--json]",
  help: `Says by which methods something may be sent, best first: ready, ready once what is listed is done, or refused, each with the
clauses of the guidance. Nothing is sent. FACTS.json is described in docs/policy-authoring.md; "-" reads standard input.

      --rules SET       the rule set: ${RULE_SETS.join(" or ")} (the configuration's, or ${RULE_SETS[0]})
      --config FILE     your organisation's configuration. Without it the rule set's example decides, and a stated role counts as
                        held: the answer says "roles": "unchecked"
      --method METHOD   only this method: ${METHODS.join(", ")}.
                        Exit code 3 when it is not ready
      --asked           name every rule that was asked of a method, also those that the facts meet
      --json            as JSON
`,
  async run(args, parts) {
    const options = {
      ...COMMON,
      rules: { type: "string" },
      config: { type: "string" },
      method: { type: "string" },
      asked: { type: "boolean" },
    } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const path = oneOperand(positionals, "one file of facts");
    if (path === undefined)
      throw new CliError({ code: "usage", message: "Give a file of facts, or - for standard input." });
    try {
      const rules = values.rules === undefined ? undefined : oneOf(RULE_SETS)(values.rules, "--rules");
      const method = values.method === undefined ? undefined : oneOf(METHODS)(values.method, "--method");
      const text = await readFacts(path, parts);
      const { facts, assessment } = await decide(
        { text, rules, config: values.config, asked: values.asked === true },
        parts,
      );
      const shown =
        method === undefined
          ? assessment
          : { ...assessment, methods: assessment.methods.filter((each) => each.method === method) };
      parts.stdout.write(values.json ? `${JSON.stringify(shown)}\n` : assessmentText(facts, shown));
      const [chosen] = shown.methods;
      if (method !== undefined && chosen?.verdict !== "ready") {
        const message = `${method} is not ready: ${chosen?.verdict === "refused" ? "it is refused" : "something is still to do"}.`;
        throw new CliError({ code: "not-ready", message });
      }
    } catch (cause) {
      if (!(cause instanceof PolicyError)) throw cause;
      throw new CliError({ code: cause.code, message: cause.message, cause });
    }
  },
};

/** Cedar takes a second to start: only this command waits for it. */
async function decide(
  {
    text,
    rules,
    config,
    asked,
  }: {
    readonly text: string;
    readonly rules: RuleSet | undefined;
    readonly config: string | undefined;
    readonly asked: boolean;
  },
  parts: Parts,
) {
  const { assess: assessFacts } = await import("../policy/assess.ts");
  const { exampleConfiguration, loadPolicy } = await import("../policy/load-policy.ts");
  const { readConfiguration } = await import("../policy/configuration/parse-configuration.ts");
  const { parseFactFile } = await import("../policy/facts/parse-facts.ts");
  const configuration =
    config === undefined ? exampleConfiguration(POLICIES, rules ?? RULE_SETS[0]) : readConfiguration(config);
  const set = configuration.settings.rules;
  if (rules !== undefined && rules !== set) {
    const message = `${config} is for the rules ${set}, not for ${rules}. Leave one of the two out.`;
    throw new CliError({ code: "usage", message });
  }
  const facts = parseFactFile(text, set);
  const policy = loadPolicy(POLICIES, configuration);
  const report = (fault: string) => parts.stderr.write(`waybill: ${fault}\n`);
  const roles = config === undefined ? "unchecked" : "configured";
  const wanted = asked ? ({ asked: "all" } as const) : {};
  return { facts, assessment: assessFacts(policy, facts, { now: new Date(), roles, ...wanted, report }) };
}

async function readFacts(path: string, parts: Parts): Promise<string> {
  const input = await openInput(path, parts);
  try {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of input.stream()) {
      size += piece.length;
      if (size > FACTS_LIMIT)
        throw new CliError({
          code: "bad-facts",
          message: `${input.name} is larger than facts are (1 MB). Nothing was decided.`,
        });
      pieces.push(new Uint8Array(piece)); // what the stream gives is used again
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(pieces));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CliError({
      code: "bad-facts",
      message: `${input.name} is not text in UTF-8. Nothing was decided.`,
      cause,
    });
  } finally {
    await input.close();
  }
}
