import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Assessment, MethodAnswer, Need } from "../../domain/assessment.ts";
import { type CarriedMethod, isMetAtDispatch } from "../../domain/carriage.ts";
import { DomainError } from "../../domain/error.ts";
import type { Facts } from "../../domain/facts.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import { needText } from "../../domain/need-text.ts";
import type { RecordedAssessment } from "../../domain/recorded-assessment.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Assessed } from "../../domain/waybill.ts";
import { assess } from "../../policy/assess.ts";
import { asHolds, countingApprovals } from "../approvals/counting.ts";
import { numberNeeds } from "../carrying/numbers.ts";
import { roomNeeds } from "../carrying/room.ts";
import { serviceNeeds } from "../carrying/service-needs.ts";
import type { Parts } from "../parts.ts";
import { arrangedApprovals, arrangementsFor, notReceived } from "./arrangements.ts";
import { gatherFacts } from "./gather-facts.ts";
import { policyNow } from "./policy-now.ts";
import { recordedFor } from "./said-for.ts";
import { statedNeeds } from "./stated-needs.ts";

/** What policy answers for a transfer now, with the facts that it answered on. */
export interface TransferAssessment {
  readonly facts: Facts;
  readonly assessment: Assessment;
  /** Of the transfer's own method. */
  readonly answer: MethodAnswer;
}

/** The method that it goes by. */
export function methodOf({ carriage }: Pick<Transfer, "carriage">): "secure-link" | CarriedMethod {
  return carriage?.method ?? "secure-link";
}

/**
 * Asks policy about a transfer on the facts now: stated, measured and on the records.
 * @param read inside a transaction: its writer
 * @param about `bytes`: of what is chosen, before it is sealed or packed: it takes the place of what was
 */
export async function assessTransfer(
  parts: Parts,
  read: Reader,
  about: {
    readonly transfer: Transfer;
    readonly recipients: readonly Recipient[];
    readonly sender: Member;
    readonly bytes?: number;
  },
): Promise<TransferAssessment> {
  const { transfer, sender } = about;
  const policy = policyNow(parts);
  const recipients = about.recipients.filter((each) => !isOver(each));
  const requests = await read.approvalsOf(transfer.reference);
  const approvals = await countingApprovals(read, requests, transfer.waybill?.digest ?? null, sender);
  const arrangements = await notReceived(read, await arrangementsFor(read, sender), recipients);
  const { settings } = policy;
  const today = parts.clock.now().toISOString().slice(0, 10);
  const known = { settings, transfer, recipients, sender, approvals, arrangements, today };
  const gathered = await gatherFacts(read, known);
  const facts = { ...gathered, bytes: about.bytes ?? gathered.bytes };
  const assessment = assess(policy, facts, {
    now: parts.clock.now(),
    roles: asHolds([...approvals, ...arrangedApprovals(arrangements)]),
    asked: methodOf(transfer),
    report: (fault) => parts.logTo.write(`${JSON.stringify({ level: 50, msg: "policy fault", fault })}\n`),
  });
  const answer = assessment.methods.find(({ method }) => method === methodOf(transfer));
  if (!answer) throw new TypeError("Every method is answered.");
  const stated = statedNeeds({ transfer, recipients }, settings);
  const beside = [
    ...numberNeeds(transfer, recipients),
    ...(await roomNeeds(read, transfer)),
    ...serviceNeeds(transfer, settings.carriers),
    ...stated,
  ];
  return { facts, assessment, answer: withNeeds(answer, beside) };
}

/** What is asked beside the rules comes after what they ask. */
export function withNeeds(answer: MethodAnswer, more: readonly Need[]): MethodAnswer {
  if (more.length === 0) return answer;
  const verdict = answer.verdict === "ready" ? "needs" : answer.verdict;
  return { ...answer, verdict, needs: [...answer.needs, ...more] };
}

/** The needs that only somebody else's agreement can meet; all others are met before the sender signs. */
export function approvalsIn(needs: readonly Need[]): readonly Need[] {
  return needs.filter(({ need }) => need.startsWith("approval:"));
}

/** SDT2-5: the privacy team is told by Waybill itself when a transfer is signed, so that nobody has to do it before. */
export function isMetBySigning({ rule }: Pick<Need, "rule">): boolean {
  return rule === "privacy-team-told";
}

/** Needs that the sender, or an adviser whom they ask, meets before signing; what is seen when it goes is none of them. */
export function unmetBeforeSigning(needs: readonly Need[]): readonly Need[] {
  return needs.filter(
    (each) => !each.need.startsWith("approval:") && !isMetAtDispatch(each.need) && !isMetBySigning(each),
  );
}

/** @throws DomainError `unmet` naming each condition, with its clause, that has to be met before this is signed */
export function refuseUnlessMet({ needs }: MethodAnswer): void {
  const unmet = unmetBeforeSigning(needs);
  if (unmet.length === 0) return;
  const whys = unmet.map(needText);
  throw new DomainError({
    code: "unmet",
    message: `There is still something to do before this can be sent: ${whys.join(" ")} Nothing was sent, and what you added is kept.`,
  });
}

/**
 * The assessment as it is recorded: canonical JSON, the same for the same facts, policy and transfer. The waybill commits to its
 * digest, which the transfer's salt makes unguessable.
 */
export async function recordAssessment(
  transfer: Transfer,
  { facts, assessment, answer }: TransferAssessment,
): Promise<{ readonly text: string; readonly assessed: Assessed }> {
  const { policy, people } = assessment;
  const { needs, advice, verdict } = answer;
  const method = methodOf(transfer);
  const recorded: RecordedAssessment = {
    version: 2,
    salt: transfer.salt,
    ...{ method, facts, policy, people, verdict, needs, advice },
    // SIS-28, SDT-28: every rule that was asked, and what met it; what is open is met by somebody later, and events say by whom.
    asked: (answer.asked ?? []).map((each) => ({ ...each, by: each.met ? recordedFor(each.need, facts) : [] })),
  };
  const text = canonicalJson(JSON.parse(JSON.stringify(recorded)) as Json); // made of what JSON has
  return {
    text,
    assessed: {
      method,
      policy: { rules: policy.rules, digest: policy.digest },
      needs: approvalsIn(needs).map(({ need }) => need),
      assessment: await sha256Hex(utf8(text)),
    },
  };
}
