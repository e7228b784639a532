import type { Language } from "../../../domain/contact.ts";
import type { House, Refused } from "../receiving/texts.ts";
import { accountCy } from "./cy.ts";
import { accountEn } from "./en.ts";
import type { SaidTexts } from "./said.ts";

/** A sentence around a link. */
export interface Linked {
  readonly before: string;
  readonly link: string;
  readonly after: string;
}

/**
 * The texts of the pages on which somebody from outside registers, signs in, and looks after what opens their packages, in one
 * language. Colleagues read the same pages in English. `sends`: whether they are a colleague, who also sends. Dates come written
 * out. Plain text: templates escape them.
 */
export interface AccountTexts {
  /** What the pages' scripts say; null where they speak it themselves, which is English. */
  readonly said: SaidTexts | null;
  readonly startPage: string;
  readonly back: string;
  readonly passphrase: (sends: boolean) => string;
  /** Why a page of theirs was refused, by HTTP status. A fault is told in English: nothing more is asked of what may have failed. */
  readonly refusal: Readonly<Record<Exclude<Refused, 500>, string>>;
  readonly join: {
    readonly title: string;
    readonly what: (house: House) => string;
    readonly as: string;
    readonly takes: string;
    readonly name: string;
    readonly nameHint: string;
    readonly nameWrong: string;
    readonly keysTitle: string;
    readonly needsScript: string;
    readonly passkey: readonly string[];
    readonly overTitle: string;
    readonly over: readonly string[];
  };
  readonly signIn: {
    readonly title: string;
    readonly needsScript: string;
    readonly lead: (house: House) => string;
    readonly button: string;
    readonly cannot: string;
    readonly onPhone: string;
    readonly lost: Linked;
    readonly noneYet: (house: House) => string;
    readonly noAccount: (house: House) => string;
  };
  readonly recover: {
    readonly title: string;
    readonly needsScript: string;
    readonly lead: string;
    readonly address: string;
    readonly code: string;
    readonly codeHint: string;
    readonly passkeyTitle: string;
    readonly passkey: string;
    readonly withoutHere: (house: House) => string;
    readonly withoutOutside: (house: House) => string;
    readonly lostThen: string;
  };
  readonly home: {
    readonly title: string;
    readonly waiting: string;
    readonly lonePasskey: string;
    readonly second: string;
    readonly nothing: (house: House) => string;
    /** `from`: who sent it; empty where nobody knows. */
    readonly here: (reference: string, from: string) => string;
    readonly open: string;
    readonly opened: (reference: string, from: string) => string;
    readonly confirm: string;
    readonly onItsWay: (reference: string, from: string) => string;
    readonly arrived: string;
  };
  readonly account: {
    readonly title: string;
    readonly signOut: string;
    readonly passkeys: string;
    readonly keepTwo: string;
    readonly made: (date: string) => string;
    readonly opens: Readonly<Record<"opens" | "passphrase" | "unfinished", string>>;
    readonly finish: string;
    readonly lost: string;
    readonly add: string;
    readonly code: string;
    readonly codeMade: (date: string) => string;
    readonly codeLead: string;
    readonly newCode: string;
    readonly recoveryTitle: string;
    readonly recovery: (house: House) => string;
    /** `by`: the administrators, for colleagues alone. */
    readonly recoveryNumber: (number: string, date: string, by: string) => string;
    readonly devices: string;
    readonly deviceCount: (count: number, sends: boolean) => string;
    /** What asks for a command line: stands around the command. */
    readonly deviceAsk: Linked;
    readonly deviceSee: Linked;
    readonly deviceEnrol: Linked;
    readonly phone: string;
    readonly phoneLabel: string;
    readonly phoneHint: string;
    readonly save: string;
    readonly removeKey: string;
    readonly removeKeyLead: string;
    readonly knows: string;
    readonly knowsLead: Linked;
    readonly keysLead: Linked;
    readonly everywhere: string;
    readonly everywhereLead: string;
    readonly everywhereDevices: Linked;
  };
  readonly addPasskey: {
    readonly title: string;
    readonly needsScript: string;
    readonly asked: string;
    readonly phone: string;
    readonly name: string;
    readonly nameHint: string;
    readonly button: string;
  };
  readonly passkey: {
    readonly caption: string;
    readonly made: (when: string) => string;
    readonly name: string;
    readonly nameHint: string;
    readonly nameWrong: string;
    readonly needsScript: string;
    readonly finishTitle: string;
    readonly finish: string;
    readonly finishButton: string;
    readonly removeTitle: string;
    readonly remove: string;
    readonly means: readonly string[];
    readonly removeButton: string;
    readonly signTitle: string;
    readonly sign: (name: string) => string;
    readonly signButton: string;
    readonly only: Linked;
  };
  readonly newCode: {
    readonly title: string;
    readonly needsScript: string;
    readonly signTitle: string;
    readonly sign: string;
    readonly button: string;
  };
  readonly removeKey: {
    readonly title: string;
    readonly lead: readonly string[];
    readonly keep: string;
    readonly doneTitle: string;
    readonly done: string;
  };
  readonly devices: {
    readonly title: string;
    readonly lead: (sends: boolean) => string;
    readonly enrolled: (when: string) => string;
    readonly remove: string;
    /** Stands around the command. */
    readonly noneYet: Linked;
    readonly enrol: string;
    readonly needsScript: string;
    /** Stands around the command. */
    readonly warning: Linked;
    readonly warningMore: string;
    readonly code: string;
    readonly codeHint: string;
    readonly find: string;
    readonly yours: string;
    readonly calls: Linked;
    readonly compare: (sends: boolean) => string;
    readonly sign: string;
    readonly notMine: string;
    readonly doneTitle: string;
    readonly done: string;
    readonly see: string;
  };
  /** /account/keys. What each key is its script says. */
  readonly keys: {
    readonly title: string;
    readonly lead: string;
    readonly needsScript: string;
    readonly falseTitle: string;
    readonly falseSteps: readonly string[];
    readonly devices: string;
    readonly passkeys: string;
    readonly unsureTitle: string;
    readonly unsure: string;
    readonly mine: string;
  };
  readonly log: {
    readonly title: string;
    readonly needsScript: string;
    readonly noneTitle: string;
    readonly noneYet: string;
    readonly known: string;
    readonly named: string;
    readonly same: string;
    readonly other: string;
    readonly forgetTitle: string;
    readonly forget: readonly string[];
    readonly compared: string;
    readonly button: string;
    readonly leave: string;
    readonly doneTitle: string;
    readonly done: string;
  };
}

const CATALOGUES: Readonly<Record<Language, AccountTexts>> = { en: accountEn, cy: accountCy };

export function accountTextsIn(language: Language): AccountTexts {
  return CATALOGUES[language];
}
