import type { Language } from "../../../domain/contact.ts";
import type { House, Who } from "../receiving/texts.ts";
import { keyCy } from "./cy.ts";
import { keyEn } from "./en.ts";

export interface KeyMailFacts {
  readonly name: string;
  readonly house: House;
  /** The published address to type. */
  readonly host: string;
}

type KeyMail = (facts: KeyMailFacts) => readonly string[];

/** The texts about keeping a passkey after opening, for recipients, in one language. Plain text: templates escape them. */
export interface KeyTexts {
  readonly offerTitle: string;
  readonly offer: string;
  readonly offerButton: string;
  readonly kept: (sender: Who) => string;
  readonly title: string;
  readonly lead: (sender: Who) => string;
  readonly openFirst: string;
  readonly openFirstButton: string;
  readonly recoveryTitle: string;
  readonly recovery: readonly string[];
  readonly print: string;
  readonly copy: string;
  readonly copyWords: string;
  readonly recoveryEnd: string;
  readonly shows: string;
  readonly showsWords: string;
  readonly recoveryWrong: string;
  readonly keptCode: string;
  readonly passkeyTitle: string;
  readonly passkey: readonly string[];
  readonly make: string;
  readonly passphraseTitle: string;
  readonly passphrase: readonly string[];
  readonly passphraseEnd: string;
  readonly passphraseWrong: string;
  readonly keptWords: string;
  /** On the account page of somebody outside, while no sender has confirmed their key. */
  readonly compareTitle: string;
  readonly compare: string;
  readonly removeTitle: string;
  readonly remove: (host: string, house: House) => string;
  readonly working: string;
  readonly cancelled: string;
  readonly offline: string;
  readonly failed: string;
  readonly mail: {
    readonly subject: string;
    readonly usedSubject: string;
    readonly offered: KeyMail;
    readonly refused: KeyMail;
    readonly withdrawn: KeyMail;
    /** A passkey, command line or replaced key pair was added to an account that there was. */
    readonly added: KeyMail;
    /** The recovery code was used. */
    readonly used: KeyMail;
  };
}

const CATALOGUES: Readonly<Record<Language, KeyTexts>> = { en: keyEn, cy: keyCy };

export function keyTextsIn(language: Language): KeyTexts {
  return CATALOGUES[language];
}
