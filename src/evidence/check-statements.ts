import { fromBase64Url } from "../bytes/base64.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import type { EventRecord } from "../log/event-digest.ts";
import { receiptAnswer } from "../log/receipt-answer.ts";
import type { Statement } from "../log/statement.ts";
import { verifyWithArrivalKey, verifyWithEd25519 } from "../log/statement-keys.ts";
import { checkEnrolment, type EnrolmentKnown } from "./check-enrolment.ts";
import type { CheckedWaybill } from "./check-waybills.ts";
import { EvidenceError } from "./error.ts";
import type { Evidence } from "./pack.ts";
import { whyNotSigned } from "./passkey-assertion.ts";
import { readStatement } from "./read-evidence.ts";

/** What a statement of each kind of event has to be; `role` null: the one that was asked for. */
const EXPECTED = {
  "waybill-signed": { kind: "send", role: "sender", answer: "" },
  "approval-given": { kind: "approve", role: null, answer: "" },
  "approval-refused": { kind: "refuse", role: null, answer: null },
  "recipient-arrived": { kind: "arrive", role: "recipient", answer: "" },
  "receipt-signed": { kind: "receive", role: "recipient", answer: null },
  "recovery-export-asked": { kind: "recover", role: "recovery-key", answer: "" },
  "recovery-export-agreed": { kind: "recover", role: "recovery-key", answer: "" },
} as const;

/** One signature that was checked, and what it is under. */
export interface CheckedStatement {
  readonly event: EventRecord;
  readonly statement: Statement;
  readonly keyKind: "passkey" | "device" | "arrival";
  /** What is known of the key's enrolment; of an arrival key: null, it was made for this transfer. */
  readonly enrolled: EnrolmentKnown | null;
}

/**
 * Checks everything that people signed, against the event that it stands in: kind, role, answer, signer, the waybill that it is about, the
 * signature, and whose key it is by. A signature of one kind, role or waybill counts nowhere else, and each nonce once.
 * @throws EvidenceError `wrong-statement`, `wrong-signature`, `wrong-key`
 */
export async function checkStatements(
  evidence: Evidence,
  waybills: ReadonlyMap<string, CheckedWaybill>,
): Promise<readonly CheckedStatement[]> {
  const checked: CheckedStatement[] = [];
  const nonces = new Set<string>();
  let inForce = "";
  for (const event of evidence.events) {
    const expected = isExpected(event.kind) ? EXPECTED[event.kind] : null;
    const { statement: written } = event.detail;
    if (expected === null) continue;
    if (typeof written !== "string") {
      // a member's own arrival by an earlier version has none; nothing is said of it
      if (event.kind === "recipient-arrived") continue;
      throw wrong("wrong-statement", event, "Nobody signed it");
    }
    const statement = readStatement(written);
    if (event.kind === "waybill-signed") inForce = statement.digest;
    const about = event.kind === "waybill-signed" ? event.detail.digest : (event.detail.waybill ?? inForce);
    const role = expected.role ?? event.detail.role;
    const answer = expected.answer ?? (await answerOf(event));
    if (statement.kind !== expected.kind)
      throw wrong("wrong-statement", event, `What was signed is “${statement.kind}”`);
    if (statement.role !== role) throw wrong("wrong-statement", event, `It was signed as ${statement.role}`);
    if (statement.answer !== answer) throw wrong("wrong-statement", event, "Another answer was signed");
    if (statement.digest !== about || !waybills.has(statement.digest)) {
      throw wrong("wrong-statement", event, "It was signed for another waybill");
    }
    if (statement.rpId !== evidence.rpId) throw wrong("wrong-statement", event, `It was signed at ${statement.rpId}`);
    if (nonces.has(statement.nonce))
      throw wrong("wrong-statement", event, "The same was signed before, and is used again");
    nonces.add(statement.nonce);
    if (statement.signer !== signerOf(evidence, event))
      throw wrong("wrong-statement", event, `It was signed as ${statement.signer}`);
    if (!fitsDeputy(evidence, event, statement)) {
      throw wrong("wrong-statement", event, `It was signed in the place of ${statement.inPlaceOf ?? "nobody"}`);
    }
    checked.push({ event, statement, ...(await checkSignature(evidence, event, statement)) });
  }
  return checked;
}

/** What had to be answered, by what stands in the event beside it: a receipt in either form, or the reason of a refusal. */
async function answerOf({ kind, detail }: EventRecord): Promise<string> {
  const { handling, opened } = detail;
  if (kind === "receipt-signed")
    return receiptAnswer(typeof handling === "string" ? handling : null, typeof opened === "string" ? opened : null);
  return sha256Hex(utf8(String(detail.reason ?? "")));
}

function isExpected(kind: string): kind is keyof typeof EXPECTED {
  return Object.hasOwn(EXPECTED, kind);
}

/** The address of whoever the event says did it; undefined for nobody who is named in the pack. */
function signerOf({ people, recipients }: Evidence, { actor, recipientId }: EventRecord): string | undefined {
  if (actor.kind === "member") return people.find(({ id }) => id === actor.id)?.address;
  if (actor.kind === "recipient" && actor.id === recipientId) {
    return recipients.find(({ id }) => id === recipientId)?.entry.address;
  }
  return undefined;
}

/**
 * In whose place it was signed is what its event says. A deputy's statement by an earlier version says nothing of it: then it stands in the
 * event alone.
 */
function fitsDeputy({ people }: Evidence, { detail }: EventRecord, { inPlaceOf }: Statement): boolean {
  return inPlaceOf === undefined || people.some(({ id, address }) => id === detail.inPlaceOf && address === inPlaceOf);
}

async function checkSignature(evidence: Evidence, event: EventRecord, statement: Statement) {
  const { keyKind } = event.detail;
  const [publicKey, signature] = [textOf(event, "publicKey"), textOf(event, "signature")];
  if (keyKind === "passkey") {
    const more = {
      clientDataJSON: textOf(event, "clientDataJSON"),
      authenticatorData: textOf(event, "authenticatorData"),
    };
    const why = await whyNotSigned(statement, evidence.origin, { publicKey, signature, ...more });
    if (why !== null) throw wrong("wrong-signature", event, `The signature does not count: ${why}`);
    return { keyKind, enrolled: await checkKey(evidence, event, statement, "passkey", publicKey) } as const;
  }
  const verify = keyKind === "device" ? verifyWithEd25519 : keyKind === "arrival" ? verifyWithArrivalKey : null;
  if (verify === null || !(await verifies(verify, publicKey, signature, statement))) {
    throw wrong("wrong-signature", event, "The signature is not by the key that it names");
  }
  if (keyKind === "device") {
    return { keyKind, enrolled: await checkKey(evidence, event, statement, "device", publicKey) } as const;
  }
  if (event.actor.kind !== "recipient") throw wrong("wrong-key", event, "A recipient's key signed what a member signs");
  if (event.kind === "receipt-signed" && publicKey !== arrivalKeyBefore(evidence, event)) {
    throw wrong("wrong-key", event, "The receipt is not by the key with which arrival was confirmed");
  }
  return { keyKind: "arrival", enrolled: null } as const;
}

async function verifies(
  verify: typeof verifyWithEd25519,
  publicKey: string,
  signature: string,
  statement: Statement,
): Promise<boolean> {
  try {
    return await verify(fromBase64Url(publicKey), fromBase64Url(signature), statement);
  } catch {
    return false; // not base64
  }
}

/**
 * That the pack has the key as one of the member who signed, and that its enrolment event, where it has the digest, is of this key.
 * @throws EvidenceError `wrong-key`, and whatever is wrong with what was signed at the enrolment
 */
async function checkKey(
  evidence: Evidence,
  event: EventRecord,
  statement: Statement,
  kind: "passkey" | "device",
  publicKey: string,
): Promise<EnrolmentKnown> {
  const { keys, people } = evidence;
  const member = people.find(({ address }) => address === statement.signer);
  const key = keys.find((each) => each.kind === kind && each.publicKey === publicKey && each.member === member?.id);
  if (!member || !key) throw wrong("wrong-key", event, `The key is none of ${statement.signer}`);
  return checkEnrolment(evidence, key, event);
}

function arrivalKeyBefore({ events }: Evidence, receipt: EventRecord) {
  const arrived = events.findLast(
    ({ kind, recipientId, seq }) =>
      kind === "recipient-arrived" && recipientId === receipt.recipientId && seq < receipt.seq,
  );
  return arrived?.detail.publicKey;
}

function textOf(event: EventRecord, name: string): string {
  const value = event.detail[name];
  if (typeof value === "string") return value;
  throw wrong("wrong-signature", event, `“${name}” is missing`);
}

function wrong(code: "wrong-statement" | "wrong-signature" | "wrong-key", { seq, kind }: EventRecord, why: string) {
  return new EvidenceError({ code, message: `Event ${seq} (${kind}): ${why}. It proves nothing.` });
}
