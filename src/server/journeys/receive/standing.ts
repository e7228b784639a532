import { arrivedUnderThis } from "../../api/receiving-arrival.ts";
import { closedBecause } from "../../api/receiving-open.ts";
import { nowOf } from "../../api/receiving-view.ts";
import type { RecipientVisit } from "../../gate/row.ts";
import { closedPage, type Found, peopleOf } from "./receive-page.ts";

/** The rows of a recipient who has shown to be one; or the page to answer, when it cannot be opened now. */
export async function standing(visit: RecipientVisit): Promise<Found | string> {
  const { parts, transfer, recipient } = visit;
  const closed = closedBecause(transfer, recipient, nowOf(parts));
  const found = { transfer, recipient, ...(await peopleOf(visit, transfer)), proved: true, closed };
  return closed ? closedPage(visit, found, closed) : found;
}

/**
 * Whether a recipient without an account still has to confirm arrival: not done yet, or done under a waybill that was corrected since.
 * Members sign when they open.
 */
export async function mustArrive({ parts, proof, transfer, recipient }: RecipientVisit): Promise<boolean> {
  if (proof === "member" || recipient.state === "received") return false;
  return !(await arrivedUnderThis(parts.records.read, transfer, recipient));
}
