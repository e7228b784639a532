import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { KeyEvent, KeyLogLine } from "../../domain/wire/people.ts";
import { agreedBy, enrolSignedBy } from "../../evidence/enrolment-signature.ts";
import type { OwnMemory } from "./own-memory.ts";
import { digestOfKey, publishes } from "./prove-keys.ts";

/**
 * Why something in somebody's name is theirs, or is not.
 * - `known`: this client made it, or was told by its person that it is theirs.
 * - `signed`: a passkey signed for it that this client knows, or one that such a passkey agreed to.
 * - `earlier`: enrolled by a version that kept no signature, before this client first looked. Its person is asked, once.
 * - `other-passkey`: signed for by a passkey that this client does not know, which was there before any that it does, or one that such a passkey
 *   agreed to. Its person is asked, once.
 * - `recovered`: by a passkey that no other agreed to, as after a recovery code was used: elsewhere, since this client does not know it.
 * - `false`: by none of these.
 */
export type Standing = "known" | "signed" | "earlier" | "other-passkey" | "recovered" | "false";

/** A key or passkey in somebody's name. */
export interface OwnKey {
  /** Of the line in the key log, or the credential's. */
  readonly id: string;
  readonly kind: "main" | "device" | "passkey";
  /** age1pq… of a key; of a passkey its COSE key in base64url, or empty where an earlier version kept only its digest. */
  readonly publicKey: string;
  readonly at: string;
  /** Nothing new is sealed to it, or signed with it, by the server's word. */
  readonly removed: boolean;
  readonly standing: Standing;
}

export interface ToJudge {
  /** Of whoever uses this client: each statement has to name it. */
  readonly address: string;
  /** The host where their passkeys sign. */
  readonly rpId: string;
  readonly memory: Pick<OwnMemory, "passkeys" | "keys" | "ended"> & { readonly since: number };
  readonly lines: readonly KeyLogLine[];
  /** Credential ids of passkeys that are not removed. */
  readonly active: ReadonlySet<string>;
  /** Each proved to be in the log, in its order. The server chose which. */
  readonly events: readonly KeyEvent[];
}

/** SIS-23: says of each key and passkey in somebody's name whether it is theirs, from what this client knows and what was signed. */
export async function judgeOwnKeys(given: ToJudge): Promise<readonly OwnKey[]> {
  const trusted = new Map<string, string>(); // by digest
  for (const key of given.memory.passkeys) trusted.set(await sha256Hex(utf8(key)), key);
  const passkeys = given.events.filter(({ kind }) => kind === "passkey-added");
  const none = trusted.size === 0 ? Number.POSITIVE_INFINITY : 0; // one that is known and not shown makes nothing older than it
  const first = passkeys.find(({ detail }) => trusted.has(String(detail.publicKey)))?.seq ?? none;
  const ends = endsOf(passkeys, given.memory.ended);
  const signatures = await signaturesOf(passkeys, given, ends);
  addAgreed(signatures, trusted);
  const vouched = await digestsSigned(given, trusted, ends);
  const passkeyStandings = new Map<string, Standing>();
  const judged: OwnKey[] = [];
  for (const each of signatures) {
    const { event, digest } = each;
    const inherited = each.own === "" || each.agreed === "" ? undefined : passkeyStandings.get(each.agreed);
    const standing = trusted.has(digest) ? "signed" : (inherited ?? standingOf(event, first, given));
    // One of which an earlier version kept no digest is no other's: what nobody agreed to inherits nothing from it.
    if (digest !== "" && (!passkeyStandings.has(digest) || standing === "signed"))
      passkeyStandings.set(digest, standing);
    const id = String(event.detail.credentialId);
    const publicKey = trusted.get(digest) ?? each.own;
    judged.push({ id, kind: "passkey", publicKey, at: event.at, removed: !given.active.has(id), standing });
  }
  for (const line of given.lines) {
    const { id, kind, recipient: publicKey, createdAt: at, removedAt } = line;
    const removed = removedAt !== null;
    const standing = await standingOfLine(line, vouched, { passkeys: passkeyStandings, ends }, given);
    judged.push({ id, kind, publicKey, at, removed, standing });
  }
  return judged;
}

function signingOf({ address, rpId }: ToJudge) {
  return { rpId, origin: null, signer: address };
}

/** What an event in which a passkey was added shows. */
interface AddedPasskey {
  readonly event: KeyEvent;
  /** SHA-256 of its COSE key's text, hexadecimal; empty where an earlier version kept none. */
  readonly digest: string;
  /** That COSE key, where it signed its own enrolment in this person's name; otherwise empty. */
  readonly own: string;
  /** The digest of the passkey that agreed to it, in this person's name; otherwise empty. */
  readonly agreed: string;
}

/** By the digest of a passkey that was removed: how large the log was when this client first saw that. What it signed later counts for nothing. */
type Ends = ReadonlyMap<string, number>;

function endsOf(passkeys: readonly KeyEvent[], ended: OwnMemory["ended"]): Ends {
  const found = passkeys.map(
    ({ detail }) => [String(detail.publicKey ?? ""), ended.get(String(detail.credentialId))] as const,
  );
  return new Map(found.flatMap(([digest, size]) => (digest === "" || size === undefined ? [] : [[digest, size]])));
}

function isOver(digest: string, { seq }: KeyEvent, ends: Ends): boolean {
  return seq > (ends.get(digest) ?? Number.POSITIVE_INFINITY);
}

async function signaturesOf(
  passkeys: readonly KeyEvent[],
  given: ToJudge,
  ends: Ends,
): Promise<readonly AddedPasskey[]> {
  const found: AddedPasskey[] = [];
  for (const event of passkeys) {
    const digest = String(event.detail.publicKey ?? "");
    const own = (await enrolSignedBy(event, { ...signingOf(given), role: "member" }))?.by ?? "";
    const fits = own !== "" && (await sha256Hex(utf8(own))) === digest;
    const by = await agreedBy(event, signingOf(given));
    const agreed = by === null ? "" : await sha256Hex(utf8(by));
    found.push({ event, digest, own: fits ? own : "", agreed: isOver(agreed, event, ends) ? "" : agreed });
  }
  return found;
}

/** Adds every passkey that a trusted one agreed to, and those that these agreed to. */
function addAgreed(passkeys: readonly AddedPasskey[], trusted: Map<string, string>): void {
  for (let before = -1; before < trusted.size; ) {
    before = trusted.size;
    for (const { digest, own, agreed } of passkeys) {
      if (own !== "" && !trusted.has(digest) && trusted.has(agreed)) trusted.set(digest, own);
    }
  }
}

/** Digests of keys that trusted passkeys signed for, with the role in which: `member digest`. */
async function digestsSigned(
  given: ToJudge,
  trusted: ReadonlyMap<string, string>,
  ends: Ends,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const event of given.events) {
    for (const role of ["member", "device"] as const) {
      const signed = await enrolSignedBy(event, { ...signingOf(given), role });
      const by = signed && (await sha256Hex(utf8(signed.by)));
      if (signed && by && trusted.has(by) && !isOver(by, event, ends)) found.add(`${role} ${signed.digest}`);
    }
  }
  return found;
}

/** Of a passkey that is not trusted. @param first where in the log the first one stands that this client knows */
function standingOf({ seq, detail }: KeyEvent, first: number, { events, memory }: ToJudge): Standing {
  const kept = events.find((each) => each.detail.agreedBy !== undefined)?.seq ?? Number.POSITIVE_INFINITY;
  if (detail.agreedBy === undefined) return seq <= memory.since && seq < kept ? "earlier" : "false";
  if (seq < first) return "other-passkey";
  return detail.agreedBy === "" ? "recovered" : "false";
}

async function standingOfLine(
  line: KeyLogLine,
  vouched: ReadonlySet<string>,
  { passkeys, ends }: { readonly passkeys: ReadonlyMap<string, Standing>; readonly ends: Ends },
  given: ToJudge,
): Promise<Standing> {
  const { memory, events, address } = given;
  if (memory.keys.get(line.id) === line.recipient) return "known";
  const role = line.signing === null ? "member" : "device";
  if (vouched.has(`${role} ${await digestOfKey(line)}`)) return "signed";
  const published = await publicationOf(line, events);
  if (published === null || ![undefined, address].includes(published.detail.address as string | undefined))
    return "false";
  if (published.detail.statement === undefined) {
    const kept = events.find(({ detail }) => detail.statement !== undefined)?.seq ?? Number.POSITIVE_INFINITY;
    return published.seq <= memory.since && published.seq < kept ? "earlier" : "false";
  }
  const signed = await enrolSignedBy(published, { ...signingOf(given), role });
  if (signed === null || signed.digest !== published.detail.digest) return "false";
  const digest = await sha256Hex(utf8(signed.by));
  const by = isOver(digest, published, ends) ? undefined : passkeys.get(digest);
  return by === undefined || by === "signed" ? "false" : by;
}

async function publicationOf(line: KeyLogLine, events: readonly KeyEvent[]): Promise<KeyEvent | null> {
  for (const event of events) if (await publishes(event, line)) return event;
  return null;
}
