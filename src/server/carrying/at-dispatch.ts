import type { Need } from "../../domain/assessment.ts";
import { type AtDispatch, isMetAtDispatch, NOTHING_SEEN } from "../../domain/carriage.ts";

type See = (seen: AtDispatch) => AtDispatch;

/** What ticking each line of the checklist says, by the need that it meets. */
const SEEN: Readonly<Record<string, See>> = {
  "envelope:packed": (seen) => ({ ...seen, envelope: { ...seen.envelope, packed: true } }),
  "envelope:addressee-only": (seen) => ({ ...seen, envelope: { ...seen.envelope, addresseeOnly: true } }),
  "envelope:return-address": (seen) => ({ ...seen, envelope: { ...seen.envelope, returnAddress: true } }),
  "envelope:no-marking": (seen) => ({ ...seen, envelope: { ...seen.envelope, marking: false } }),
  "verify:fax-number": (seen) => ({ ...seen, fax: { ...seen.fax, numberConfirmed: true } }),
  "declare:fax-recipient-attending": (seen) => ({ ...seen, fax: { ...seen.fax, recipientAttending: true } }),
  "verify:phone-identity": (seen) => ({ ...seen, phone: { ...seen.phone, identityConfirmed: true } }),
  "declare:phone-minimum": (seen) => ({ ...seen, phone: { ...seen.phone, minimum: true } }),
  "verify:identity-seen": (seen) => ({ ...seen, identitySeen: true }),
};

/** The lines of the checklist: the needs that are met as it goes. */
export function checklistOf(needs: readonly Need[]): readonly Need[] {
  return needs.filter(({ need }) => isMetAtDispatch(need));
}

/** What somebody saw who ticked these needs. @param ticked from a form: what is no line of a checklist says nothing */
export function seenBy(ticked: readonly string[]): AtDispatch {
  return ticked.reduce((seen, need) => SEEN[need]?.(seen) ?? seen, NOTHING_SEEN);
}
