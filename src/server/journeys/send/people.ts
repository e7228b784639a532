import { isWorkAddress } from "../../../domain/address.ts";
import { voicePhones } from "../../../domain/contact.ts";
import { type KnownAddress, type LookAlikeReason, lookAlikes } from "../../../domain/look-alike.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Matched } from "../../drafts/match-recipients.ts";
import { offerFor, type ShownOffer } from "../../key-offers/offers-of.ts";
import { BY_NUMBER } from "../../words/ways-to-tell.ts";

/** One recipient as the page shows them: name and address always together (OXM-15). */
export interface Person extends Matched {
  /** Whether this person has to be looked at before anything is sealed to them. */
  readonly asks: boolean;
  readonly warnings: readonly Warning[];
  /** A key that they made after opening, which the sender confirms or not; null when there is none. */
  readonly offer: ShownOffer | null;
}

/** What the sender should know of one recipient. `alike` is about this address alone; the other kinds are the same of everybody whom they concern. */
export interface Warning {
  readonly kind: "alike" | "no-passkey" | "unchecked-address" | "no-checked-number";
  readonly text: string;
}

/** More people than these are shown in one list, their warnings once for each kind. */
const MOST_IN_BOXES = 5;

/** The id of each recipient's field "why they may have it", with their place from 1 behind it. */
export const NEED_FIELD = "need-of-";

const ALIKE: Readonly<Record<LookAlikeReason, string>> = {
  confusable: "looks the same as",
  near: "differs by a letter or two from",
  "other-domain": "has the same name before the @ as",
  "near-domain": "has a domain that is almost that of",
};
const BY_TEXT =
  " A call is impossible for them: with a checked number the words can go through Relay UK, or by text message from your own phone.";
/** Comparisons that one request may make: beyond, only the recipients are compared with each other. */
const MOST_COMPARED = 100_000;

/** What the sender should know of each recipient before sealing to them. */
export async function peopleOf(
  read: Reader,
  organisation: Organisation,
  matched: readonly Matched[],
): Promise<readonly Person[]> {
  const known = await knownTo(read, matched);
  return Promise.all(
    matched.map(async (each): Promise<Person> => {
      const inside = isWorkAddress(each.address, organisation.workDomains);
      const warnings = [
        ...alike(each, known, inside).map((text) => ({ kind: "alike", text }) as const),
        ...(await warningsFor(read, each)),
      ];
      const offer = await offerFor(read, each);
      return { ...each, warnings, offer, asks: !inside || each.registerFirst || warnings.length > 0 || offer !== null };
    }),
  );
}

async function knownTo(read: Reader, matched: readonly Matched[]): Promise<readonly KnownAddress[]> {
  const contacts = await read.contacts();
  const members = (await read.members()).filter(({ state }) => state !== "deactivated");
  const known = [
    ...contacts.flatMap(({ name, addresses }) => addresses.map(({ address }) => ({ name, address }))),
    ...members.map(({ name, address }) => ({ name, address })),
  ];
  return known.length * matched.length > MOST_COMPARED ? matched : known;
}

/** OXM-15: whom this address could be mistaken for. Colleagues often share what stands before the @ with somebody outside. */
function alike({ address }: Matched, known: readonly KnownAddress[], inside: boolean): readonly string[] {
  const others = known.filter((each) => each.address !== address);
  const found = lookAlikes(address, others).filter(
    ({ reason }) => !inside || reason === "confusable" || reason === "near",
  );
  return found
    .slice(0, 3)
    .map((each) => `This address ${ALIKE[each.reason]} ${each.known.address} (${each.known.name}). Which do you mean?`);
}

async function warningsFor(read: Reader, { party, address, registerFirst }: Matched): Promise<readonly Warning[]> {
  if (party.kind === "member") {
    const text = "Has not set up a passkey yet: you can add the files once they have.";
    return registerFirst ? [{ kind: "no-passkey", text }] : [];
  }
  const contact = await read.contact(party.contactId);
  if (!contact) return [];
  const warnings: Warning[] = [];
  if (!contact.addresses.some((each) => each.address === address && each.verified)) {
    warnings.push({ kind: "unchecked-address", text: "Nobody has recorded how this address was checked." });
  }
  // OXM-8: words are told on a number that was checked.
  const byNumber = BY_NUMBER.includes(contact.preferred) || !contact.impossible.includes("phone");
  if (!registerFirst && byNumber && !voicePhones(contact).some(({ verified }) => verified)) {
    const text = `There is no checked telephone number to tell the six words on. Check one under Contacts first.${contact.impossible.includes("phone") ? BY_TEXT : ""}`;
    warnings.push({ kind: "no-checked-number", text });
  }
  return warnings;
}

/** One warning of many people, or of one where it is about their address alone. */
export interface SharedWarning {
  readonly text: string;
  readonly people: readonly Pick<Person, "name" | "address">[];
}

const SHARED: Readonly<Record<Exclude<Warning["kind"], "alike">, string>> = {
  "no-passkey": "not set up a passkey yet: you can add the files once they have",
  "unchecked-address": "an address of which nobody has recorded how it was checked",
  "no-checked-number":
    "no checked telephone number to tell the six words on: check one under Contacts first, or invite them to register",
};

/**
 * OXM-15: what many are warned of is said once, with who they are behind it, so that what is about one address alone is not lost in it.
 * @returns null while there are few enough for a box each.
 */
export function sharedWarnings(people: readonly Person[]): {
  readonly alike: readonly SharedWarning[];
  /** How many people those are about. */
  readonly alikeCount: number;
  readonly shared: readonly SharedWarning[];
} | null {
  if (people.length <= MOST_IN_BOXES) return null;
  const alike = people.flatMap((person) =>
    person.warnings.flatMap(({ kind, text }) => (kind === "alike" ? [{ text, people: [person] }] : [])),
  );
  const shared = Object.entries(SHARED).flatMap(([kind, what]) => {
    const concerned = people.filter((each) => each.warnings.some((warning) => warning.kind === kind));
    const count =
      concerned.length === people.length ? `All ${people.length}` : `${concerned.length} of ${people.length}`;
    const text = `${count} ${concerned.length === 1 ? "has" : "have"} ${what}.`;
    return concerned.length === 0 ? [] : [{ text, people: concerned }];
  });
  const alikeCount = people.filter((each) => each.warnings.some(({ kind }) => kind === "alike")).length;
  return { alike, alikeCount, shared };
}
