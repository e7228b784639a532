import type { Address } from "./address.ts";
import type { RecipientKind } from "./facts.ts";

export type Language = "en" | "cy";
export type Channel = "phone" | "sms" | "post" | "teams" | "in-person" | "relay-uk";

/** Everything that a recipient can be but a colleague. */
export type ContactKind = Exclude<RecipientKind, "member">;

export const PHONE_KINDS = ["telephone", "mobile", "fax"] as const;
export type PhoneKind = (typeof PHONE_KINDS)[number];

export interface PhoneNumber {
  /** What answers there. Everything that was stored before kinds were asked for is a telephone. */
  readonly kind: PhoneKind;
  /** E.164, such as +442079460000. */
  readonly number: string;
  /** Where the number is from and who checked it (OXM-8); null while it is unverified. */
  readonly verified: Verification | null;
}

export interface Verification {
  readonly how: string;
  readonly byMemberId: string;
  readonly at: string;
}

/** Someone outside, or a team mailbox. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly addresses: readonly { readonly address: Address; readonly verified: Verification | null }[];
  readonly phones: readonly PhoneNumber[];
  readonly language: Language;
  readonly team: boolean;
  readonly preferred: Channel;
  /** Channels that do not work for this person, e.g. phone for a deaf recipient. */
  readonly impossible: readonly Channel[];
  /** What they are to the organisation (SDT-5); null while it is not known. */
  readonly kind: ContactKind | null;
  /** Where they will receive it (SIS-15), ISO 3166-1 alpha-2; empty while it is not known. */
  readonly country: string;
  /** Why they may have what is sent to them (SDT-7); each transfer may say otherwise. */
  readonly legitimateNeed: string;
  /** Where post reaches them, line by line; empty while it is not known. */
  readonly postal: string;
  /** Their DX number and exchange (SIS-32); empty where there is none. */
  readonly dx: string;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** The numbers at which a person answers. SIS-20: nobody is rung, sent a text or told words at a fax machine's. */
export function voicePhones({ phones }: Pick<Contact, "phones">): readonly PhoneNumber[] {
  return phones.filter(({ kind }) => kind !== "fax");
}

/** SIS-20: the numbers of fax machines: a fax goes to nothing else. */
export function faxPhones({ phones }: Pick<Contact, "phones">): readonly PhoneNumber[] {
  return phones.filter(({ kind }) => kind === "fax");
}
