import { sha256Hex } from "../bytes/digest.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { altered, fileIn } from "./check-log-part.ts";
import type { CheckedWaybill } from "./check-waybills.ts";
import { type Evidence, type PackFiles, policyName } from "./pack.ts";

/**
 * The policies that are there are those that waybills name, word for word, and the rules are out of them (SIS-23).
 * @returns the files' names
 * @throws EvidenceError `not-a-pack`, `altered`
 */
export async function checkPolicies(
  files: PackFiles,
  { policies, rules }: Evidence,
  waybills: ReadonlyMap<string, CheckedWaybill>,
): Promise<readonly string[]> {
  const named = new Set([...waybills.values()].map(({ policy }) => policy));
  const texts = new Set<unknown>();
  for (const digest of policies) {
    if (!named.has(digest)) throw altered(`No waybill was decided by the policy ${digest}.`);
    const bytes = fileIn(files, policyName(digest));
    if (`sha256:${await sha256Hex(bytes)}` !== digest)
      throw altered(`${policyName(digest)} is not the policy that decided.`);
    for (const text of Object.values(rulesIn(bytes))) texts.add(text);
  }
  for (const { id, text } of policies.length > 0 ? rules : []) {
    if (!texts.has(text)) throw altered(`The rule ${id} is not one of the policy that decided.`);
  }
  return policies.map(policyName);
}

function rulesIn(bytes: Uint8Array): object {
  const { policies } = JSON.parse(fromUtf8(bytes)) as { readonly policies?: unknown }; // its digest is one that the sender signed
  return typeof policies === "object" && policies !== null ? policies : {};
}
