import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BenchRow } from "../row.ts";

const EXTENTS = { whole: { warmUp: 300, rounds: 200, starts: 5 }, smoke: { warmUp: 0, rounds: 1, starts: 1 } };
const policies = fileURLToPath(new URL("../../policies", import.meta.url));
const module = (path: string) => new URL(`../../src/policy/${path}`, import.meta.url).href;

const row: BenchRow = {
  name: "assessment",
  about:
    "All nine methods assessed for one recipient profile under the uk-government rules, from parsed facts to the ranked answer, " +
    "each request validated against the schema. Warm: after " +
    `${EXTENTS.whole.warmUp} assessments, the median of ${EXTENTS.whole.rounds}. Start-up: a process of its own that loads Cedar, parses, validates and runs every ` +
    "case of the policy, then assesses once.",
  async run(say, extent) {
    const { warmUp, rounds, starts: startUps } = EXTENTS[extent];
    const { assess } = await import("../../src/policy/assess.ts");
    const { exampleConfiguration, exampleFacts, loadPolicy } = await import("../../src/policy/load-policy.ts");
    const { parseFacts } = await import("../../src/policy/facts/parse-facts.ts");
    const policy = loadPolicy(policies, exampleConfiguration(policies, "uk-government"));
    const facts = parseFacts(exampleFacts(policies, "uk-government"), "uk-government");
    const times: number[] = [];
    for (let round = 0; round < warmUp + rounds; round++) {
      const started = performance.now();
      const { methods } = assess(policy, facts, { now: new Date(), roles: "configured" });
      if (round >= warmUp) times.push(performance.now() - started);
      if (methods.length !== 9 || methods[0]?.verdict !== "ready") throw new Error("The example is not ready.");
    }
    say(`${times.length} assessments`);
    const starts = Array.from({ length: startUps }, () => startUp());
    for (const milliseconds of starts) say(`start-up ${milliseconds.toFixed(0)} ms`);
    return {
      comparisons: [
        { name: "all nine methods, warm", better: "less", unit: "ms", ours: times, least: 20, aim: 6 },
        { name: "start-up, cases included", better: "less", unit: "ms", ours: starts },
      ],
      notes: [
        `${policy.rules.length} rules. Cedar keeps the policies parsed, one set for each method with the rules that can apply to it.`,
      ],
    };
  },
};
export default row;

const START = `
const started = performance.now();
const { exampleConfiguration, loadPolicy, exampleFacts } = await import(${JSON.stringify(module("load-policy.ts"))});
const { parseFacts } = await import(${JSON.stringify(module("facts/parse-facts.ts"))});
const { assess } = await import(${JSON.stringify(module("assess.ts"))});
const folder = ${JSON.stringify(policies)};
const policy = loadPolicy(folder, exampleConfiguration(folder, "uk-government"));
assess(policy, parseFacts(exampleFacts(folder, "uk-government"), "uk-government"), { now: new Date(), roles: "configured" });
console.log(performance.now() - started);
`;

function startUp(): number {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", START], { encoding: "utf8" });
  const milliseconds = Number(stdout.trim());
  if (!(milliseconds > 0)) throw new Error(`The policy did not start: ${stderr}`);
  return milliseconds;
}
