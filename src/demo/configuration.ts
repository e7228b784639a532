import { RULE_SETS, type RuleSet } from "../domain/facts.ts";
import { firstConfiguration } from "../policy/configuration/first-configuration.ts";
import { DEMO_NAMES, DEMO_ORGANISATION } from "./people.ts";

/** The demo's configuration: the rule set's example, with the made-up organisation in it. */
export function demoConfiguration(policies: string, rules: RuleSet): string {
  const { workDomains } = DEMO_ORGANISATION;
  const name = DEMO_NAMES[rules];
  const at = (who: string) => `${who}@${workDomains[0]}`;
  const written = firstConfiguration(policies, {
    rules,
    organisation: name,
    workDomains,
    contacts: {
      "security-team": { name: "the security team", address: at("otis.operations") },
      "privacy-team": { name: "the privacy team", address: at("priya.privacy") },
      "operational-security": { name: "operational security", address: at("otis.operations") },
      "information-compliance": { name: "the information compliance team", address: at("priya.privacy") },
      "service-desk": { name: "the service desk", address: at("admin") },
    },
  });
  const address = [name, "1 Example Street", "London", "SW1A 9ZZ"].map((each) => `    - ${each}`).join("\n");
  const grounded = `${written.trimEnd()}\n\nrecordGround: public-task\n`;
  return (
    grounded
      .replace("  letterPages: 50", `  letterPages: 50\n  returnAddress:\n${address}`)
      // SIS-38: the ministry's people have accounts on the network, so that CJSM can be tried.
      .replace("  official: [ gov.uk,", `  official: [ ${workDomains[0]}, gov.uk,`)
  );
}

/** The rule set that `--rules SET` names. @throws Error for any other argument, saying what there is */
export function demoRules(args: readonly string[]): RuleSet {
  const rest = args.filter((each) => each !== "--demo");
  if (rest.length === 0) return "uk-government";
  const [option, value] = rest[0]?.includes("=") ? rest[0].split("=") : rest;
  const rules = RULE_SETS.find((each) => each === value);
  if (option === "--rules" && rules) return rules;
  throw new Error(
    `The demo takes --rules ${RULE_SETS.join(" or --rules ")}, and not “${rest.join(" ")}”. Nothing was started.`,
  );
}
