import { randomBytes, randomId } from "../../bytes/random.ts";
import { DAY, iso } from "../../domain/clock.ts";
import { describe, readdress, redescribe } from "../../domain/lifecycle/draft-arrows.ts";
import { refuseUnless, type Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import { newReference } from "../../domain/reference.ts";
import type { Recipient, StatedFacts, Transfer } from "../../domain/transfer.ts";
import { withAsked } from "../assessing/with-asked.ts";
import { carryOut } from "../carry-out.ts";
import { ServerError } from "../error.ts";
import type { MemberVisit } from "../gate/row.ts";
import { refuseUnlessWorkAddress } from "../gate/work-address.ts";
import type { Parts } from "../parts.ts";
import { refuseWhileHeld } from "../refuse-while-held.ts";
import { inviteToRegister } from "./invite-to-register.ts";
import type { Matched } from "./match-recipients.ts";

/** What a draft is described with. */
export interface Description {
  readonly facts: StatedFacts;
  readonly recipients: readonly Matched[];
  /** OXM-21: days from now until it expires; null keeps a draft's date (for a new one: the organisation's usual days). */
  readonly expiryDays: number | null;
  readonly standInId: string | null;
}

export const LONGEST_EXPIRY_DAYS = 90;

/** By this member, now: how every arrow that a member takes is taken. */
export function takenBy(parts: Parts, member: Member): Taken {
  return { at: iso(parts.clock.now()), by: { kind: "member", id: member.id } };
}

/** Starts a draft and answers its reference. @throws DomainError `not-work-address`, `not-now` */
export async function startDraft(visit: MemberVisit, description: Description): Promise<string> {
  const { parts, member, organisation } = visit;
  refuseUnlessWorkAddress(member, organisation);
  return parts.records.write(async (tx) => {
    const reference = await freeReference(tx);
    const { transfer, recipients } = newDraft(visit, reference, description);
    const described = describe(transfer, recipients, takenBy(parts, member));
    await carryOut(tx, await withAsked(parts, tx, described, { recipients, sender: member }));
    await inviteAll(tx, visit, recipients);
    return reference;
  });
}

/** A draft that is not saved yet: policy can be asked about it. */
export function newDraft(
  { parts, member, organisation }: MemberVisit,
  reference: string,
  described: Description,
): { readonly transfer: Transfer; readonly recipients: readonly Recipient[] } {
  const transfer: Transfer = {
    reference,
    state: "draft",
    senderId: member.id,
    facts: described.facts,
    salt: randomId(),
    createdAt: iso(parts.clock.now()),
    expiresAt: expiryIn(parts, described.expiryDays ?? organisation.expiryDays),
    senderGrant: null,
    uploadId: null,
    sealed: null,
    standInId: described.standInId,
    recovery: null,
    shownTo: [],
    riskyReason: null,
    carriage: null,
    waybill: null,
    releasedAt: null,
    endedAt: null,
    destruction: null,
  };
  return { transfer, recipients: described.recipients.map((each, at) => newRecipient(reference, each, at)) };
}

/**
 * Changes a draft. When somebody was added, removed or gets in another way, what was sealed is for others and goes: the
 * answer then says that sealing has to begin anew.
 */
export async function changeDraft(visit: MemberVisit, reference: string, described: Description): Promise<boolean> {
  const { parts, member } = visit;
  const { discarded, resealed } = await parts.records.write(async (tx) => {
    const { transfer, recipients } = await readDraft(tx, reference);
    const { facts, standInId, expiryDays } = described;
    const expiresAt = expiryDays === null ? transfer.expiresAt : expiryIn(parts, expiryDays);
    const taken = takenBy(parts, member);
    const said = new Map(
      recipients.flatMap(({ id, address }) => {
        const now = described.recipients.find((each) => each.address === address);
        return now ? [[id, now] as const] : [];
      }),
    );
    const restated = redescribe(transfer, { facts, standInId, expiresAt }, taken, recipients, said);
    const named = described.recipients.map((each, position) => keptOrNew(recipients, reference, each, position));
    const asking = { recipients: named, sender: member };
    const same = sameAccess(recipients, named);
    await carryOut(tx, same ? await withAsked(parts, tx, restated, asking) : restated);
    if (!same) {
      const gone = recipients.filter((each) => !named.some(({ id }) => id === each.id));
      if (gone.length > 0) await refuseWhileHeld(tx, transfer); // SIS-37: a hold on a person knows them by their row
      await carryOut(tx, await withAsked(parts, tx, readdress(restated.transfer, named, taken), asking));
      for (const { id } of gone) await tx.removeRecipient(id);
      const before = new Set(recipients.filter((each) => each.registerFirst).map(({ id }) => id));
      await inviteAll(
        tx,
        visit,
        named.filter(({ id }) => !before.has(id)),
      );
    }
    const after = await tx.transfer(reference);
    const lost = after?.uploadId === transfer.uploadId ? null : transfer.uploadId;
    return { discarded: lost, resealed: transfer.senderGrant !== null && after?.senderGrant === null };
  });
  if (discarded) await parts.blobs.remove(discarded);
  return resealed;
}

/** OXM-22. A colleague who was invited by an administrator already has that invitation. */
async function inviteAll(tx: Writer, { parts, member, organisation }: MemberVisit, recipients: readonly Recipient[]) {
  const taken = takenBy(parts, member);
  for (const recipient of recipients) {
    if (!recipient.registerFirst || recipient.party.kind === "member") continue;
    await inviteToRegister(tx, { parts, sender: member, organisation, taken }, recipient);
  }
}

/** Transfer and recipients as they are inside the transaction. @throws ServerError, DomainError `not-now` */
export async function readDraft(
  tx: Reader,
  reference: string,
): Promise<{ readonly transfer: Transfer; readonly recipients: readonly Recipient[] }> {
  const transfer = await tx.transfer(reference);
  if (!transfer) throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
  refuseUnless(transfer.state === "draft", "This transfer was signed already.");
  return { transfer, recipients: await tx.recipients(reference) };
}

function expiryIn(parts: Parts, days: number): string {
  return iso(new Date(parts.clock.now().getTime() + days * DAY));
}

async function freeReference(tx: Writer): Promise<string> {
  for (;;) {
    const reference = newReference(randomBytes);
    if (!(await tx.transfer(reference))) return reference;
  }
}

/** A new row for somebody, without access yet. */
export function newRecipient(reference: string, matched: Matched, position: number): Recipient {
  return {
    ...matched,
    id: randomId(),
    reference,
    position,
    state: "named",
    grant: null,
    tokenHash: null,
    arrival: null,
    wordsToldAt: null,
    releasedAt: null,
    handedOutAt: null,
    openedAt: null,
    receivedAt: null,
    confirmation: null,
  };
}

function keptOrNew(before: readonly Recipient[], reference: string, matched: Matched, position: number): Recipient {
  const kept = before.find((each) => each.address === matched.address);
  return kept ? { ...kept, ...matched, position } : newRecipient(reference, matched, position);
}

function sameAccess(before: readonly Recipient[], after: readonly Recipient[]): boolean {
  const line = ({ id, name, access, registerFirst }: Recipient) => JSON.stringify([id, name, access, registerFirst]);
  return before.map(line).join() === after.map(line).join();
}
