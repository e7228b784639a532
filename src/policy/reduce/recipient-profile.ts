import { domainOf, withinDomains } from "../../domain/address.ts";
import type { Facts, ListFacts, RecipientFacts } from "../../domain/facts.ts";
import type { Settings } from "../configuration/settings.ts";
import { networkOf } from "./network.ts";

/** What policy sees of a recipient: many recipients have few profiles. Members are named as in the schema. */
export interface RecipientProfile {
  readonly recipientKind?: string;
  readonly recipientAddressGiven: boolean;
  readonly recipientWebmail: boolean;
  readonly recipientNetwork: string;
  readonly recipientPlace: "home" | "abroad" | "unknown";
  readonly recipientVerified: boolean;
  readonly recipientEntitled: boolean;
  readonly recipientExpecting: boolean;
  readonly recipientAuthentication?: string;
  readonly recipientTeam: boolean;
  readonly isList: boolean;
  readonly listOwnAddressesOnly: boolean;
  readonly listReviewed: boolean;
  readonly listMembersShown: boolean;
}

/** The distinct profiles of the recipients: the needs of a transfer are the union of theirs, so the strictest decides. */
export function distinctProfiles(
  { recipients, network }: Facts,
  settings: Settings,
  trustStated: boolean,
): readonly RecipientProfile[] {
  const distinct = new Map<string, RecipientProfile>();
  for (const recipient of recipients) {
    const profile = profileOf({ ...recipient, network: recipient.network ?? network }, settings, trustStated);
    distinct.set(JSON.stringify(profile), profile);
  }
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, profile]) => profile);
}

function profileOf(recipient: RecipientFacts, settings: Settings, trustStated: boolean): RecipientProfile {
  const { address, kind, authentication, list } = recipient;
  return {
    ...(kind === null ? {} : { recipientKind: kind }),
    recipientAddressGiven: address !== null,
    recipientWebmail: address !== null && withinDomains(domainOf(address), settings.webmailDomains),
    recipientNetwork: networkOf(address, recipient.network, settings, trustStated),
    recipientPlace: placeOf(recipient, settings),
    recipientVerified: recipient.verified === true,
    recipientEntitled: recipient.legitimateNeed !== null,
    recipientExpecting: recipient.expecting === true,
    ...(authentication === null ? {} : { recipientAuthentication: authentication }),
    recipientTeam: recipient.shared === true,
    isList: list !== null,
    listOwnAddressesOnly: list !== null && ownAddressesOnly(list),
    listReviewed: list?.reviewOverdue === false,
    listMembersShown: list?.membersShown === true,
  };
}

/** SIS-15: every country but the home ones is abroad, whatever its law is worth. */
function placeOf({ country }: RecipientFacts, { homeCountries }: Settings): RecipientProfile["recipientPlace"] {
  if (country === null) return "unknown";
  return homeCountries.includes(country) ? "home" : "abroad";
}

/** OXM-6: an internal list has no outside member. Whether a list is internal counts as yes until it is stated. */
function ownAddressesOnly({ internal, outsideMembers }: ListFacts): boolean {
  return internal === false || outsideMembers === 0;
}
