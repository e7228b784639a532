import type { Recipient, Transfer } from "../transfer.ts";
import { happened, type Proof, refuseUnless, type Step, type Taken } from "./step.ts";
import { isOver } from "./transfer-arrows.ts";

/** A recipient whose address was wrong, the row that takes its place, and everything that goes with it. */
export interface Correction {
  readonly wrong: Recipient;
  /** New: its own id, grant and token; in state `named`. */
  readonly right: Recipient;
  /** The waybill with the right recipient in the wrong one's place. The caller has checked the sender's signature over it. */
  readonly waybill: { readonly text: string; readonly digest: string };
  /** With the words and token of the right recipient in it. */
  readonly senderGrant: string;
}

/** released → released, under a new waybill: the wrong address loses its access, and the right one gets access of its own. */
export function correctAddress(transfer: Transfer, correction: Correction, proof: Proof, taken: Taken): Step {
  const { wrong, right, waybill, senderGrant } = correction;
  refuseUnless(transfer.state === "released" && transfer.waybill !== null, "This transfer is not open to recipients.");
  refuseUnless(transfer.expiresAt > taken.at, "This transfer has expired.");
  refuseUnless(wrong.receivedAt === null && wrong.openedAt === null, "They have opened it already.");
  refuseUnless(right.grant !== null && right.tokenHash !== null, "The right address has no access yet.");
  const { reference } = transfer;
  const ended: Recipient = { ...wrong, grant: null, state: isOver(wrong) ? wrong.state : "dropped" };
  const replaced = { address: wrong.address, replaces: wrong.id, waybill: transfer.waybill.text };
  return {
    transfer: { ...transfer, waybill, senderGrant },
    recipients: [ended, { ...right, state: "released", releasedAt: taken.at }],
    events: [
      happened("waybill-signed", taken, reference, null, { digest: waybill.digest, ...proof }),
      ...(isOver(wrong) ? [] : [happened("recipient-dropped", taken, reference, wrong.id)]),
      happened("address-corrected", taken, reference, right.id, replaced),
      happened("recipient-told", taken, reference, right.id),
    ],
  };
}
