import type { MethodAnswer, Need } from "../../domain/assessment.ts";
import { type AtDispatch, type Carriage, isMetAtDispatch, NOTHING_SEEN } from "../../domain/carriage.ts";

type See = (seen: AtDispatch) => AtDispatch;

/** What ticking each line of the checklist says, by the need that it meets. */
const SEEN: ReadonlyMap<string, See> = new Map(
  Object.entries<See>({
    "envelope:packed": (seen) => ({ ...seen, envelope: { ...seen.envelope, packed: true } }),
    "envelope:addressee-only": (seen) => ({ ...seen, envelope: { ...seen.envelope, addresseeOnly: true } }),
    "envelope:return-address": (seen) => ({ ...seen, envelope: { ...seen.envelope, returnAddress: true } }),
    "envelope:no-marking": (seen) => ({ ...seen, envelope: { ...seen.envelope, marking: false } }),
    "verify:fax-number": (seen) => ({ ...seen, fax: { ...seen.fax, numberConfirmed: true } }),
    "declare:fax-recipient-attending": (seen) => ({ ...seen, fax: { ...seen.fax, recipientAttending: true } }),
    "verify:phone-identity": (seen) => ({ ...seen, phone: { ...seen.phone, identityConfirmed: true } }),
    "declare:phone-minimum": (seen) => ({ ...seen, phone: { ...seen.phone, minimum: true } }),
    "verify:identity-seen": (seen) => ({ ...seen, identitySeen: true }),
    "medium:written": (seen) => ({ ...seen, beside: { ...seen.beside, written: true } }),
    "recipient:told-before": (seen) => ({ ...seen, beside: { ...seen.beside, toldBefore: true } }),
    "envelope:double": (seen) => ({ ...seen, beside: { ...seen.beside, secondEnvelope: true } }),
  }),
);

/** A line of the checklist, to be ticked. */
export interface ChecklistLine extends Omit<Need, "rule"> {
  readonly rule?: string;
}

/** What whoever sends a medium sees to, whatever the rules ask of this one. */
const OF_MEDIA: readonly ChecklistLine[] = [
  {
    need: "medium:written",
    says: "The package is written onto the medium, and was read back and verified.",
    clauses: ["SDT-28"],
  },
  { need: "recipient:told-before", says: "The recipient was told beforehand that it comes.", clauses: ["SIS-13"] },
];

/**
 * The whole checklist: what the rules ask as it goes, what goes with a medium, and what is advised, which nothing depends on
 * (`advised`) and which is recorded where it was done (SIS-12).
 */
export function wholeChecklist(
  { method }: Pick<Carriage, "method">,
  { needs, advice }: Pick<MethodAnswer, "needs" | "advice">,
): { readonly lines: readonly ChecklistLine[]; readonly advised: readonly ChecklistLine[] } {
  const twice = method === "post" ? advice.find(({ clauses }) => clauses.includes("SIS-12")) : undefined;
  return {
    lines: [...checklistOf(needs), ...(method === "removable-media" ? OF_MEDIA : [])],
    advised: twice ? [{ ...twice, need: "envelope:double" }] : [],
  };
}

/** The lines of the checklist: the needs that are met as it goes. */
export function checklistOf(needs: readonly Need[]): readonly Need[] {
  return needs.filter(({ need }) => isMetAtDispatch(need));
}

/** What somebody saw who ticked these needs. @param ticked from a form: what is no line of a checklist says nothing */
export function seenBy(ticked: readonly string[]): AtDispatch {
  return ticked.reduce((seen, need) => SEEN.get(need)?.(seen) ?? seen, NOTHING_SEEN);
}

/** The lines beside what the rules ask, as the printed checklist has them. `done`: ticked as it went. */
export function linesBeside(
  carriage: Pick<Carriage, "method" | "atDispatch">,
  { advice }: Pick<MethodAnswer, "advice">,
): readonly { readonly says: string; readonly clauses: readonly string[]; readonly done: boolean }[] {
  const { lines, advised } = wholeChecklist(carriage, { needs: [], advice });
  const { written, toldBefore, secondEnvelope } = carriage.atDispatch.beside;
  const ticked: Readonly<Record<string, boolean>> = {
    "medium:written": written,
    "recipient:told-before": toldBefore,
    "envelope:double": secondEnvelope,
  };
  return [...lines, ...advised].map(({ need, says, clauses }) => ({ says, clauses, done: ticked[need] === true }));
}
