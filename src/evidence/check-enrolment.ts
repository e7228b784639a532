import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import { deviceDigest } from "../log/device-keys.ts";
import type { EventRecord } from "../log/event-digest.ts";
import { agreedBy } from "./enrolment-signature.ts";
import { EvidenceError } from "./error.ts";
import type { Evidence, EvidenceKey } from "./pack.ts";
import { whyNotSigned } from "./passkey-assertion.ts";
import { readStatement } from "./read-evidence.ts";

/**
 * What is known of a key's enrolment: `signed` by a passkey of its owner; `recorded` in the log, by a version that did not keep what was
 * signed; or `none` with the key's digest.
 */
export type EnrolmentKnown = "signed" | "recorded" | "none";

/** What an event of an enrolment holds, where what was signed is kept. */
const PROOF = ["statement", "signature", "signedBy", "clientDataJSON", "authenticatorData"] as const;

/**
 * That a key's enrolment event, where the pack has one, is of this key and before it signed, and what its owner signed then: an `enrol`
 * statement of theirs, over exactly the key that was published, by the passkey that is named.
 * @param event what the key signed
 * @throws EvidenceError `wrong-key`, `wrong-statement`, `wrong-signature`
 */
export async function checkEnrolment(
  evidence: Evidence,
  key: EvidenceKey,
  event: Pick<EventRecord, "seq" | "kind">,
): Promise<EnrolmentKnown> {
  const { enrolled } = key;
  if (enrolled === null) return "none";
  const { actor, detail } = enrolled;
  const from = actor.kind === "member" && actor.id === key.member && enrolled.seq < event.seq;
  const named = enrolled.kind === (key.kind === "passkey" ? "passkey-added" : "key-published");
  const same = (key.kind === "passkey" ? detail.publicKey : detail.digest) === (await digestOf(key));
  if (!from || !named || !same) {
    throw wrong("wrong-key", event, `Event ${enrolled.seq} is not the enrolment of the key that signed`);
  }
  if (PROOF.every((name) => detail[name] === undefined)) return "recorded";
  await checkSigned(evidence, key, enrolled);
  if (key.kind === "passkey") await checkAgreement(evidence, key, enrolled);
  return "signed";
}

/** Of a passkey, its public key; of a command line, both of its. */
async function digestOf({ kind, publicKey, recipient }: EvidenceKey): Promise<string> {
  return kind === "passkey" ? sha256Hex(utf8(publicKey)) : deviceDigest({ recipient, signing: publicKey });
}

async function checkSigned(evidence: Evidence, key: EvidenceKey, enrolled: EventRecord): Promise<void> {
  const { people, keys, rpId, origin } = evidence;
  const statement = readStatement(textOf(enrolled, "statement"));
  const [role, about] = key.kind === "passkey" ? ["member", "mainKey"] : ["device", "digest"];
  if (statement.version !== 1) throw wrong("wrong-statement", enrolled, "It was signed in somebody else's place");
  if (statement.kind !== "enrol") throw wrong("wrong-statement", enrolled, `What was signed is “${statement.kind}”`);
  if (statement.role !== role) throw wrong("wrong-statement", enrolled, `It was signed as ${statement.role}`);
  if (statement.answer !== "") throw wrong("wrong-statement", enrolled, "Another answer was signed");
  if (statement.digest !== enrolled.detail[about]) {
    throw wrong("wrong-statement", enrolled, "It was signed for another key than was published");
  }
  if (statement.rpId !== rpId) throw wrong("wrong-statement", enrolled, `It was signed at ${statement.rpId}`);
  const owner = people.find(({ id }) => id === key.member);
  if (owner === undefined || statement.signer !== owner.address) {
    throw wrong("wrong-statement", enrolled, `It was signed as ${statement.signer}`);
  }
  const signedBy = textOf(enrolled, "signedBy");
  const shown = {
    publicKey: signedBy,
    signature: textOf(enrolled, "signature"),
    clientDataJSON: textOf(enrolled, "clientDataJSON"),
    authenticatorData: textOf(enrolled, "authenticatorData"),
  };
  const passkey =
    key.kind === "passkey"
      ? key
      : keys.find((each) => each.kind === "passkey" && each.publicKey === signedBy && each.member === key.member);
  if (passkey?.publicKey !== signedBy) {
    throw wrong("wrong-key", enrolled, `The passkey that signed the enrolment is none of ${owner.address}`);
  }
  const why = await whyNotSigned(statement, origin, shown);
  if (why !== null) throw wrong("wrong-signature", enrolled, `The signature of the enrolment does not count: ${why}`);
  if (passkey !== key) await checkEnrolment(evidence, passkey, enrolled);
}

/** Of a further passkey, that one of the same member agreed to exactly it, which was enrolled before. Earlier versions kept none of it. */
async function checkAgreement(evidence: Evidence, key: EvidenceKey, enrolled: EventRecord): Promise<void> {
  const { people, keys, rpId, origin } = evidence;
  const held = Object.entries(enrolled.detail).filter(([name, value]) => name.startsWith("agreed") && value !== "");
  if (held.length === 0) return;
  const signer = people.find(({ id }) => id === key.member)?.address ?? "";
  const by = await agreedBy(enrolled, { rpId, origin, signer });
  if (by === null) throw wrong("wrong-signature", enrolled, "The agreement of an earlier passkey to it does not count");
  const passkey = keys.find((each) => each.kind === "passkey" && each.publicKey === by && each.member === key.member);
  if (passkey === undefined || passkey === key) {
    throw wrong("wrong-key", enrolled, `The passkey that agreed to it is none of ${signer}`);
  }
  await checkEnrolment(evidence, passkey, enrolled);
}

function textOf(event: EventRecord, name: string): string {
  const value = event.detail[name];
  if (typeof value === "string") return value;
  throw wrong("wrong-signature", event, `“${name}” is missing`);
}

function wrong(
  code: "wrong-statement" | "wrong-signature" | "wrong-key",
  { seq, kind }: Pick<EventRecord, "seq" | "kind">,
  why: string,
) {
  return new EvidenceError({ code, message: `Event ${seq} (${kind}): ${why}. It proves nothing.` });
}
