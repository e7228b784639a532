import { standInOf } from "../../domain/colleague.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { KeyLine, SendingView, StatusView, TransferSummary } from "../../domain/wire/sending.ts";
import { approversNow } from "../approvals/ask-approvals.ts";
import { withRegistered } from "../drafts/registered.ts";
import type { SenderVisit } from "../gate/row.ts";
import { happeningOf } from "../journeys/transfer/happenings.ts";
import { timelineContext } from "../journeys/transfer/timeline.ts";

/** What the sender's (or stand-in's) client works with. Every active key of theirs is in it: they check each of them. */
export async function sendingView(visit: SenderVisit): Promise<SendingView> {
  const { transfer, organisation, parts } = visit;
  const { read } = parts.records;
  const upload = transfer.uploadId ? await parts.blobs.stat(transfer.uploadId) : null;
  const { sealed } = transfer;
  const standIn = await standInOf(read, transfer, visit.recipients);
  const recipients = transfer.state === "draft" ? await withRegistered(read, visit.recipients) : visit.recipients;
  return {
    reference: transfer.reference,
    state: transfer.state,
    organisation: organisation.name,
    carried: transfer.carriage !== null,
    senderKeys: [...(await keyLines(read, transfer.senderId)), ...(await keyLines(read, standIn?.id ?? null))],
    standIn: standIn && { name: standIn.name, address: standIn.address },
    recipients: await Promise.all(
      recipients.map(async (each) => ({
        id: each.id,
        name: each.name,
        address: each.address,
        access: each.access,
        keys: each.party.kind === "member" ? await keyLines(read, each.party.memberId) : [],
        state: each.state,
      })),
    ),
    senderGrant: transfer.endedAt === null ? transfer.senderGrant : null, // what a hold keeps is handed to nobody
    upload:
      upload && transfer.uploadId
        ? { url: uploadPath(transfer.reference, transfer.uploadId), offset: upload.length, size: upload.size }
        : null,
    sealed: sealed && {
      content: sealed.content,
      items: sealed.totals.items,
      bytes: sealed.totals.bytes,
      bodySize: sealed.bodySize,
    },
    expiresAt: transfer.expiresAt,
    bodyLimit: parts.limits.bodyBytes,
  };
}

/** Where an upload is spoken to: a path, so that no Host header has a say in it. */
export function uploadPath(reference: string, uploadId: string): string {
  return `/api/transfers/${reference}/upload/${uploadId}`;
}

export async function summaryOf(read: Reader, transfer: Transfer): Promise<TransferSummary> {
  const { reference, state, createdAt, expiresAt, facts } = transfer;
  const recipients = (await read.recipients(reference)).map(({ name, address, state: at }) => ({
    name,
    address,
    state: at,
  }));
  return { reference, state, createdAt, expiresAt, purpose: facts.purpose, recipients };
}

export async function statusOf(read: Reader, transfer: Transfer): Promise<StatusView> {
  const recipients = await read.recipients(transfer.reference);
  const address = (id: string | null) => recipients.find((each: Recipient) => each.id === id)?.address ?? null;
  const events = await read.eventsOf(transfer.reference);
  const context = await timelineContext(read, transfer.reference, events);
  return {
    ...(await summaryOf(read, transfer)),
    waitsFor: await waitsFor(read, transfer),
    events: events.map((event) => {
      const line = happeningOf(event, context);
      const { at, kind, recipientId } = event;
      return { at, kind, recipient: address(recipientId), says: line?.what ?? null, more: line?.more ?? "" };
    }),
  };
}

/** SDT-3, SIS-3: whose agreement to the waybill as it is now is still waited for. */
async function waitsFor(
  read: Reader,
  { reference, state, senderId, waybill }: Transfer,
): Promise<StatusView["waitsFor"]> {
  const sender = state === "requested" ? await read.member(senderId) : null;
  if (!sender) return [];
  const open = (await read.approvalsOf(reference)).filter(
    (each) => each.state === "waiting" && each.digest === waybill?.digest,
  );
  return Promise.all(
    open.map(async (request) => {
      const { role, dueAt, askedAt } = request;
      const approvers = await approversNow(read, request, sender, askedAt);
      return { role: ROLES[role].toLowerCase(), names: approvers.map(({ member }) => member.name), dueAt };
    }),
  );
}

/** The active public keys of an active member, as clients check them. */
export async function keyLines(read: Reader, memberId: Member["id"] | null): Promise<readonly KeyLine[]> {
  const member = memberId ? await read.member(memberId) : null;
  if (member?.state !== "active") return [];
  const keys = await read.keysOf(member.id);
  return keys.map(({ id, kind, version, recipient }) => ({ id, address: member.address, kind, version, recipient }));
}
