import type { Language } from "../../../domain/contact.ts";
import type { House } from "../receiving/texts.ts";
import { cy } from "./cy.ts";
import { en } from "./en.ts";

/** What recipients read of the receipt token, where they have opened a package (SDT-28). Plain text: templates escape it. */
export interface ProofTexts {
  readonly title: string;
  readonly lead: (house: House) => readonly string[];
  /** Above the token itself. */
  readonly token: string;
  readonly save: string;
}

const CATALOGUES: Readonly<Record<Language, ProofTexts>> = { en, cy };

export function proofTextsIn(language: Language): ProofTexts {
  return CATALOGUES[language];
}
