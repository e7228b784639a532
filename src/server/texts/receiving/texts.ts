import type { Channel } from "../../../domain/contact.ts";
import type { Sendable } from "../../../domain/facts.ts";
import type { Closed } from "../../api/receiving-open.ts";
import type { OpenTexts } from "./open-texts.ts";

/** Whom a text is about. Name and address always stand together (OXM-15). */
export interface Who {
  readonly name: string;
  readonly address: string;
}

/** Who sent it. Once they have left nobody reads that address: the texts then name the organisation in their place. */
export interface Sender extends Who {
  readonly left: boolean;
}

/** What is left of the six words once the sender has left (SDT-13). */
export interface LeftWords {
  /** Who tells them in the sender’s place. */
  readonly teller: Who | null;
  /** Whether the organisation’s recovery key opens it too. */
  readonly recovery: boolean;
  /** Whether the recipient may have been told them: arrival was confirmed. */
  readonly mayKnow: boolean;
}

export interface House {
  readonly name: string;
  readonly website: string;
  readonly phone: string;
}

/** The statuses that pages for recipients have words of their own for. */
export type Refused = 401 | 403 | 404 | 409 | 410 | 413 | 429 | 500;

/** How the six words will come: the way that suits the contact, and the last digits of a verified number; null when there is none. */
export interface Telling {
  readonly sender: Who;
  readonly channel: Channel;
  readonly ending: string | null;
}

/**
 * The texts of the pages for recipients, in one language. Every catalogue `satisfies` this, so that a missing text does not compile.
 * They are plain text: templates escape them.
 */
export interface ReceivingTexts {
  readonly common: {
    readonly error: string;
    readonly problem: string;
    readonly skip: string;
    readonly language: string;
    readonly otherLanguage: string;
    readonly genuine: string;
    readonly report: string;
    readonly home: string;
    readonly menu: string;
    readonly privacy: string;
    readonly accessibility: string;
    readonly reference: string;
    readonly from: string;
    readonly organisation: string;
    readonly openUntil: string;
    readonly notForMe: string;
    readonly goOn: string;
    readonly back: string;
    readonly ask: (sender: Sender, house: House) => string;
    /** Who sent it, beside “From”. */
    readonly sentBy: (sender: Sender, house: House) => string;
    /** Where the sender has left: who tells the six words, or what to do where nobody can. */
    readonly left: (sender: Sender, house: House, words: LeftWords) => string;
    /** Where the organisation holds a recovery key that opens this package. */
    readonly recovery: (house: House, sender: Sender) => string;
    readonly needsScript: string;
  };
  readonly landing: {
    readonly title: string;
    readonly lead: (sender: Who, house: House) => string;
    readonly checkTitle: string;
    readonly check: (host: string, reference: string, house: House) => readonly string[];
    readonly proveTitle: string;
    readonly prove: (mailbox: string) => string;
    /** Instead of the code, for somebody from outside who kept a passkey. */
    readonly passkey: {
      readonly title: string;
      readonly lead: (house: House) => string;
      readonly signIn: string;
      readonly lost: (sender: Who) => string;
      readonly recover: string;
    };
    readonly send: string;
    readonly haveCode: string;
    readonly otherDevice: string;
    readonly responsibilitiesTitle: string;
    readonly responsibilities: string;
    readonly otherMember: (house: House) => string;
    readonly otherMemberTitle: string;
  };
  readonly code: {
    readonly title: string;
    readonly sent: (mailbox: string, minutes: number) => string;
    /** Where none was sent just now. */
    readonly have: (mailbox: string, minutes: number) => string;
    readonly label: string;
    readonly hint: string;
    readonly again: string;
    readonly againLead: string;
    readonly empty: string;
    readonly wrong: string;
    readonly pausedTitle: string;
    /** `until`: a time of day. */
    readonly paused: (minutes: number, until: string) => readonly string[];
    readonly tooMany: string;
  };
  readonly arrive: {
    readonly title: string;
    /** `teller`: who tells the six words; null where it needs none, or nobody can any more. */
    readonly what: (sender: Sender, house: House, words: boolean, teller: Who | null) => string;
    readonly device: string;
    readonly again: string;
    readonly corrected: string;
    readonly reader: string;
    readonly readerHint: string;
    readonly readerEmpty: string;
    readonly button: string;
    readonly working: string;
  };
  readonly wait: {
    readonly title: string;
    readonly how: (telling: Telling) => string;
    /** By whoever told them, or tried to: the sender or the stand-in. */
    readonly told: (teller: Pick<Who, "name">, when: string) => string;
    readonly noAnswer: (teller: Pick<Who, "name">, when: string) => string;
    readonly never: string;
    readonly haveWords: string;
    readonly askTitle: string;
    readonly askLead: (sender: Who) => string;
    readonly askButton: (sender: Who) => string;
    readonly asked: (sender: Who, when: string) => string;
    readonly leave: string;
  };
  readonly open: OpenTexts;
  readonly done: {
    readonly title: string;
    readonly panel: string;
    readonly told: (sender: Sender, house: House, when: string) => string;
    readonly handlingTitle: string;
    readonly handling: Readonly<Record<Sendable, readonly string[]>>;
    readonly until: (date: string) => string;
    readonly openAgain: string;
    readonly wrongTitle: string;
    readonly wrong: string;
  };
  readonly problem: {
    readonly title: string;
    readonly lead: (sender: Sender, house: House) => string;
    readonly kind: string;
    readonly kinds: Readonly<Record<"missing" | "damaged" | "other", string>>;
    readonly notForMe: string;
    readonly detail: string;
    readonly detailHint: string;
    readonly choose: string;
    readonly tooLong: string;
    readonly button: (sender: Sender, house: House) => string;
    readonly thanksTitle: (sender: Sender, house: House) => string;
    readonly thanks: (sender: Sender, house: House) => string;
  };
  readonly misdirected: {
    readonly title: string;
    readonly proved: (sender: Sender, house: House) => string;
    readonly linkOnly: (sender: Sender, house: House) => string;
    readonly provedButton: (sender: Sender, house: House) => string;
    readonly linkButton: (sender: Sender, house: House) => string;
    readonly doneTitle: string;
    readonly provedDone: (sender: Sender, house: House) => readonly string[];
    readonly linkDoneTitle: string;
    readonly linkDone: (sender: Sender, house: House) => readonly string[];
  };
  readonly over: {
    readonly titles: Readonly<Record<Closed, string>>;
    readonly what: Readonly<Record<Closed, (sender: Sender, house: House) => string>>;
    /** Its last day is over: for whoever only holds the link, of whom nothing is known. */
    readonly expiredLink: readonly string[];
    readonly nothingTitle: string;
    readonly nothing: readonly string[];
    /** What refused pages are called, by HTTP status; 500 stands for everything else. */
    readonly refused: Readonly<Record<Refused, string>>;
    /** What happened, what was not lost, what to do; `minutes` of a wait, where one is known. */
    readonly refusal: Readonly<Record<Refused, (minutes: number) => string>>;
    readonly faultReference: string;
  };
  readonly device: {
    readonly title: string;
    readonly lead: string;
    readonly steps: (address: string) => string;
    readonly codeIs: string;
    readonly until: (time: string) => string;
    readonly key: string;
    readonly button: string;
    readonly enterTitle: string;
    readonly enterLead: string;
    readonly label: string;
    readonly hint: string;
    readonly wrong: string;
  };
  readonly check: {
    readonly title: string;
    readonly lead: (house: House) => string;
    readonly reference: string;
    readonly referenceHint: string;
    readonly address: string;
    readonly addressHint: string;
    readonly button: string;
    readonly badReference: string;
    readonly badAddress: string;
    readonly doneTitle: string;
    readonly done: (house: House) => readonly string[];
  };
}
