import { DomainError } from "../../domain/error.ts";
import type { Standing } from "../../domain/incident.ts";
import { parseReference } from "../../domain/reference.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { AnonymousVisit } from "../gate/row.ts";
import { provedMailbox } from "../gate/session.ts";

/** What somebody means by what they typed, and what they are to it. */
export interface Named {
  readonly transfer: Transfer | null;
  /** The row that a link is of, or that is theirs. */
  readonly recipientId: string | null;
  readonly standing: Standing;
}

/** What was typed, as a link's id or a reference; null when it has the form of neither. It may be of nothing that there is. */
export function readAbout(typed: string): { readonly link: string } | { readonly reference: string } | null {
  const link = /(?:^|\/r\/)([A-Za-z0-9_-]{22})(?:[/?#]|$)/.exec(typed.trim())?.[1];
  if (link) return { link };
  try {
    return { reference: parseReference(typed) };
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** Finds what a report is about. Nothing of the answer may show to whoever asks, unless they are its sender or recipient. */
export async function namedTransfer(visit: AnonymousVisit, about: ReturnType<typeof readAbout>): Promise<Named> {
  const { parts, member } = visit;
  const { read } = parts.records;
  const nobody: Named = { transfer: null, recipientId: null, standing: member ? "member" : "nobody" };
  if (!about) return nobody;
  const linked = "link" in about ? await read.recipient(about.link) : null;
  const reference = "link" in about ? linked?.reference : about.reference;
  const transfer = reference ? await read.transfer(reference) : null;
  if (!transfer || linked?.state === "named") return nobody;
  if (member?.id === transfer.senderId) return { transfer, recipientId: linked?.id ?? null, standing: "sender" };
  const rows = linked ? [linked] : await read.recipients(transfer.reference);
  for (const row of rows) {
    if (await isTheirs(visit, row)) return { transfer, recipientId: row.id, standing: "recipient" };
  }
  if (linked) return { transfer, recipientId: linked.id, standing: "link" };
  return { transfer, recipientId: null, standing: "reference" };
}

/** Whether whoever asks has shown to be that recipient. */
export async function isTheirs({ parts, member, request }: AnonymousVisit, { id, party, state }: Recipient) {
  if (state === "named") return false;
  return party.kind === "member" ? member?.id === party.memberId : provedMailbox(parts, request, id);
}
