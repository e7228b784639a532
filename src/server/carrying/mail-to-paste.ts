import type { Language } from "../../domain/contact.ts";
import { type Classification, handledAs } from "../../domain/facts.ts";
import { carriageOf } from "../../domain/lifecycle/carriage-arrows.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { handlingIn } from "../texts/receiving/handling.ts";
import { CARRIED_TEXTS } from "./on-its-way.ts";
import type { CarriedTexts } from "./texts/texts.ts";

/**
 * SIS-24: how what has this classification is handled, for what is read outside it too, such as an email: its name stands nowhere in it
 * (SDT-16).
 */
export function unnamedHandling(language: Language, classification: Classification): readonly string[] {
  const texts: CarriedTexts = CARRIED_TEXTS[language];
  const [, ...others] = handlingIn(language, classification);
  return [texts.unnamedHandling[handledAs(classification)], ...others];
}

/**
 * SDT-14, SDT-16, SDT-26: what to paste into an email to one recipient, in their language: responsibilities, how it is handled, and nothing
 * of the contents. The code follows the last paragraph.
 * @param host published, such as waybill.example.gov.uk
 */
export function mailToPaste(
  transfer: Transfer,
  { language }: Pick<Recipient, "language">,
  organisation: Organisation,
  host: string,
): readonly string[] {
  const texts: CarriedTexts = CARRIED_TEXTS[language];
  return texts.toPaste({
    ...{ reference: transfer.reference, organisation, host },
    packed: carriageOf(transfer).fixed.package !== null,
    handling: unnamedHandling(language, transfer.facts.classification),
  });
}
