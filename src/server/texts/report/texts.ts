import type { Language } from "../../../domain/contact.ts";
import type { IncidentKind } from "../../../domain/incident.ts";
import type { House } from "../receiving/texts.ts";
import { cy } from "./cy.ts";
import { en } from "./en.ts";

/** The words of “Report a problem”, in one language. Plain text: templates escape them. */
export interface ReportTexts {
  readonly title: string;
  readonly lead: (house: House) => string;
  readonly kind: string;
  readonly kinds: Readonly<Record<IncidentKind, string>>;
  readonly kindHints: Readonly<Partial<Record<IncidentKind, string>>>;
  readonly about: string;
  readonly aboutHint: string;
  readonly unknown: string;
  readonly words: string;
  readonly wordsHint: string;
  readonly reach: string;
  readonly reachHint: string;
  readonly button: string;
  /** After it was sent: what nobody has to answer. */
  readonly moreTitle: string;
  readonly moreLead: string;
  readonly moreWords: string;
  readonly moreButton: string;
  readonly moreDoneTitle: string;
  readonly moreDone: readonly string[];
  readonly moreGoneTitle: string;
  readonly moreGone: (house: House) => readonly string[];
  readonly reachTooLong: string;
  readonly choose: string;
  readonly badAbout: string;
  readonly tooLong: string;
  /** Nothing was sent, and what was typed stands in the form still. */
  readonly tooMany: (house: House) => string;
  readonly rather: string;
  /** ESG-4: where a suspicious message goes, as an attachment. */
  readonly forward: (contact: { readonly name: string; readonly address: string }) => string;
  readonly doneTitle: string;
  readonly number: string;
  /** The same whatever was typed, and whether or not there is such a transfer. */
  readonly done: (house: House) => readonly string[];
}

const CATALOGUES: Readonly<Record<Language, ReportTexts>> = { en, cy };

export function reportTextsIn(language: Language): ReportTexts {
  return CATALOGUES[language];
}
