import { canonicalJson } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { linesToAgree } from "../../domain/lines-to-agree.ts";
import type { RecordedAssessment } from "../../domain/recorded-assessment.ts";
import { entryDigest, fixWaybill, type Waybill, type WaybillEntry } from "../../domain/waybill.ts";
import type { AnswerBody, AnswerOptions } from "../../domain/wire/agreeing.ts";
import { ClientError } from "../error.ts";
import { type ApproverParts, sendAnswer } from "./send-answer.ts";

/** What an approver's page shows: the server wrote it, and could write one thing and have another signed. */
export interface ShownRequest {
  readonly id: string;
  readonly reference: string;
  /** In which role the page says that it is answered, and who it says is signed in. */
  readonly role: AnswerOptions["role"];
  readonly signer: string;
  /** The address of the member in whose place the page says that they answer as a deputy; otherwise empty. */
  readonly inPlaceOf: string;
  /** Canonical JSON of the waybill and of the assessment that it commits to, as shown under “the record itself”. */
  readonly waybill: string;
  readonly assessment: string;
  /** Each recipient's place in the waybill, in its order. */
  readonly entries: readonly WaybillEntry[];
  /** The value of each line that the page shows, by the line's name. */
  readonly lines: ReadonlyMap<string, string>;
}

/**
 * Signs an answer over the digest of the waybill that the page shows, after checking that the waybill and its assessment say exactly
 * what the page's lines say, and sends it.
 * @param reason why it is refused; not used for agreeing
 * @throws ClientError `changed-record` naming what differs, `lying-server`, `cancelled`, `refused`. Nothing is signed in the first two.
 */
export async function signAnswer(
  answer: AnswerBody["answer"],
  reason: string,
  shown: ShownRequest,
  parts: ApproverParts,
): Promise<void> {
  const { role, signer, inPlaceOf } = shown;
  const about = { path: `/api/to-agree/${shown.id}`, digest: await checkedDigest(shown), role, signer, inPlaceOf };
  await sendAnswer(answer, reason, about, parts);
}

/** The digest of the waybill that the page shows. @throws ClientError unless everything that the page says is in it */
export async function checkedDigest(
  shown: Pick<ShownRequest, "reference" | "waybill" | "assessment" | "entries" | "lines">,
): Promise<string> {
  const waybill = parsed(shown.waybill) as unknown as Waybill; // compared with its own canonical form below
  const recorded = parsed(shown.assessment) as unknown as RecordedAssessment; // its digest is compared below
  const fixed = await fixWaybill(waybill);
  if (fixed.text !== shown.waybill) throw differs("the form of the record");
  if (waybill.reference !== shown.reference) throw differs("the reference");
  if ((await sha256Hex(utf8(shown.assessment))) !== waybill.assessment) throw differs("what the rules were asked");
  if (plainFacts(waybill) !== assessedFacts(recorded)) throw differs("what the rules were asked");
  await checkRecipients(waybill, recorded, shown.entries);
  const lines = linesToAgree(waybill, recorded);
  const other = lines.find(({ name, value }) => plain(shown.lines.get(name) ?? "") !== plain(value));
  if (other) throw differs(other.label);
  if (shown.lines.size !== lines.length) throw differs("a line that is not in the record");
  return fixed.digest;
}

/** What the waybill says of itself has to be what the rules were asked and answered. */
function plainFacts({ facts, policy, needs, totals, method }: Waybill): string {
  const { recordCopy: _copy, lawfulBasis: _basis, ...asked } = facts; // no rule is asked about these
  return canonicalJson({ ...asked, policy, needs, bytes: totals.bytes, method });
}

function assessedFacts({ facts, policy, needs, method }: RecordedAssessment): string {
  const { purpose, necessity, classification, personal, sensitive, special, offences, people, impact, bytes } = facts;
  return canonicalJson({
    ...{ purpose, necessity, classification, personal, sensitive, special, offences, method },
    bytes: bytes ?? 0, // what is not measured in bytes, such as a fax, has none
    people: people?.count ?? null,
    impact: impact && { individuals: impact.individuals, organisation: impact.organisation },
    policy: { rules: policy.rules, digest: policy.digest },
    needs: needs.map(({ need }) => need).filter((need) => need.startsWith("approval:")),
  });
}

/** Those who get access are those whom the rules were asked about, and whom the page names. */
async function checkRecipients(
  { recipients }: Waybill,
  { facts }: RecordedAssessment,
  entries: readonly WaybillEntry[],
): Promise<void> {
  const digests = await Promise.all(entries.map(entryDigest));
  const named = entries.map(({ name, address }) => JSON.stringify([name, address]));
  const asked = facts.recipients.map(({ name, address }) => JSON.stringify([name, address]));
  if (digests.join() !== recipients.join() || named.join() !== asked.join()) throw differs("For whom");
}

function parsed(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // said below
  }
  throw differs("the form of the record");
}

/** A page shows line ends and runs of spaces as it likes. */
function plain(value: string): string {
  return value.replaceAll(/\s+/g, " ").trim();
}

function differs(what: string): ClientError {
  const message = `What would be signed is not what this page shows (${what}). Nothing was signed. Load the page again; if it says the same, tell your administrator.`;
  return new ClientError({ code: "changed-record", message });
}
