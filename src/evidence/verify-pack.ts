import { fromBase64Url } from "../bytes/base64.ts";
import { sha256Hex } from "../bytes/digest.ts";
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
import { readEvidence } from "./read-evidence.ts";
import { readPack } from "./read-zip.ts";

/** A pack in which everything was checked. */
export interface Verified {
  readonly evidence: Evidence;
  readonly log: LogPart;
  readonly statements: readonly CheckedStatement[];
  readonly course: Course;
  /** The organisation's signed certificate that it was destroyed. */
  readonly certified: Certified | null;
  /** Recipients whose receipt token was given: they opened what was sealed to them. */
  readonly opened: readonly string[];
  /** Names of what was sent, where the sender added them on their own device. */
  readonly names: readonly string[] | null;
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
  const opened = await openedBy(evidence, tokens);
  return { evidence, log, statements, course, certified, opened, names: await checkNames(files, waybills, openNames) };
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

/** @throws EvidenceError `wrong-signature` for a token that is nobody's */
async function openedBy({ recipients }: Evidence, tokens: readonly string[]): Promise<readonly string[]> {
  const opened: string[] = [];
  for (const token of tokens) {
    const digest = await tokenDigest(token);
    const recipient = recipients.find(({ entry }) => entry.token === digest && entry.access !== "carried");
    if (recipient === undefined) {
      throw new EvidenceError({
        code: "wrong-signature",
        message: "That receipt token is none of this transfer's recipients.",
      });
    }
    opened.push(recipient.id);
  }
  return opened;
}

async function tokenDigest(token: string): Promise<string> {
  try {
    return await sha256Hex(fromBase64Url(token));
  } catch {
    return ""; // not base64: nobody's
  }
}
