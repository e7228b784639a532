import type { Address } from "./address.ts";

export const RULE_SETS = ["uk-government", "university"] as const;
export type RuleSet = (typeof RULE_SETS)[number];

/** Every method, in the order that decides between equals; what goes last in any case stands last. */
export const METHODS = [
  ...(["secure-link", "shared-space", "email", "cjsm", "post", "hand-delivery", "telephone"] as const),
  ...(["removable-media", "fax"] as const),
] as const;
export type Method = (typeof METHODS)[number];

/** SECRET and above are known in every rule set, so that they are refused with whom to ask, and not as a slip of the pen. */
export const ABOVE_OFFICIAL = ["SECRET", "TOP SECRET"] as const;

/** The classifications of each rule set, from the lowest to the highest. */
export const CLASSIFICATIONS = {
  "uk-government": ["OFFICIAL", "OFFICIAL-SENSITIVE", ...ABOVE_OFFICIAL],
  university: ["public", "internal", "confidential", ...ABOVE_OFFICIAL],
} as const satisfies Record<RuleSet, readonly string[]>;
export type Classification = (typeof CLASSIFICATIONS)[RuleSet][number];
/** What can be sent at all. */
export type Sendable = Exclude<Classification, (typeof ABOVE_OFFICIAL)[number]>;

/** The handling that a classification asks for; what is above OFFICIAL is never sent, and is handled as the strictest that is. */
export function handledAs(classification: Classification): Sendable {
  return classification === "SECRET" || classification === "TOP SECRET" ? "OFFICIAL-SENSITIVE" : classification;
}

export const APPROVER_ROLES = [
  ...(["line-manager", "senior-manager", "information-asset-owner", "privacy-team", "operational-security"] as const),
] as const;
export type ApproverRole = (typeof APPROVER_ROLES)[number];

/** SIS-29: letter post serves OFFICIAL to the public; SIS-31: special delivery is named, timed and tracked. Rules say which serves what. */
export const CARRIERS = [
  ...(["letter-post", "recorded-delivery", "special-delivery", "dx", "dx-tracked", "dx-courier-tracked"] as const),
  ...(["dx-secure", "tracked-courier", "by-hand"] as const),
] as const;
export type Carrier = (typeof CARRIERS)[number];

export const KINDS = ["member", "partner", "supplier", "third-party", "public"] as const;
export type RecipientKind = (typeof KINDS)[number];
export const AUTHENTICATIONS = ["account", "code-and-secret", "none"] as const;
export const NETWORKS = ["official", "cjsm", "none"] as const;
export type Network = (typeof NETWORKS)[number];
export const IMPACTS = ["none", "some", "serious"] as const;
export const PACKAGES = ["none", "zip", "pdf", "office", "age"] as const;
export const SECRET_CHANNELS = ["phone", "sms", "post", "teams", "in-person", "email"] as const;
export type SecretChannel = (typeof SECRET_CHANNELS)[number];
/** `against`: they answered that it may not go like this. */
export const ADVICE_STATES = ["asked", "answered", "against"] as const;
export type AdviceState = (typeof ADVICE_STATES)[number];

/** Whose advice can be asked for. */
export const ADVISERS = ["privacy-team", "operational-security", "information-compliance"] as const;
export type Adviser = (typeof ADVISERS)[number];

/**
 * What policy decides from, as stated. `null` is "not known", and never counts as met. Whoever states the facts controls
 * them: roles, networks and dates are checked against the configuration and the clock, never taken from here on the server.
 */
export interface Facts {
  readonly purpose: string | null;
  readonly necessity: string | null;
  readonly classification: Classification;
  readonly personal: boolean | null;
  readonly special: boolean | null;
  readonly offences: boolean | null;
  readonly sensitive: boolean | null;
  readonly namesWithAddresses: boolean | null;
  readonly people: { readonly count: number | null; readonly origin: "declared" | "counted" | null } | null;
  readonly bytes: number | null;
  readonly pages: number | null;
  readonly identityDocuments: boolean | null;
  readonly impact: { readonly individuals: Impact | null; readonly organisation: Impact | null } | null;
  readonly criminalJustice: boolean | null;
  readonly minimised: boolean | null;
  /** Stated for both ends, where they state none of their own. */
  readonly network: Network | null;
  readonly sender: {
    readonly address: Address;
    readonly device: "managed" | "personal" | null;
    readonly network: Network | null;
  };
  /** At least one. */
  readonly recipients: readonly RecipientFacts[];
  readonly agreement: Agreement | null;
  readonly destinationStorage: string | null;
  readonly secret: {
    readonly channel: SecretChannel | null;
    readonly numberVerified: boolean | null;
    /** zxcvbn, 0 to 4. */
    readonly strength: number | null;
  } | null;
  readonly package: (typeof PACKAGES)[number] | null;
  readonly subject: string | null;
  readonly approvals: readonly Approval[] | null;
  /** Approvals in advance that this transfer may rest on; in a file one, or a list. */
  readonly arrangement: readonly Arrangement[] | null;
  /** Why nothing better serves, by method. */
  readonly reasons: Readonly<Partial<Record<Method, string>>> | null;
  readonly advice: Readonly<Partial<Record<Adviser, AdviceState>>> | null;
  readonly media: {
    readonly registered: boolean | null;
    readonly encrypted: boolean | null;
    readonly hardware: boolean | null;
  } | null;
  readonly carrier: Carrier | null;
  readonly envelope: {
    readonly addresseeOnly: boolean | null;
    readonly returnAddress: boolean | null;
    /** Whether the classification or a caveat is shown outside. */
    readonly marking: boolean | null;
    readonly packed: boolean | null;
  } | null;
  readonly fax: {
    readonly numberConfirmed: boolean | null;
    readonly recipientAttending: boolean | null;
    readonly machineChecked: boolean | null;
    readonly riskAssessed: boolean | null;
  } | null;
  readonly phone: { readonly identityConfirmed: boolean | null; readonly minimum: boolean | null } | null;
  readonly handover: { readonly identitySeen: boolean | null } | null;
}

export type Impact = (typeof IMPACTS)[number];

export interface RecipientFacts {
  readonly name: string;
  readonly address: Address | null;
  readonly kind: RecipientKind | null;
  readonly organisation: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly network: Network | null;
  readonly verified: boolean | null;
  readonly authentication: (typeof AUTHENTICATIONS)[number] | null;
  readonly expecting: boolean | null;
  readonly legitimateNeed: string | null;
  /** A team mailbox. */
  readonly shared: boolean | null;
  readonly list: ListFacts | null;
}

export interface ListFacts {
  readonly internal: boolean | null;
  readonly outsideMembers: number | null;
  readonly reviewOverdue: boolean | null;
  readonly membersShown: boolean | null;
}

/** A data sharing agreement or contract; or why there is none. */
export type Agreement =
  | {
      readonly reference: string;
      /** The methods that it stipulates; null or none: it leaves them open. */
      readonly methods: readonly Method[] | null;
      /** The last day on which it holds, YYYY-MM-DD. */
      readonly expires: string | null;
    }
  | { readonly none: string };

export interface Approval {
  readonly role: ApproverRole;
  readonly by: Address;
}

/** A manager's approval, in advance, of a recurring transfer. */
export interface Arrangement {
  readonly reference: string;
  readonly role: "line-manager" | "senior-manager";
  readonly by: Address;
  readonly recipients: readonly Address[];
  readonly classification: Classification;
  /** Ceilings. */
  readonly people: number;
  readonly bytes: number;
  readonly method: Method;
  /** The last day on which it holds, YYYY-MM-DD; at most a year away. */
  readonly ends: string;
}
