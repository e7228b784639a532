import { fromBase64Url } from "../bytes/base64.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { openedMark } from "../log/receipt-answer.ts";
import { checkAssessments, type Decided } from "./check-assessments.ts";
import { type Certified, checkDestruction } from "./check-destruction.ts";
import {
  altered,
  checkInLog,
  checkLogPart,
  checkReadme,
  fileIn,
  type LogPart,
  type PackKeys,
} from "./check-log-part.ts";
import { checkNames, type OpenNames } from "./check-names.ts";
import { type Course, checkOrder } from "./check-order.ts";
import { checkPolicies } from "./check-policies.ts";
import { type CheckedStatement, checkStatements } from "./check-statements.ts";
import { checkWaybills } from "./check-waybills.ts";
import { EvidenceError } from "./error.ts";
import { type Evidence, NAMES, type PackFiles, proofName } from "./pack.ts";
import { readEvidence, readStatement } from "./read-evidence.ts";
import { readPack } from "./read-zip.ts";

/** A pack in which everything was checked. */
export interface Verified {
  readonly evidence: Evidence;
  readonly log: LogPart;
  readonly statements: readonly CheckedStatement[];
  readonly course: Course;
  /** What the rules were asked and answered, of the waybill that holds. */
  readonly decided: Decided | null;
  /** The organisation's signed certificate that it was destroyed. */
  readonly certified: Certified | null;
  /** Whose receipt token was given, and by whom; `signed`: their receipt is signed over it, so that they had it when they signed. */
  readonly opened: readonly Opened[];
  /** Names of what was sent, where the sender added them on their own device. */
  readonly names: readonly string[] | null;
}

/** A recipient whose receipt token is there: given to whoever checks, or added to the pack by the sender. */
export interface Opened {
  readonly recipientId: string;
  readonly from: "given" | "sender";
  readonly signed: boolean;
}

/**
 * Checks an evidence pack with nothing but keys that the person who checks has (SDT-28, SIS-23): every byte of it is one that the log's key
 * vouches for, everybody's signature is theirs and over this, and it went in the order that the waybill asks for.
 * @param tokens receipt tokens, base64url, that recipients showed; the pack holds none.
 * @param openNames opens the list of files where the sender added it; without, a pack that has one is refused.
 * @throws EvidenceError with the first thing that is wrong.
 */
export async function verifyPack(
  bytes: Uint8Array<ArrayBuffer>,
  keys: PackKeys,
  tokens: readonly string[] = [],
  openNames: OpenNames | null = null,
): Promise<Verified> {
  const files = await readPack(bytes);
  const log = await checkLogPart(files, keys);
  const evidence = readEvidence(fileIn(files, NAMES.evidence));
  await checkReadme(files, log);
  const waybills = await checkWaybills(evidence);
  const policies = await checkPolicies(files, evidence, waybills);
  checkEvents(files, evidence, log, policies);
  const statements = await checkStatements(evidence, waybills);
  const course = checkOrder(evidence, waybills, statements);
  const certified = await checkDestruction(evidence, waybills, keys.log);
  const decided = await checkAssessments(files, evidence, waybills);
  const opened = await openedBy(evidence, tokens, tokensIn(files));
  const names = await checkNames(files, waybills, openNames);
  return { evidence, log, statements, course, decided, certified, opened, names };
}

/** Every event is in the log, in order, of this transfer; and there is nothing else in the zip. */
function checkEvents(
  files: PackFiles,
  { reference, events, keys }: Evidence,
  { checkpoint, taken }: LogPart,
  policies: readonly string[],
): void {
  if (taken.reference !== reference) throw altered(`The pack was taken of ${taken.reference}, and says ${reference}.`);
  const known = new Set<string>([...Object.values(NAMES), ...policies, proofName(taken.seq)]);
  let last = 0;
  for (const event of events) {
    if (event.reference !== reference)
      throw altered(`Event ${event.seq} is one of ${event.reference ?? "no transfer"}.`);
    if (event.seq <= last || event.seq >= taken.seq) throw altered(`Event ${event.seq} does not stand in its place.`);
    last = event.seq;
    checkInLog(files, checkpoint, event);
    known.add(proofName(event.seq));
  }
  for (const { enrolled } of keys) {
    if (enrolled === null) continue;
    checkInLog(files, checkpoint, enrolled);
    known.add(proofName(enrolled.seq));
  }
  for (const name of files.keys()) if (!known.has(name)) throw altered(`${name} does not belong in this pack.`);
}

/** The tokens that the sender added on their own device: one a line. */
function tokensIn(files: PackFiles): readonly string[] {
  return files.has(NAMES.tokens) ? fromUtf8(fileIn(files, NAMES.tokens)).split("\n").slice(0, -1) : [];
}

/**
 * Each token is one of the waybill's, and where its recipient signed over a token, it is that one.
 * @throws EvidenceError `wrong-signature`
 */
async function openedBy(
  evidence: Evidence,
  given: readonly string[],
  added: readonly string[],
): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  for (const [token, from] of [
    ...given.map((each) => [each, "given"] as const),
    ...added.map((each) => [each, "sender"] as const),
  ]) {
    const digest = await tokenDigest(token);
    const recipient = evidence.recipients.find(({ entry }) => entry.token === digest && entry.access !== "carried");
    if (recipient === undefined)
      throw wrongToken(
        from === "sender"
          ? `A receipt token in ${NAMES.tokens} is none of this transfer's recipients: the file was altered, or is another's.`
          : "That receipt token is none of this transfer's recipients.",
      );
    const { id: recipientId } = recipient;
    if (opened.some((each) => each.recipientId === recipientId)) continue;
    opened.push({ recipientId, from, signed: signedOver(evidence, recipientId, token) });
  }
  return opened;
}

/** Whether the recipient's receipt is signed over that token; receipts of earlier versions are over none. */
function signedOver({ events }: Evidence, id: string, token: string): boolean {
  const receipt = events.findLast(({ kind, recipientId }) => kind === "receipt-signed" && recipientId === id);
  if (typeof receipt?.detail.opened !== "string") return false;
  const { nonce } = readStatement(String(receipt.detail.statement));
  if (openedMark(token, nonce) === receipt.detail.opened) return true;
  throw wrongToken(
    `Event ${receipt.seq} (receipt-signed): it was signed over another receipt token. It proves nothing.`,
  );
}

function wrongToken(message: string): EvidenceError {
  return new EvidenceError({ code: "wrong-signature", message });
}

async function tokenDigest(token: string): Promise<string> {
  try {
    return await sha256Hex(fromBase64Url(token));
  } catch {
    return ""; // not base64: nobody's
  }
}
