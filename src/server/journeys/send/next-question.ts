import type { Reader } from "../../../domain/records.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { type Description, LONGEST_EXPIRY_DAYS } from "../../drafts/draft.ts";
import { type FactErrors, needsImpact, readFacts } from "../../drafts/facts.ts";
import { entriesOf, hasKey, type Matched, matchRecipients } from "../../drafts/match-recipients.ts";
import type { MemberVisit } from "../../gate/row.ts";
import { refuseUnlessWorkAddress } from "../../gate/work-address.ts";
import { decideOffer } from "../../key-offers/decide.ts";
import { offerFor } from "../../key-offers/offers-of.ts";
import { type Person, peopleOf } from "./people.ts";
import type { TypedDescription } from "./typed-description.ts";

type Errors = Readonly<Record<string, string>>;

/** The page that comes next, from everything typed so far; `ready` when nothing is left to ask. */
export type NextQuestion =
  | { readonly ask: "description"; readonly errors: Errors; readonly unmatched: readonly string[] }
  | { readonly ask: "impact"; readonly errors: Errors }
  | { readonly ask: "people"; readonly errors: Errors; readonly people: readonly Person[] }
  | { readonly ask: "nothing"; readonly description: Description };

/**
 * Asks only what is needed, and carries out what the sender said of offered keys: the impact where something could harm (SIS-5), the people where somebody is outside, new, or easily taken
 * for another (OXM-15). Colleagues alone and nothing personal: nothing but the first page.
 */
export async function nextQuestion(visit: MemberVisit, typed: TypedDescription): Promise<NextQuestion> {
  const { read } = visit.parts.records;
  const senderId = visit.member.id;
  const personal = yesNo(typed.personal);
  const sensitive = yesNo(typed.sensitive);
  const { purpose, necessity, classification, individuals, organisation } = typed;
  const { rules } = policyNow(visit.parts).settings;
  const stated = { purpose, necessity, classification, personal, sensitive, individuals, organisation };
  const facts = readFacts(stated, rules, { minimised: typed.minimised === "yes" });
  const entries = entriesOf(typed.recipients);
  await decideAll(visit, (await matchRecipients(read, entries)).matched, typed);
  const { matched, unmatched } = await matchRecipients(read, entries); // who was confirmed just now gets in with their key
  const expiryDays = readExpiry(typed.expiry);
  const { individuals: harm, organisation: damage, ...described }: FactErrors = facts.ok ? {} : facts.errors;
  const errors: Record<string, string> = { ...described };
  const [first] = unmatched;
  if (first) errors.recipients = first.why;
  else if (matched.length === 0) errors.recipients = "Say who it is for";
  else if (matched.some(({ party }) => party.kind === "member" && party.memberId === senderId))
    errors.recipients = "You are one of the recipients. Take yourself out: you can see what you sent anyway.";
  if (expiryDays === undefined) errors.expiry = "Choose until when it can be opened";
  if (Object.keys(errors).length > 0 || expiryDays === undefined) {
    return { ask: "description", errors, unmatched: unmatched.map(({ why }) => why) };
  }
  if (needsImpact({ personal, sensitive }) && (harm || damage || typed.impactAsked !== "yes")) {
    const missing = { ...(harm && { individuals: harm }), ...(damage && { organisation: damage }) };
    return { ask: "impact", errors: typed.impactAsked === "yes" ? missing : {} };
  }
  const chosen = matched.map((each) => withChoice(each, typed));
  const standIn = await readStandIn(read, typed.standIn, senderId);
  const people = await peopleOf(read, visit.organisation, chosen);
  const addresses = matched.map(({ address }) => address).join("\n");
  const open = people.flatMap(({ offer }) => (offer && !typed.offers[offer.memberId] ? [offer.memberId] : []));
  const shown = typed.seen.replaceAll("\r", "") === addresses;
  const undecided = shown ? open.map((id) => [`offer-${id}`, "Say whether this key is theirs"] as const) : [];
  const wrong: Errors = { ...Object.fromEntries(undecided), ...("why" in standIn ? { standIn: standIn.why } : {}) };
  if (Object.keys(wrong).length > 0 || (people.some((each) => each.asks) && !shown)) {
    return { ask: "people", errors: wrong, people };
  }
  if (!facts.ok || "why" in standIn) throw new TypeError("Every mistake was asked about before.");
  return { ask: "nothing", description: { facts: facts.facts, recipients: chosen, expiryDays, standInId: standIn.id } };
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

function yesNo(typed: string): boolean | null {
  return typed === "yes" ? true : typed === "no" ? false : null;
}

/** Null keeps the date; undefined when it is no choice of the page. */
function readExpiry(typed: string): number | null | undefined {
  if (typed === "keep") return null;
  const days = Number(typed);
  return /^\d{1,3}$/.test(typed) && days >= 1 && days <= LONGEST_EXPIRY_DAYS ? days : undefined;
}

/** OXM-22: an outsider may be invited to register first instead of being told words. */
function withChoice(matched: Matched, typed: TypedDescription): Matched {
  if (matched.access === "account") return matched;
  return { ...matched, registerFirst: !matched.team && typed.register.includes(matched.address) };
}

async function readStandIn(
  read: Reader,
  typed: string,
  senderId: string,
): Promise<{ readonly id: string | null } | { readonly why: string }> {
  const entry = typed.trim();
  if (entry === "") return { id: null };
  const { matched, unmatched } = await matchRecipients(read, [entry]);
  const [found] = matched;
  if (!found) return { why: unmatched[0]?.why ?? "Give one colleague’s name or address" };
  const member = found.party.kind === "member" ? await read.member(found.party.memberId) : null;
  if (!member) return { why: "Only a colleague can tell the words in your place" };
  if (member.id === senderId) return { why: "Name somebody else: you can tell the words yourself anyway" };
  if (!(await hasKey(read, member))) return { why: `${member.name} has not set up a key yet. Choose somebody else` };
  return { id: member.id };
}
