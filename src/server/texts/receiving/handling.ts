import type { Language } from "../../../domain/contact.ts";
import { type Classification, handledAs } from "../../../domain/facts.ts";
import { cy } from "./cy.ts";
import { en } from "./en.ts";
import type { ReceivingTexts } from "./texts.ts";

const CATALOGUES: Readonly<Record<Language, ReceivingTexts>> = { en, cy };

/** SIS-24: how what has this classification is handled, as its recipients read it. */
export function handlingIn(language: Language, classification: Classification): readonly string[] {
  return CATALOGUES[language].done.handling[handledAs(classification)];
}

/** The same in every language that pages have. */
export function handlingTexts(classification: Classification): readonly (readonly string[])[] {
  return [handlingIn("en", classification), handlingIn("cy", classification)];
}
