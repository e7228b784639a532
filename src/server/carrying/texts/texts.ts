import type { CarriedMethod } from "../../../domain/carriage.ts";
import type { Sendable } from "../../../domain/facts.ts";

export interface House {
  readonly name: string;
  readonly website: string;
}

export interface MailFacts {
  readonly name: string;
  readonly team: boolean;
  readonly reference: string;
  readonly sender: { readonly name: string; readonly address: string };
  readonly organisation: House;
  readonly host: string;
  readonly method: CarriedMethod;
  /** Written out, in its language. */
  readonly expected: string;
}

export interface PasteFacts {
  readonly organisation: House;
  readonly reference: string;
  readonly host: string;
  /** In a package with a password. */
  readonly packed: boolean;
  readonly handling: readonly string[];
}

/** What recipients of something that is carried read: mails, and the pages behind a code. Every catalogue `satisfies` this. */
export interface CarriedTexts {
  readonly subject: (reference: string) => string;
  readonly greeting: (facts: Pick<MailFacts, "name" | "team">) => string;
  readonly onItsWay: (facts: MailFacts) => readonly string[];
  readonly reminder: (facts: MailFacts) => readonly string[];
  /** SDT-28: of what is there by the record: what is missing is that it is complete. */
  readonly receiptReminder: (facts: MailFacts) => readonly string[];
  /** SIS-24: what the first line of the handling instructions says, without the name of the classification. */
  readonly unnamedHandling: Readonly<Record<Sendable, string>>;
  /** SDT-26: paragraphs that a sender pastes into their own email; the code follows the last one. */
  readonly toPaste: (facts: PasteFacts) => readonly string[];
  readonly arrived: {
    readonly title: string;
    readonly lead: (house: House) => string;
    readonly reference: string;
    readonly code: string;
    readonly codeHint: string;
    readonly go: string;
    readonly wrong: string;
  };
  readonly standing: {
    readonly title: string;
    readonly lead: (house: House) => string;
    readonly over: string;
    readonly handlingTitle: string;
    readonly handling: readonly string[];
    readonly arrivedTitle: string;
    readonly arrivedSaid: string;
    readonly reader: string;
    readonly readerHint: string;
    readonly readerWrong: string;
    readonly confirmArrival: string;
    readonly password: string;
    readonly receiptTitle: string;
    readonly receiptSaid: string;
    readonly pages: string;
    readonly pagesWrong: string;
    /** SDT-28: the SHA-256 of the package, how to see it, and what is said of one that cannot be read or is another. */
    readonly digest: string;
    readonly digestHint: string;
    readonly digestWrong: string;
    readonly digestOther: string;
    readonly acknowledge: string;
    readonly acknowledgeWrong: string;
    readonly confirmReceipt: string;
    readonly returnMedium: (address: string) => string;
    readonly received: string;
    readonly notForMeTitle: string;
    readonly notForMe: (house: House) => readonly string[];
    readonly report: string;
  };
}
