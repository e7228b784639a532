import type { Need } from "../../../domain/assessment.ts";
import { ABOVE_OFFICIAL } from "../../../domain/facts.ts";
import type { Reader } from "../../../domain/records.ts";
import { NOT_STATED, type StatedFacts } from "../../../domain/transfer.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { askedOfRecipients, refusedOutright } from "../../assessing/conditions.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { asksCriminalJustice, questionsOf } from "../../assessing/questions.ts";
import { type Description, LONGEST_EXPIRY_DAYS, newDraft } from "../../drafts/draft.ts";
import { type FactErrors, needsImpact, readFacts } from "../../drafts/facts.ts";
import type { Matched } from "../../drafts/match-recipients.ts";
import { matchPasted } from "../../drafts/pasted-list.ts";
import type { MemberVisit } from "../../gate/row.ts";
import { refuseUnlessWorkAddress } from "../../gate/work-address.ts";
import { decideOffer } from "../../key-offers/decide.ts";
import { offerFor } from "../../key-offers/offers-of.ts";
import { NEED_FIELD, type Person, peopleOf } from "./people.ts";
import { readStandIn } from "./stand-in.ts";
import type { TypedDescription } from "./typed-description.ts";
import { passedOver, readInformation, yesNo } from "./typed-information.ts";

type Errors = Readonly<Record<string, string>>;

/** The page that comes next, from everything typed so far; `nothing` when nothing is left to ask. */
export type NextQuestion =
  | { readonly ask: "refused"; readonly errors: Errors; readonly refusals: readonly Need[] }
  | {
      readonly ask: "description";
      readonly errors: Errors;
      readonly unmatched: readonly string[];
      /** Addresses that can be added to Contacts. */
      readonly strangers: readonly string[];
    }
  | { readonly ask: "information"; readonly errors: Errors; readonly asks: InformationAsks }
  | {
      readonly ask: "people";
      readonly errors: Errors;
      readonly people: readonly Person[];
      readonly asks: RecipientAsks;
      /** SDT-7: whether the rules want everybody's address checked before this is sent. */
      readonly mustCheck: boolean;
    }
  | { readonly ask: "nothing"; readonly description: Description };

export interface InformationAsks {
  readonly personal: boolean;
  readonly people: boolean;
  readonly special: boolean;
  /** SET-3. */
  readonly criminalJustice: boolean;
  readonly impact: boolean;
}
export type RecipientAsks = ReturnType<typeof askedOfRecipients>;

const LONGEST_NEED = 2000;

/**
 * Asks only what is needed, and carries out what the sender said of offered keys: about the information where it is personal or
 * could do harm (SIS-4, SIS-5), the people where somebody is outside, new, or easily taken for another (OXM-15), or policy wants
 * to know more of them (SDT-7, SIS-13). Colleagues alone and nothing personal: nothing but the first page.
 * @param before what a draft states that these pages do not ask
 * @param act whether what is said of offered keys is carried out: a page that is only looked at changes nothing
 */
export async function nextQuestion(
  visit: MemberVisit,
  typed: TypedDescription,
  before: StatedFacts | null,
  act: boolean,
): Promise<NextQuestion> {
  const { read } = visit.parts.records;
  const policy = policyNow(visit.parts);
  const now = visit.parts.clock.now();
  const above = ABOVE_OFFICIAL.find((each) => each === typed.classification);
  if (above) {
    const sender = { address: visit.member.address, device: null, network: null };
    return { ask: "refused", errors: {}, refusals: refusedOutright(policy, { classification: above, sender }, now) };
  }
  const personal = yesNo(typed.personal);
  const sensitive = yesNo(typed.sensitive);
  const { purpose, necessity, recordCopy, classification, individuals, organisation } = typed;
  const stated = { purpose, necessity, recordCopy, classification, personal, sensitive, individuals, organisation };
  const questions = questionsOf(policy, typed.classification);
  const information = readInformation(typed, personal === true, questions);
  if (act) await decideAll(visit, (await matchPasted(read, typed.recipients)).matched, typed);
  const { matched, unmatched } = await matchPasted(read, typed.recipients); // who was confirmed just now gets in with their key
  const justice = asksCriminalJustice(
    policy,
    matched.map(({ address }) => address),
  );
  const facts = readFacts(stated, policy.settings.rules, {
    ...(before ?? NOT_STATED),
    ...information.stated,
    criminalJustice: justice ? yesNo(typed.criminalJustice) : (before?.criminalJustice ?? null),
    minimised: questions.minimised ? typed.minimised === "yes" : null,
  });
  const expiryDays = readExpiry(typed.expiry);
  const { individuals: harm, organisation: damage, ...described }: FactErrors = facts.ok ? {} : facts.errors;
  const errors: Record<string, string> = {}; // in the order of the fields: the recipients come first
  const [first] = unmatched;
  if (first) errors.recipients = first.why;
  else if (matched.length === 0) errors.recipients = "Say who it is for";
  else if (matched.some(({ party }) => party.kind === "member" && party.memberId === visit.member.id))
    errors.recipients = "You are one of the recipients. Take yourself out: you can see what you sent anyway.";
  Object.assign(errors, described);
  const forgotten = passedOver(typed, personal);
  if (forgotten !== null) errors.personal = forgotten;
  if (expiryDays === undefined) errors.expiry = "Choose until when it can be opened";
  if (Object.keys(errors).length > 0 || expiryDays === undefined) {
    const strangers = unmatched.flatMap(({ stranger }) => (stranger === undefined ? [] : [stranger]));
    return { ask: "description", errors, unmatched: unmatched.map(({ why }) => why), strangers };
  }
  const missing = {
    ...information.errors,
    ...(justice &&
      yesNo(typed.criminalJustice) === null && { criminalJustice: "Say whether it is for criminal justice" }),
    ...(harm && { individuals: harm }),
    ...(damage && { organisation: damage }),
  };
  const impact = needsImpact(stated);
  const asked = typed.informationAsked === "yes";
  if ((personal || impact || justice) && (!asked || Object.keys(missing).length > 0)) {
    const { people, special } = questions;
    const asks = { personal: personal === true, people, special, criminalJustice: justice, impact };
    return { ask: "information", errors: asked ? missing : {}, asks };
  }
  if (!facts.ok) throw new TypeError("Every mistake was asked about before.");
  const named = await Promise.all(matched.map((each) => withChoice(read, each, typed)));
  const standIn = await readStandIn(read, typed.standIn, visit.member.id, matched);
  const description = { facts: facts.facts, recipients: named, expiryDays, standInId: null };
  const draft = newDraft(visit, "", description);
  const found = await assessTransfer(visit.parts, read, { ...draft, sender: visit.member });
  const asks = askedOfRecipients(policy, found.facts, now);
  const chosen = await Promise.all(named.map((each) => withSaid(read, each, typed, asks)));
  const people = await peopleOf(read, visit.organisation, chosen);
  const shown = typed.seen.replaceAll("\r", "") === seenOf(chosen, asks);
  const open = people.flatMap(({ offer }) => (offer && !typed.offers[offer.memberId] ? [offer.memberId] : []));
  const undecided = shown ? open.map((id) => [`offer-${id}`, "Say whether this key is theirs"] as const) : [];
  const long = chosen.flatMap(({ name, legitimateNeed }, at) =>
    legitimateNeed.length > LONGEST_NEED
      ? [[`${NEED_FIELD}${at + 1}`, `Use ${LONGEST_NEED} characters or fewer for why ${name} may have it`] as const]
      : [],
  );
  const wrong: Errors = {
    ...Object.fromEntries([...undecided, ...long]),
    ...("why" in standIn ? { standIn: standIn.why } : {}),
  };
  const mustCheck = found.answer.needs.some(({ need }) => need === "verify:recipient");
  const wanted = asks.expecting || asks.legitimateNeed || people.some((each) => each.asks);
  if (Object.keys(wrong).length > 0 || (wanted && !shown))
    return { ask: "people", errors: wrong, people, asks, mustCheck };
  if ("why" in standIn) throw new TypeError("Every mistake was asked about before.");
  return { ask: "nothing", description: { ...description, recipients: chosen, standInId: standIn.id } };
}

/** What the page about people showed: it is shown again when that is something else. */
export function seenOf(people: readonly Pick<Matched, "address">[], asks: RecipientAsks): string {
  const asked = [asks.legitimateNeed ? "need" : "", asks.expecting ? "expecting" : ""].filter(Boolean).join(" ");
  return [...people.map(({ address }) => address), ...(asked === "" ? [] : [asked])].join("\n");
}

/** What the sender says of the keys of these recipients, where one waits for a decision. A key of somebody else is not decided on here. */
async function decideAll(
  { parts, member, organisation }: MemberVisit,
  matched: readonly Matched[],
  { offers }: TypedDescription,
): Promise<void> {
  if (Object.keys(offers).length === 0) return;
  refuseUnlessWorkAddress(member, organisation);
  for (const each of matched) {
    const offer = await offerFor(parts.records.read, each);
    const decision = offer && offers[offer.memberId];
    if (offer && decision && decision !== "words") await decideOffer(parts, member, offer.memberId, decision);
  }
}

/** Null keeps the date; undefined when it is no choice of the page. */
function readExpiry(typed: string): number | null | undefined {
  if (typed === "keep") return null;
  const days = Number(typed);
  return /^\d{1,3}$/.test(typed) && days >= 1 && days <= LONGEST_EXPIRY_DAYS ? days : undefined;
}

/** OXM-22: an outsider may be invited to register first instead of being told words; all of them at once, who have no key that waits for a decision. */
async function withChoice(read: Reader, matched: Matched, typed: TypedDescription): Promise<Matched> {
  if (matched.access === "account") return matched;
  const all = typed.registerAll === "yes" && (await offerFor(read, matched)) === null;
  return { ...matched, registerFirst: !matched.team && (all || typed.register.includes(matched.address)) };
}

/** SDT-7: why they may have it is preset from their contact where it is asked; SIS-13: whether they expect it never is. */
async function withSaid(
  read: Reader,
  matched: Matched,
  { expecting, need, needAll, expectingAll }: TypedDescription,
  asks: RecipientAsks,
): Promise<Matched> {
  const { address } = matched;
  const contact = asks.legitimateNeed ? await read.contactByAddress(address) : null;
  const legitimateNeed = (need[address]?.trim() ?? contact?.legitimateNeed ?? "") || needAll.trim();
  return { ...matched, expecting: yesNo(expecting[address] || expectingAll), legitimateNeed };
}
