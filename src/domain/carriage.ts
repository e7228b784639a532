import type { NamedService } from "./carriers.ts";
import type { Carrier, Method } from "./facts.ts";

/** Methods by which people carry something themselves; Waybill asks for what the rules ask, and keeps the record. */
export const CARRIED_METHODS = [
  ...(["email", "cjsm", "post", "hand-delivery", "telephone", "removable-media", "fax"] as const),
] as const satisfies readonly Method[];
export type CarriedMethod = (typeof CARRIED_METHODS)[number];

/** Whether Waybill keeps the record of this method, without sealing anything on its server. */
export function isCarried(method: Method): method is CarriedMethod {
  return CARRIED_METHODS.some((each) => each === method);
}

export const PACKAGE_KINDS = ["zip", "pdf", "office", "age"] as const;
export type PackageKind = (typeof PACKAGE_KINDS)[number];

/** The most files of one package: as many documents, each with the same password, as anybody opens one by one. */
export const MOST_PACKAGE_FILES = 50;

/** Whether each document becomes a file of the package; otherwise all are in one. */
export const IS_EACH: Readonly<Record<PackageKind, boolean>> = { zip: false, pdf: true, office: true, age: false };

/** A package that was made on the sender's device: nothing of it is on the server but its size and digests. */
export interface MadePackage {
  readonly kind: PackageKind;
  /** Of all its files. */
  readonly bytes: number;
  /** SHA-256 of each file, hexadecimal, in the order of their numbers. One, but where several documents have a password each. */
  readonly digests: readonly string[];
}

/**
 * How something goes that does not go by the secure link, as the sender states it. Null is "not stated", and policy never counts it as
 * met. What stands under `fixed` is in the waybill; what is seen only when it goes (`atDispatch`) is not, and policy is asked about it then.
 */
export interface Carriage {
  readonly method: CarriedMethod;
  readonly fixed: FixedCarriage;
  readonly atDispatch: AtDispatch;
  /** Each recipient's code for confirming arrival without an account, by recipient id; on sheets and labels. */
  readonly codes: Readonly<Record<string, string>>;
  /** Null until it went. */
  readonly dispatch: Dispatch | null;
}

export interface FixedCarriage {
  /** Files, papers, or things said. */
  readonly items: number | null;
  readonly pages: number | null;
  readonly bytes: number | null;
  readonly identityDocuments: boolean | null;
  readonly package: MadePackage | null;
  /** SDT-18, SDT-10, SIS-16: why nothing better serves; empty: not stated. */
  readonly reason: string;
  /** SDT-23: the registered medium. */
  readonly mediumId: string | null;
  /** SDT2-2, SIS-30 … SIS-34: who carries it. */
  readonly carrier: Carrier | null;
  /** SIS-31: which of the organisation's services of that kind; null: none is chosen, or it was stated before they had names here. */
  readonly service: NamedService | null;
  /** SIS-18: the assessment of the risk of sending it by fax; null: there is none, or only a tick of an earlier version. */
  readonly risk: RiskAssessment | null;
  /** SIS-26: the machine of the register that it goes from. */
  readonly faxMachineId: string | null;
  /**
   * SIS-20, OXM-8: the checked number that is dialled, by recipient id. Null: signed or stated before one was chosen, and then every
   * checked number of a contact counts.
   */
  readonly numbers: Readonly<Record<string, string>> | null;
  /** SIS-38, SET-3: whether the sender's device is the organisation's. */
  readonly device: "managed" | "personal" | null;
}

/** SIS-18: what was assessed and decided, by whom and when; nothing of the content. */
export interface RiskAssessment {
  readonly says: string;
  /** Who assessed it, and as what. */
  readonly by: string;
  /** YYYY-MM-DD */
  readonly on: string;
}

export interface AtDispatch {
  readonly envelope: {
    readonly addresseeOnly: boolean | null;
    readonly returnAddress: boolean | null;
    /** Whether the classification or a caveat is shown outside. */
    readonly marking: boolean | null;
    readonly packed: boolean | null;
  };
  readonly fax: { readonly numberConfirmed: boolean | null; readonly recipientAttending: boolean | null };
  readonly phone: { readonly identityConfirmed: boolean | null; readonly minimum: boolean | null };
  readonly identitySeen: boolean | null;
  /** Lines of the checklist that no rule has to ask; earlier versions asked none of them. */
  readonly beside: SeenBeside;
}

/** What was seen to beside what the rules ask. */
export interface SeenBeside {
  /** The package is on the medium, and was read back from it. */
  readonly written: boolean;
  /** SIS-13: the recipient was told beforehand that it comes. */
  readonly toldBefore: boolean;
  /** SIS-12: a second envelope goes round the first. */
  readonly secondEnvelope: boolean;
}

/** How it went (SIS-14, SIS-23). */
export interface Dispatch {
  readonly at: string;
  readonly byId: string;
  /** Of the carrier; empty where there is none. */
  readonly tracking: string;
  /** The day on which it should be there, YYYY-MM-DD. */
  readonly expected: string;
  /** SIS-21: pages that a fax machine sent. */
  readonly pages: number | null;
  /** SDT2-3: to whom it was handed, and by which kind of identification they were known; empty where nothing is handed over. */
  readonly handedTo: string;
  readonly identification: string;
  /** SDT2-3: whoever has it came for it; otherwise, where something is handed over, it was brought to them. */
  readonly collected: boolean;
  /** SDT2-4: what kind of information was told; empty where nothing is told. Earlier versions wrote here too how it was known who answered. */
  readonly told: string;
  /** SDT2-4: how it was known who answered; empty where nothing is told. */
  readonly confirmed: string;
  /** SIS-20, SDT2-4: what was dialled, E.164, in the order of the recipients, with a comma and a space between; empty where nothing was. */
  readonly dialled: string;
}

export const NOTHING_FIXED: FixedCarriage = {
  items: null,
  pages: null,
  bytes: null,
  identityDocuments: null,
  package: null,
  reason: "",
  mediumId: null,
  carrier: null,
  service: null,
  risk: null,
  faxMachineId: null,
  numbers: {},
  device: null,
};

export const NOTHING_SEEN: AtDispatch = {
  envelope: { addresseeOnly: null, returnAddress: null, marking: null, packed: null },
  fax: { numberConfirmed: null, recipientAttending: null },
  phone: { identityConfirmed: null, minimum: null },
  identitySeen: null,
  beside: { written: false, toldBefore: false, secondEnvelope: false },
};

/** The needs that are met when it goes, and not before it is signed: who stands there, and what the envelope looks like. */
const AT_DISPATCH: readonly string[] = [
  ...["envelope:packed", "envelope:addressee-only", "envelope:return-address", "envelope:no-marking"],
  ...["verify:fax-number", "declare:fax-recipient-attending"],
  ...["verify:phone-identity", "declare:phone-minimum", "verify:identity-seen"],
];

/** Whether this need of the assessment is met when the transfer goes (SDT2-3, SDT2-4, SIS-20). */
export function isMetAtDispatch(need: string): boolean {
  return AT_DISPATCH.includes(need);
}
