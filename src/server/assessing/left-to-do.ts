import type { Member } from "../../domain/member.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Parts } from "../parts.ts";
import { assessTransfer, unmetBeforeSigning } from "./assess-transfer.ts";

/** Newest drafts that are assessed for one page; of older ones it says nothing. */
const MOST = 10;

/**
 * How many things a sender has to do before each of their drafts can be signed, by reference. What is measured when the files are
 * added is none of them.
 */
export async function leftToDo(
  parts: Parts,
  sender: Member,
  sent: readonly { readonly transfer: Transfer; readonly recipients: readonly Recipient[] }[],
): Promise<ReadonlyMap<string, number>> {
  const drafts = sent.filter(({ transfer }) => transfer.state === "draft").slice(0, MOST);
  const left = new Map<string, number>();
  for (const { transfer, recipients } of drafts) {
    const { answer } = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender });
    const unmet = unmetBeforeSigning(answer.needs).filter(
      ({ need }) => need !== "declare:bytes" || transfer.carriage !== null,
    );
    left.set(transfer.reference, unmet.length);
  }
  return left;
}

/** 1 thing is; 3 things are */
export function thingsAre(count: number): string {
  return count === 1 ? "1 thing is" : `${count} things are`;
}
