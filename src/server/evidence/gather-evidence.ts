import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { StoredEvent } from "../../domain/event.ts";
import type { Member } from "../../domain/member.ts";
import { type RecordedAssessment, rulesAsked } from "../../domain/recorded-assessment.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { entryDigest, type Waybill } from "../../domain/waybill.ts";
import type { Evidence, EvidenceKey, EvidenceRecipient } from "../../evidence/pack.ts";
import { readStatement } from "../../evidence/read-evidence.ts";
import { deviceDigest } from "../../log/device-keys.ts";
import type { Parts } from "../parts.ts";
import { textDigest } from "../passkeys/statements.ts";

/**
 * What the records hold about one signed transfer, for checking elsewhere (SIS-23, SIS-37): no grant, no manifest, no token, no names of files.
 * @param transfer with its waybill.
 */
export async function gatherEvidence(
  { place }: Parts,
  read: Reader,
  transfer: Transfer,
  organisation: string,
): Promise<Evidence> {
  const { reference } = transfer;
  const events = await read.eventsOf(reference);
  const waybills = await waybillsOf(read, transfer, events);
  const recipients = await read.recipients(reference);
  const people = await peopleOf(read, transfer, recipients, events);
  const policies = await policiesOf(read, waybills);
  return {
    version: 1,
    reference,
    organisation,
    origin: place.origin,
    rpId: place.rpId,
    people: people.map(({ id, name, address }) => ({ id, name, address })),
    recipients: await entriesOf(recipients, waybills),
    waybills,
    events,
    keys: await keysOf(read, people, events),
    policies: [...policies.keys()],
    rules: askedRules(waybills, policies),
  };
}

/** `evidence.json`: the same for the same records. */
export function evidenceBytes(evidence: Evidence): Uint8Array<ArrayBuffer> {
  return utf8(canonicalJson(JSON.parse(JSON.stringify(evidence)) as Json)); // made of what JSON has
}

/** Oldest first, each once: those that were fixed, those that a correction replaced, and the one that holds now. */
async function waybillsOf(
  read: Reader,
  { reference, waybill }: Transfer,
  events: readonly StoredEvent[],
): Promise<Evidence["waybills"]> {
  const fixed = await read.fixedWaybillsOf(reference);
  const replaced = events.flatMap(({ kind, detail }) =>
    kind === "address-corrected" && typeof detail.waybill === "string" ? [detail.waybill] : [],
  );
  const found = new Map<string, string | null>(fixed.map(({ text, assessment }) => [text, assessment]));
  for (const text of [...replaced, ...(waybill ? [waybill.text] : [])]) {
    const assessment = found.get(text) ?? null;
    found.delete(text); // the one that holds stands last
    found.set(text, assessment);
  }
  return Promise.all(
    [...found].map(async ([text, assessment]) => {
      const released = await read.releasedAssessment(await sha256Hex(utf8(text)));
      return { text, assessment, released: released?.text ?? null };
    }),
  );
}

/** Those whom a waybill names, as it commits to them; somebody added since to a draft is none. */
async function entriesOf(
  recipients: readonly Recipient[],
  waybills: Evidence["waybills"],
): Promise<readonly EvidenceRecipient[]> {
  const named = new Set(waybills.flatMap(({ text }) => (JSON.parse(text) as Waybill).recipients)); // written by this server
  const found: EvidenceRecipient[] = [];
  for (const { id, name, address, access, tokenHash } of recipients) {
    // as it stands in a waybill of what is sealed, or of what people carry
    for (const how of new Set([access, "carried"])) {
      const entry = { name, address, access: how, token: tokenHash ?? "" };
      if (named.has(await entryDigest(entry))) found.push({ id, entry });
    }
  }
  return found;
}

/** The sender, members who did something, those in whose place they did, and members who are recipients. */
async function peopleOf(
  read: Reader,
  { senderId }: Transfer,
  recipients: readonly Recipient[],
  events: readonly StoredEvent[],
): Promise<readonly Member[]> {
  const ids = new Set([senderId]);
  for (const { actor, detail } of events) {
    if (actor.kind === "member") ids.add(actor.id);
    if (typeof detail.inPlaceOf === "string") ids.add(detail.inPlaceOf);
  }
  for (const { address } of recipients) {
    const member = await read.memberByAddress(address);
    if (member !== null) ids.add(member.id);
  }
  const members = await Promise.all([...ids].map((id) => read.member(id)));
  return members.filter((each) => each !== null);
}

/** The text of each policy that decided, by its digest; none of one from before texts were kept. */
export async function policiesOf(read: Reader, waybills: Evidence["waybills"]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { text } of waybills) {
    const { digest } = (JSON.parse(text) as Waybill).policy; // written by this server
    const kept = await read.policyText(digest);
    if (kept !== null) texts.set(digest, kept);
  }
  return texts;
}

/** Rules that were asked, as far as assessments name them, out of the policy that decided. */
function askedRules(waybills: Evidence["waybills"], policies: ReadonlyMap<string, string>): Evidence["rules"] {
  const asked = new Map<string, Evidence["rules"][number]>();
  for (const { assessment } of waybills) {
    const recorded = assessment === null ? null : (JSON.parse(assessment) as RecordedAssessment); // written by this server
    const policy = recorded && policies.get(recorded.policy.digest);
    if (!recorded || policy === undefined || policy === null) continue;
    const written = (JSON.parse(policy) as { readonly policies: Readonly<Record<string, string>> }).policies;
    for (const { rule, clauses } of rulesAsked(recorded) ?? recorded.needs) {
      asked.set(rule, { id: rule, clauses, text: written[rule] ?? "" });
    }
  }
  return [...asked.values()];
}

/**
 * Every key of a member that something in the events is signed with, and where it was enrolled; of a device's, the passkey too that signed its
 * enrolment, and of a further passkey the one that agreed to it.
 */
async function keysOf(
  read: Reader,
  people: readonly Member[],
  events: readonly StoredEvent[],
): Promise<readonly EvidenceKey[]> {
  const found = new Map<string, EvidenceKey>();
  const lines = await read.keyLog();
  for (const { detail } of events) {
    const { statement, publicKey, keyKind: kind } = detail;
    if (typeof statement !== "string" || typeof publicKey !== "string") continue;
    if (kind !== "passkey" && kind !== "device") continue;
    const signer = signerOf(statement);
    const member = people.find(({ address }) => address === signer);
    if (!member || found.has(`${member.id} ${publicKey}`)) continue;
    const line = lines.find(({ signing, memberId }) => signing === publicKey && memberId === member.id);
    const recipient = kind === "device" ? (line?.recipient ?? "") : "";
    const enrolled = await enrolmentOf(read, member, kind, publicKey, recipient);
    found.set(`${member.id} ${publicKey}`, { kind, publicKey, member: member.id, recipient, enrolled });
    // Who signed for it, or agreed to it, and so on back to a first passkey.
    for (let by = passkeyBefore(enrolled); by !== "" && !found.has(`${member.id} ${by}`); ) {
      const before = await enrolmentOf(read, member, "passkey", by, "");
      const passkey = { kind: "passkey", publicKey: by, member: member.id, recipient: "", enrolled: before } as const;
      found.set(`${member.id} ${by}`, passkey);
      by = passkeyBefore(before);
    }
  }
  return [...found.values()];
}

/** The COSE key of the passkey that signed for a command line, or that agreed to a further passkey; empty where none did, or none was kept. */
function passkeyBefore(enrolled: StoredEvent | null): string {
  const by = enrolled?.kind === "key-published" ? enrolled.detail.signedBy : enrolled?.detail.agreedBy;
  return typeof by === "string" ? by : "";
}

/** Null for what is no statement: whoever checks the pack is told so. */
function signerOf(statement: string): string | null {
  try {
    return readStatement(statement).signer;
  } catch {
    return null;
  }
}

async function enrolmentOf(
  read: Reader,
  { id }: Member,
  kind: EvidenceKey["kind"],
  publicKey: string,
  recipient: string,
): Promise<StoredEvent | null> {
  const digest =
    kind === "passkey" ? await textDigest(publicKey) : await deviceDigest({ recipient, signing: publicKey });
  const enrolled = (await read.enrolmentsOf(id)).find(({ kind: what, detail }) =>
    kind === "passkey"
      ? what === "passkey-added" && detail.publicKey === digest
      : what === "key-published" && detail.digest === digest,
  );
  return enrolled ?? null;
}
