import { canonicalJson, type Json } from "../bytes/canonical-json.ts";
import { fromUtf8 } from "../bytes/text.ts";
import type { EventRecord } from "../log/event-digest.ts";
import { STATEMENT_KINDS, type Statement, standingInFor } from "../log/statement.ts";
import { EvidenceError } from "./error.ts";
import type { Evidence } from "./pack.ts";

export type Members = Readonly<Record<string, Json>>;

/** @throws EvidenceError `not-a-pack` for anything but the canonical JSON of evidence of version 1 */
export function readEvidence(bytes: Uint8Array): Evidence {
  const all = membersOf(canonical(bytes, "evidence.json"), "evidence.json");
  if (all.version !== 1) throw malformed("evidence.json is of a version that this program does not know.");
  return {
    version: 1,
    reference: text(all, "reference"),
    organisation: text(all, "organisation"),
    origin: text(all, "origin"),
    rpId: text(all, "rpId"),
    people: list(all, "people", (each) => ({
      id: text(each, "id"),
      name: text(each, "name"),
      address: text(each, "address"),
    })),
    recipients: list(all, "recipients", (each) => {
      const entry = membersOf(each.entry, "entry");
      return {
        id: text(each, "id"),
        entry: {
          name: text(entry, "name"),
          address: text(entry, "address"),
          access: text(entry, "access"),
          token: text(entry, "token"),
        },
      };
    }),
    waybills: list(all, "waybills", (each) => ({
      text: text(each, "text"),
      assessment: textOrNull(each, "assessment"),
      released: "released" in each ? textOrNull(each, "released") : null, // packs of earlier versions have none
    })),
    events: list(all, "events", eventOf),
    keys: list(all, "keys", (each) => ({
      kind: text(each, "kind") === "passkey" ? "passkey" : "device",
      publicKey: text(each, "publicKey"),
      member: text(each, "member"),
      recipient: text(each, "recipient"),
      enrolled: each.enrolled === null ? null : eventOf(membersOf(each.enrolled, "enrolled")),
    })),
    policies: "policies" in all ? texts(all, "policies") : [], // packs of earlier versions have none
    rules: list(all, "rules", (each) => ({
      id: text(each, "id"),
      clauses: texts(each, "clauses"),
      text: text(each, "text"),
    })),
  };
}

/** @throws EvidenceError `not-a-pack` */
export function readTaken(bytes: Uint8Array): EventRecord {
  const members = membersOf(canonical(bytes, "taken.json"), "taken.json");
  try {
    return eventOf(members);
  } catch (cause) {
    throw malformed("taken.json is not an event.", cause);
  }
}

/** What somebody signed, out of its event. @throws EvidenceError `not-a-pack` unless it is the canonical JSON of a statement */
export function readStatement(statement: string): Statement {
  const all = membersOf(parsed(statement, "a statement"), "a statement");
  const kind = STATEMENT_KINDS.find((each) => each === all.kind);
  const plain = ["version", "kind", "digest", "role", "answer", "signer", "rpId", "nonce"];
  const fields = all.version === 2 ? [...plain, "inPlaceOf"] : plain;
  const whole = Object.keys(all).length === fields.length && fields.every((name) => name in all);
  const known = all.version === 1 || (all.version === 2 && all.inPlaceOf !== "");
  if (!known || kind === undefined || !whole) throw malformed("A statement in it is none.");
  const [digest, role, answer] = [text(all, "digest"), text(all, "role"), text(all, "answer")];
  const [signer, rpId, nonce] = [text(all, "signer"), text(all, "rpId"), text(all, "nonce")];
  return {
    ...standingInFor(all.version === 2 ? text(all, "inPlaceOf") : ""),
    kind,
    digest,
    role,
    answer,
    signer,
    rpId,
    nonce,
  };
}

/** The parts of a waybill that are checked. @throws EvidenceError `not-a-pack` */
export function readWaybill(waybill: string) {
  const all = membersOf(parsed(waybill, "a waybill"), "a waybill");
  const originator = membersOf(all.originator, "originator");
  return {
    reference: text(all, "reference"),
    originator: { name: text(originator, "name"), address: text(originator, "address") },
    organisation: text(originator, "organisation"),
    recipients: texts(all, "recipients"),
    needs: texts(all, "needs"),
    content: text(all, "content"),
    grants: texts(all, "grants"),
    assessment: text(all, "assessment"),
    policy: text(membersOf(all.policy, "policy"), "digest"),
  };
}

/** The parts of a certificate of destruction that are checked. @throws EvidenceError `not-a-pack` */
export function readCertificate(certificate: string) {
  const all = membersOf(parsed(certificate, "a certificate"), "a certificate");
  return {
    reference: text(all, "reference"),
    waybill: text(all, "waybill"),
    content: text(all, "content"),
    access: texts(all, "access"),
    destroyedAt: text(all, "destroyedAt"),
    backupsUntil: textOrNull(all, "backupsUntil"),
  };
}

function eventOf(each: Members): EventRecord {
  const actor = membersOf(each.actor, "actor");
  const seq = each.seq;
  if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) throw malformed("An event has no number.");
  const detail: Record<string, string | number | boolean | null> = {};
  for (const [name, value] of Object.entries(membersOf(each.detail, "detail"))) {
    if (typeof value === "object" && value !== null) throw malformed("An event's detail is malformed.");
    detail[name] = value;
  }
  return {
    seq,
    salt: text(each, "salt"),
    kind: text(each, "kind"),
    at: text(each, "at"),
    actor: "id" in actor ? { kind: text(actor, "kind"), id: text(actor, "id") } : { kind: text(actor, "kind") },
    reference: textOrNull(each, "reference"),
    recipientId: textOrNull(each, "recipientId"),
    detail,
  };
}

function canonical(bytes: Uint8Array, name: string): Json {
  let whole: string;
  try {
    whole = fromUtf8(bytes);
  } catch (cause) {
    throw malformed(`${name} is not UTF-8.`, cause);
  }
  return parsed(whole, name);
}

/** @throws EvidenceError unless it is written in the one way of RFC 8785: what is read is all that is there */
export function parsed(written: string, name: string): Json {
  try {
    const value = JSON.parse(written) as Json; // what JSON gives
    if (canonicalJson(value) === written) return value;
  } catch (cause) {
    throw malformed(`${name} is not JSON.`, cause);
  }
  throw malformed(`${name} is not written canonically.`);
}

export function membersOf(value: Json | undefined, name: string): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(`${name} is malformed.`);
  return value as Members; // neither null, list nor scalar
}

export function text(of: Members, name: string): string {
  const value = of[name];
  if (typeof value !== "string") throw malformed(`“${name}” is missing.`);
  return value;
}

function textOrNull(of: Members, name: string): string | null {
  return of[name] === null ? null : text(of, name);
}

export function list<T>(of: Members, name: string, each: (members: Members) => T): readonly T[] {
  return elements(of, name).map((value) => each(membersOf(value, name)));
}

export function texts(of: Members, name: string): readonly string[] {
  return elements(of, name).map((value) => {
    if (typeof value === "string") return value;
    throw malformed(`“${name}” is malformed.`);
  });
}

function elements(of: Members, name: string): readonly Json[] {
  const value = of[name];
  if (!Array.isArray(value)) throw malformed(`“${name}” is missing.`);
  return value;
}

export function malformed(why: string, cause?: unknown): EvidenceError {
  return new EvidenceError({ code: "not-a-pack", message: `This is not an evidence pack. ${why}`, cause });
}
