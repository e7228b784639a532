import { sha256Hex } from "../bytes/digest.ts";
import { fromUtf8, utf8 } from "../bytes/text.ts";
import type { CheckedWaybill } from "./check-waybills.ts";
import { EvidenceError } from "./error.ts";
import { type Evidence, type PackFiles, policyName } from "./pack.ts";
import { type CheckedAssessment, type CheckedNeed, readAssessment } from "./read-assessment.ts";

/** What the rules were asked and answered, of the waybill that holds. */
export interface Decided {
  /** When its sender signed. */
  readonly signed: CheckedAssessment;
  /** When it was released; null where it was not, or before that was recorded. */
  readonly released: CheckedAssessment | null;
}

/**
 * Every recorded assessment names the rules that were asked, as the policy has them, and leaves open what its waybill asks of others; what was
 * answered at a release is what the event of the release holds the digest of (SIS-28, SIS-35).
 * @returns null where the records hold none
 * @throws EvidenceError `altered`, `not-a-pack`
 */
export async function checkAssessments(
  files: PackFiles,
  { waybills, events, policies }: Evidence,
  checked: ReadonlyMap<string, CheckedWaybill>,
): Promise<Decided | null> {
  const releases = new Set(
    events.filter(({ kind }) => kind === "transfer-released").map(({ detail }) => detail.assessment),
  );
  const answered = new Set<unknown>([undefined]);
  let decided: Decided | null = null;
  for (const { text, assessment, released } of waybills) {
    const waybill = checked.get(await sha256Hex(utf8(text)));
    if (waybill === undefined || assessment === null) continue;
    const signed = readAssessment(assessment);
    const open = new Set(signed.needs.map(({ need }) => need));
    const named = waybill.needs.find((need) => !open.has(need));
    if (named !== undefined) throw altered(`The waybill asks for ${named}, and its assessment does not.`);
    checkRules(files, policies, signed);
    const atRelease = released === null ? null : readAssessment(released);
    if (released !== null && atRelease !== null) {
      const digest = await sha256Hex(utf8(released));
      if (!releases.has(digest)) throw altered("No release is on what the rules are said to have answered then.");
      answered.add(digest);
      checkRules(files, policies, atRelease);
    }
    decided = { signed, released: atRelease };
  }
  if ([...releases].some((digest) => !answered.has(digest)))
    throw altered("What the rules answered at the release is not there.");
  return decided;
}

/** A rule that is named is one of the policy that decided, cites what it cites there, and says as much of how far that is a reading. */
function checkRules(files: PackFiles, policies: readonly string[], { policy, needs, asked }: CheckedAssessment): void {
  const bytes = policies.includes(policy) ? files.get(policyName(policy)) : undefined;
  if (bytes === undefined || asked === null) return; // of what was decided before texts were kept there is none
  const { policies: written = {} } = JSON.parse(fromUtf8(bytes)) as {
    readonly policies?: Readonly<Record<string, unknown>>;
  }; // its digest is one that the sender signed
  for (const each of [...asked, ...needs])
    checkRule(each, Object.hasOwn(written, each.rule) ? String(written[each.rule]) : "");
}

/** @param text the rule as the policy that decided has it; empty where it has none of that name */
function checkRule({ rule, clauses, reading }: CheckedNeed, text: string): void {
  const clause = /@clause\("([^"]*)"\)/.exec(text)?.[1];
  const own = text.includes("@own(");
  // A rule that no clause says has its own ground in the place of clauses, and cites none: one of the organisation's, and of earlier versions.
  const cited = clause ?? (own ? "" : undefined);
  if (cited?.split(/\s+/).join(" ") !== clauses.join(" "))
    throw altered(`The rule ${rule} is not one of the policy that decided, or cites other clauses.`);
  // Who leaves the reading out would have the clause say what the rule says. Policies of before readings were recorded had never both.
  const reads = own && clauses.length > 0;
  // Cedar writes quotes and signs of its own behind a backslash: such a text is not compared.
  const read = /@own\("([^"\\]*)"\)/.exec(text)?.[1] ?? reading;
  if (reads ? reading === "" || read !== reading : reading !== "")
    throw altered(`The rule ${rule} reads its clauses otherwise in the policy that decided.`);
}

function altered(message: string): EvidenceError {
  return new EvidenceError({ code: "altered", message });
}
