import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { USUAL_INCIDENTS } from "./incident-routes.ts";
import { parseConfiguration } from "./parse-configuration.ts";

const text = readFileSync(new URL("../../../policies/configurations/ox.ac.uk.yaml", import.meta.url), "utf8");
const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split("\n").length;

function refuses(from: string, to: string, reason: RegExp) {
  assert.ok(text.includes(from), from);
  assert.throws(
    () => parseConfiguration(text.replace(from, to), "our.yaml"),
    (error: unknown) => {
      assert.ok(error instanceof Error && "place" in error);
      assert.deepEqual(error.place, { file: "our.yaml", line: lineOf(from) });
      assert.match(error.message, reason);
      return true;
    },
  );
}

test("OXM-3: whom a problem goes to is configured by kind, with a copy for the compliance team", () => {
  const { settings } = parseConfiguration(text, "our.yaml");
  assert.deepEqual(settings.incidents, USUAL_INCIDENTS);
  assert.equal(settings.contacts["information-compliance"].copy, "data.breach@ox.ac.uk");
  assert.equal(settings.contacts["privacy-team"].copy, null);
});

test("a configuration that says nothing of incidents has them go to whom the guidance names", () => {
  const without = text.replace(/^incidents:\n(?: .*\n)+/m, "");
  assert.ok(!/^incidents:/m.test(without));
  assert.deepEqual(parseConfiguration(without, "our.yaml").settings.incidents, USUAL_INCIDENTS);
});

test("SDT-29, SDT-30, OXM-3, ESG-4: routes that miss whom the guidance names, or name nobody known, are refused by their line", () => {
  refuses(
    "    missing: [privacy-team, service-desk]",
    "    missing: [service-desk]",
    /none of privacy-team, whom SDT-29/,
  );
  refuses("    damaged: [privacy-team, service-desk]", "    damaged: [security-team]", /SDT-29/);
  refuses("    wrong-person: [privacy-team, ", "    wrong-person: [", /none of privacy-team, whom OXM-3/);
  refuses("    suspicious-message: [service-desk, security-team]", "    suspicious-message: [privacy-team]", /ESG-4/);
  refuses("    near-miss: [security-team]", "    near-miss: []", /near-miss must not be empty/);
  refuses("    lost: [privacy-team,", "    lost: [the-boss,", /lost\[0\] is “the-boss”; it must be one of/);
  refuses("    near-miss: [security-team]", "    nothing: [security-team]", /nothing is no setting/);
  refuses("  acknowledgeWithinMinutes: 60", "  acknowledgeWithinMinutes: soon", /must be a whole number/);
  refuses("copy: data.breach@ox.ac.uk", "copy: data.breach", /copy is “data.breach”, which is not an email address/);
});
