import type { Address } from "../../domain/address.ts";
import type { CatalogueService } from "../../domain/carriers.ts";
import type { ApproverRole, RuleSet } from "../../domain/facts.ts";
import type { IncidentKind } from "../../domain/incident.ts";
import type { LawfulLists, RecordGround } from "../../domain/lawful-bases.ts";
import type { WorkingTime } from "../../domain/working-time.ts";

/** Whom to ask or to tell. */
export interface Contact {
  readonly name: string;
  readonly address: Address;
  readonly phone: string | null;
  /** OXM-3: who gets a copy of what is reported to them. */
  readonly copy: Address | null;
}

/** Names that rules may put into a sentence, such as `{security-team}`. All must be configured. */
export const CONTACTS = [
  ...(["security-team", "privacy-team", "operational-security", "information-compliance", "service-desk"] as const),
] as const;
export type ContactName = (typeof CONTACTS)[number];

/** SDT-29, SDT-30, OXM-3, ESG-4: who is told of a problem of each kind, and how soon a person has to say that they have it. */
export interface IncidentSettings {
  readonly acknowledgeWithinMinutes: number;
  readonly routes: Readonly<Record<IncidentKind, readonly ContactName[]>>;
}

/** What an organisation configures; the meaning of each member is in docs/policy-authoring.md. */
export interface Settings {
  readonly rules: RuleSet;
  readonly organisation: string;
  /** SDT-17: with their subdomains. Never a webmail domain (SET-4). */
  readonly workDomains: readonly string[];
  /** SIS-1: domains, with their subdomains, whose accounts are on a trusted network. */
  readonly networks: { readonly official: readonly string[]; readonly cjsm: readonly string[] };
  /** SIS-15: ISO 3166-1 alpha-2; every other country is abroad, adequate or not. */
  readonly homeCountries: readonly string[];
  /** Bytes before encoding (SDT-11), and the size from which files go by secure link (SDT2-1). */
  readonly email: { readonly limitBytes: number; readonly secureLinkAboveBytes: number };
  /** SIS-4: people; `identifying` where names with addresses are combined with special, offence or OFFICIAL-SENSITIVE data. */
  readonly bulk: { readonly people: number; readonly identifying: number };
  /** SDT-22. */
  readonly media: {
    readonly limitBytes: number;
    /** SDT-25: whether a second person sees each erasure; null is no. */
    readonly secondPerson: boolean | null;
  };
  /** SIS-30, SIS-32: the most pages that one letter holds. */
  readonly post: {
    readonly letterPages: number;
    /** SIS-11: the lines that stand on labels as the return address; null where none is configured, and no label is printed. */
    readonly returnAddress: readonly string[] | null;
  };
  /** SET-4. */
  readonly webmailDomains: readonly string[];
  /** SDT2-9; null where there is none. `guests`: people outside can be let in. */
  readonly collaborationPlatform: { readonly name: string; readonly guests: boolean } | null;
  /** Who holds each role. */
  readonly roles: Readonly<Record<ApproverRole, readonly Address[]>>;
  readonly contacts: Readonly<Record<ContactName, Contact>>;
  /** As usual where the configuration does not say. */
  readonly incidents: IncidentSettings;
  /** By when whoever has to agree answers (SDT-3, SIS-3). As usual where the configuration does not say. */
  readonly answering: WorkingTime;
  /** SIS-31, SIS-34: the services that the organisation has, with what people call them; of one kind there may be several. */
  readonly carriers: readonly CatalogueService[];
  /** Lawful bases and conditions that senders choose from where personal data leaves; null: those that the law names, as shipped. */
  readonly lawful: LawfulLists | null;
  /** On which ground the organisation keeps its own record of transfers, for the privacy notice; null: it has not said. */
  readonly recordGround: RecordGround | null;
  /** SDT2-7: what senders are asked about storage at the destination. */
  readonly destinationStorage: readonly string[];
  /** Rules of weight `advice` or `local` that this organisation makes needs. */
  readonly require: readonly string[];
  /** Rules of weight `may-loosen` that this organisation makes advice. */
  readonly loosen: readonly string[];
  /** SIS-28: why, by rule, of those for which the configuration says so. */
  readonly loosenedBecause?: Readonly<Record<string, string>>;
  /** SIS-35: folders of rules that tighten, with their cases, relative to the configuration file. */
  readonly localRules: readonly string[];
}

/** A configuration that parses and holds together. */
export interface Configuration {
  /** As given: messages name it. */
  readonly file: string;
  readonly settings: Settings;
  /** The line of a member such as `require[1]`, from 1. */
  lineOf(path: string): number;
}
