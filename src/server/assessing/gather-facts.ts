import { isWorkAddress } from "../../domain/address.ts";
import type { Contact } from "../../domain/contact.ts";
import type {
  AdviceState,
  Adviser,
  Agreement,
  Approval,
  Arrangement,
  Facts,
  RecipientFacts,
} from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Settings } from "../../policy/configuration/settings.ts";
import { isNoticeOf, restsOn } from "../advice/advice-basis.ts";
import { mayAllow } from "../advice/advisers.ts";
import { carriedFacts } from "../carrying/carried-facts.ts";
import { secretPlan } from "./secret-plan.ts";

/** What is known of a transfer beside what its sender stated. */
export interface Known {
  readonly settings: Settings;
  readonly transfer: Transfer;
  /** Those who are still concerned. */
  readonly recipients: readonly Recipient[];
  readonly sender: Member;
  readonly approvals: readonly Approval[];
  readonly arrangements: readonly Arrangement[];
  /** YYYY-MM-DD: checks of machines end. */
  readonly today: string;
}

/** The facts that policy decides from: stated by the sender, measured, and from the records. What nobody knows stays null. */
export async function gatherFacts(read: Reader, known: Known): Promise<Facts> {
  const { transfer, recipients, sender, approvals, arrangements, today } = known;
  const { facts: stated, sealed, reference, carriage } = transfer;
  const contact = await contactsOf(read, recipients);
  const facts: Omit<Facts, "advice"> = {
    ...NOT_BY_LINK,
    purpose: stated.purpose,
    necessity: stated.necessity,
    classification: stated.classification,
    personal: stated.personal,
    special: stated.special,
    offences: stated.offences,
    sensitive: stated.sensitive,
    namesWithAddresses: stated.namesWithAddresses,
    people: stated.people === null ? null : { count: stated.people, origin: "declared" },
    bytes: sealed ? sealed.totals.bytes : null,
    impact: stated.impact,
    criminalJustice: stated.criminalJustice,
    minimised: stated.minimised,
    ...(carriage === null ? {} : await carriedFacts(read, transfer, carriage, today)),
    sender: { address: sender.address, device: carriage?.fixed.device ?? null, network: null },
    recipients: recipients.map((each) => recipientFacts(known, each, contact)),
    agreement: await agreementFacts(read, known),
    destinationStorage: stated.destinationStorage,
    secret: await secretPlan(read, transfer, recipients),
    subject: reference,
    approvals,
    arrangement: arrangements.length === 0 ? null : arrangements,
  };
  return { ...facts, advice: await adviceFacts(read, known, facts) };
}

/**
 * SIS-15, SDT2-6: a question, its answer and what somebody was told count while the facts are those that they were about; who was only
 * told (SDT2-5) has been asked nothing, so that what they say answers no question. An answer from before answers said whether it may go says nothing that counts.
 */
async function adviceFacts(
  read: Reader,
  { transfer, recipients }: Known,
  facts: Omit<Facts, "advice">,
): Promise<NonNullable<Facts["advice"]>> {
  const { reference, carriage, facts: stated } = transfer;
  const found: Partial<Record<Adviser, AdviceState>> = {};
  const last: Partial<Record<Adviser, string>> = {};
  for (const advice of await read.adviceOf(reference)) {
    const { adviser, question, answeredAt, verdict, basis, supersededAt } = advice;
    const isNotice = question === "";
    const isOfNow = isNotice ? isNoticeOf(basis, facts, stated.lawfulBasis) : restsOn(basis, { facts, carriage });
    if (supersededAt !== null || !(await isOfNow)) continue;
    found[adviser] ??= "asked";
    if (answeredAt === null || isNotice || verdict === null || answeredAt < (last[adviser] ?? "")) continue;
    if (verdict === "may-go" && !(await mayAllow(read, advice, transfer, recipients))) continue;
    last[adviser] = answeredAt; // what they said last counts
    found[adviser] = verdict === "may-not-go" ? "against" : "answered";
  }
  return found;
}

/** Facts of other methods. */
const NOT_BY_LINK = {
  pages: null,
  identityDocuments: null,
  network: null,
  package: null,
  reasons: null,
  media: null,
  carrier: null,
  envelope: null,
  fax: null,
  phone: null,
  handover: null,
} as const;

function recipientFacts({ settings }: Known, recipient: Recipient, contactOf: ContactOf): RecipientFacts {
  const { name, address, organisation, access, expecting, legitimateNeed, team } = recipient;
  const inside = isWorkAddress(address, settings.workDomains);
  const contact = inside ? null : contactOf(recipient);
  return {
    name,
    address,
    kind: inside ? "member" : (contact?.kind ?? null),
    organisation,
    country: inside ? (settings.homeCountries[0] ?? null) : contact?.country || null,
    network: null,
    // A colleague's address was proved when they joined; a contact's by somebody, on the record (SDT-7).
    verified: inside || contact?.addresses.some((each) => each.address === address && each.verified !== null) === true,
    authentication: access === "account" ? "account" : "code-and-secret",
    expecting,
    legitimateNeed: legitimateNeed || contact?.legitimateNeed || null,
    shared: team,
    list: null,
  };
}

/** Somebody who registered from outside is still the contact that they were. */
export async function contactOf(read: Reader, { party, address }: Recipient): Promise<Contact | null> {
  return party.kind === "contact" ? read.contact(party.contactId) : read.contactByAddress(address);
}

/** Whose contact a recipient is; null for somebody who is none. */
export type ContactOf = (recipient: Recipient) => Contact | null;

/** As `contactOf`, of all of them by one read. */
export async function contactsOf(read: Reader, recipients: readonly Recipient[]): Promise<ContactOf> {
  const ids = recipients.flatMap(({ party }) => (party.kind === "contact" ? [party.contactId] : []));
  const members = recipients.flatMap(({ party, address }) => (party.kind === "contact" ? [] : [address]));
  const found = await read.contactsAmong(ids, members);
  const byId = new Map(found.map((each) => [each.id, each]));
  const byAddress = new Map(found.flatMap((each) => each.addresses.map(({ address }) => [address, each] as const)));
  return ({ party, address }) =>
    (party.kind === "contact" ? byId.get(party.contactId) : byAddress.get(address)) ?? null;
}

/** SDT-5: an agreement of the register counts for the organisation that it was made with, and no other. */
async function agreementFacts(read: Reader, { transfer, recipients, settings }: Known): Promise<Agreement | null> {
  const { agreement } = transfer.facts;
  if (agreement === null || "none" in agreement) return agreement;
  const found = await read.agreementByReference(agreement.reference);
  const parties = await partiesTo(read, recipients, settings);
  const counts =
    found !== null &&
    found.endedAt === null &&
    parties.every(({ organisation }) => sameOrganisation(organisation, found.organisation));
  return { reference: agreement.reference, methods: found?.methods ?? null, expires: counts ? found.expires : null };
}

/**
 * SDT-5: whose organisations an agreement has to be with: the third parties and suppliers, who need one; where there are none,
 * everybody outside.
 */
export async function partiesTo(
  read: Reader,
  recipients: readonly Recipient[],
  { workDomains }: Pick<Settings, "workDomains">,
): Promise<readonly Recipient[]> {
  const outside = recipients.filter(({ address }) => !isWorkAddress(address, workDomains));
  const contact = await contactsOf(read, outside);
  const kinds = outside.map((each) => contact(each)?.kind);
  const parties = outside.filter((_, at) => kinds[at] === "third-party" || kinds[at] === "supplier");
  return parties.length > 0 ? parties : outside;
}

/** Names of organisations compare without case and spaces. */
export function sameOrganisation(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
  return plain(one) === plain(other);
}
