import { Type } from "typebox";
import { toBase64 } from "../../bytes/base64.ts";
import { isWorkAddress } from "../../domain/address.ts";
import type { StoredEvent } from "../../domain/event.ts";
import type { PublicKey } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type {
  KeyEvent,
  KeyLogAnswer,
  KeyProofsAnswer,
  KeyProofsBody,
  OwnKeysAnswer,
  OwnKeysBody,
} from "../../domain/wire/people.ts";
import { wholeNote } from "../../log/event-log.ts";
import { formatVerifierKey } from "../../log/keys.ts";
import { proveConsistency } from "../../log/prove.ts";
import { proveEvents } from "../../log/prove-event.ts";
import { subtreesOf } from "../../log/tile.ts";
import { ServerError } from "../error.ts";
import { type MemberVisit, type Row, row } from "../gate/row.ts";
import type { Parts } from "../parts.ts";
import { keyLogOf } from "../passkeys/my-keys.ts";
import { recoveryLinesOf } from "../recovery-key/lines.ts";

/**
 * The key log, for clients to check the keys of those they seal to, and their own. Somebody from outside who registered seals to
 * nobody, and gets the lines of their own keys alone.
 */
export const keyLogRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/keys",
    who: "member",
    handle: async ({ parts, member, organisation }): Promise<KeyLogAnswer> => {
      const lines = await keyLogOf(parts.records.read);
      if (!isWorkAddress(member.address, organisation.workDomains)) {
        return { lines: lines.filter(({ address }) => address === member.address), recovery: [] };
      }
      return { lines, recovery: await recoveryLinesOf(parts.records.read) };
    },
  }),
  row({
    method: "POST",
    path: "/api/keys/proofs",
    who: "member",
    body: Type.Object({
      ids: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 200 }),
      from: Type.Integer({ minimum: 0 }),
    }),
    rates: [{ times: 600, seconds: 600, by: "caller" }],
    handle: proofs,
  }),
  // SIS-23: what a member's own client looks at on every page, and before each command.
  row({
    method: "POST",
    path: "/api/keys/own",
    who: "member",
    body: Type.Object({ from: Type.Integer({ minimum: 0 }) }),
    rates: [{ times: 1200, seconds: 600, by: "caller" }],
    handle: ownKeys,
  }),
];

/** Everything in the log about the caller's own keys and passkeys. */
async function ownKeys({ parts, member }: MemberVisit, { from }: OwnKeysBody): Promise<OwnKeysAnswer> {
  const { read } = parts.records;
  const { address } = member;
  const keys = (await read.keyLog()).filter(({ memberId }) => memberId === member.id);
  const events = (await read.enrolmentsOf(member.id)).map(keyEvent).filter((each) => each !== null);
  const { texts, ...head } = await provedIn(parts, events, from);
  const passkeys = await read.credentialsOf(member.id);
  return {
    address,
    ...head,
    lines: keys.map(({ memberId: _, name: __, ...line }) => ({ ...line, address })),
    passkeys: passkeys.map(({ id, publicKey }) => ({ id, publicKey })),
    proofs: events.map((event, at) => ({ event, proof: texts[at] ?? "" })),
  };
}

/** That keys were published: the events, and that they are in the log. One that this member may not see is answered like none. */
async function proofs(visit: MemberVisit, { ids, from }: KeyProofsBody): Promise<KeyProofsAnswer> {
  const { parts, member, organisation } = visit;
  const { read } = parts.records;
  const inside = isWorkAddress(member.address, organisation.workDomains);
  const keys = (await read.keyLog()).filter(
    ({ id, memberId }) => ids.includes(id) && (inside || memberId === member.id),
  );
  const found = (await Promise.all(keys.map((key) => publication(read, key)))).filter((each) => each !== null);
  const { texts, ...head } = await provedIn(
    parts,
    found.map(({ event }) => event),
    from,
  );
  return { ...head, proofs: found.map((each, at) => ({ ...each, proof: texts[at] ?? "" })) };
}

/** A head of the log, how it continues one of `from` entries, and a proof for each event under it. @throws ServerError `gone` */
async function provedIn(parts: Parts, events: readonly KeyEvent[], from: number) {
  const { keeper, stored } = parts.log;
  const head = await keeper.sign(parts.clock.now());
  if (head === null)
    throw new ServerError({ code: "gone", message: "The log has no head yet. Try again in a minute." });
  const texts = await proveEvents(
    stored,
    head,
    events.map(({ seq }) => seq),
  );
  const hashes = from > head.size ? [] : await proveConsistency(subtreesOf(stored, head.size), from, head.size);
  return {
    key: formatVerifierKey(keeper.key),
    head: wholeNote(head),
    consistency: hashes.map(toBase64),
    texts,
  };
}

async function publication(read: Reader, { id, memberId }: PublicKey): Promise<{ id: string; event: KeyEvent } | null> {
  const published = (await read.enrolmentsOf(memberId)).find(
    ({ kind, detail }) => kind === "key-published" && detail.keyId === id,
  );
  const event = published ? keyEvent(published) : null;
  return event && { id, event };
}

function keyEvent({ seq, salt, kind, at, actor, detail }: StoredEvent): KeyEvent | null {
  return actor.kind === "member" ? { seq, salt, kind, at, actor, reference: null, recipientId: null, detail } : null;
}
