import { sha256Hex } from "../../bytes/digest.ts";
import { randomBytes, randomId } from "../../bytes/random.ts";
import { utf8 } from "../../bytes/text.ts";
import { newArrivalCode } from "../../domain/arrival-code.ts";
import { type Carriage, type CarriedMethod, NOTHING_FIXED, NOTHING_SEEN } from "../../domain/carriage.ts";
import { chooseMethod } from "../../domain/lifecycle/carriage-arrows.ts";
import { withReason } from "../../domain/lifecycle/risky-package.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { act } from "../drafts/take-back.ts";
import type { SenderVisit } from "../gate/row.ts";

/**
 * The method that a draft goes by. What was stated for another carried method is kept as far as it serves; what was sealed for the link
 * goes. @throws DomainError `not-now` once it is signed
 */
export async function choose(visit: SenderVisit, method: "secure-link" | CarriedMethod): Promise<void> {
  const before = await act(visit, async ({ transfer, recipients, taken }) => {
    const carriage = method === "secure-link" ? null : carriageFor(transfer, method, recipients);
    const tokens = new Map(await Promise.all(recipients.map(async ({ id }) => [id, await newToken()] as const)));
    return withReason(chooseMethod(transfer, recipients, carriage, carriage ? tokens : new Map(), taken), transfer);
  });
  // After the commit: until then nothing may be lost. A crash in between leaves a body that no job keeps.
  if (before.transfer.uploadId) await visit.parts.blobs.remove(before.transfer.uploadId);
}

/**
 * What makes a recipient's place in the waybill unguessable. Nobody has its preimage: nothing carried is ever "proved opened", and the code on
 * the sheets, which is short, is not in it.
 */
function newToken(): Promise<string> {
  return sha256Hex(utf8(randomId()));
}

function carriageFor({ carriage }: Transfer, method: CarriedMethod, recipients: readonly Recipient[]): Carriage {
  const codes = recipients.map(({ id }) => [id, carriage?.codes[id] ?? newArrivalCode(randomBytes)] as const);
  return {
    method,
    fixed: carriage?.fixed ?? NOTHING_FIXED,
    atDispatch: NOTHING_SEEN,
    codes: Object.fromEntries(codes),
    dispatch: null,
  };
}
