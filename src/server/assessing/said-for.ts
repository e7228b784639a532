import type { Facts, RecipientFacts, SecretChannel } from "../../domain/facts.ts";
import { ROLES } from "../../domain/roles.ts";
import { formatSize } from "../../domain/size-text.ts";
import { roleOf } from "../approvals/ask-approvals.ts";

export const CHANNEL_NAMES: Readonly<Record<SecretChannel, string>> = {
  phone: "By phone",
  sms: "By text message from your own phone",
  teams: "On Teams",
  "in-person": "In person",
  post: "By letter",
  email: "By email",
};

const KIND_NAMES: Readonly<Record<NonNullable<RecipientFacts["kind"]>, string>> = {
  member: "colleague",
  partner: "partner in public service",
  supplier: "supplier",
  "third-party": "third party",
  public: "member of the public",
};

const HARM = { none: "no harm, or next to none", some: "some harm", serious: "serious harm" } as const;

/** How many people it is about, as it is said wherever it is shown: until content is read, it is the sender's word. */
export function peopleText(count: number, by = "you"): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "person" : "people"}, declared by ${by}`;
}

/** By what a need was met: what was said, measured or recorded, in lines. @param by who declared it, for whoever reads it */
export function saidFor(need: string, facts: Facts, by = "you"): readonly string[] {
  const text = (said: string | null) => (said === null ? [] : [said]);
  const each = (say: (recipient: RecipientFacts) => string | null) =>
    facts.recipients.flatMap((recipient) => {
      const said = say(recipient);
      return said === null ? [] : [`${recipient.name}: ${said}`];
    });
  switch (need) {
    case "declare:purpose":
      return text(facts.purpose);
    case "declare:necessity":
      return text(facts.necessity);
    case "declare:minimised":
      return ["Nothing goes in that they do not need for this"];
    case "declare:impact":
      return impactText(facts);
    case "declare:people":
      return typeof facts.people?.count === "number" ? [`About ${peopleText(facts.people.count, by)}`] : [];
    case "declare:bytes":
      return facts.bytes === null
        ? []
        : [`${formatSize(facts.bytes)}, ${facts.envelope === null ? "measured" : `declared by ${by}`}`];
    case "agreement:current":
      return agreementText(facts);
    case "declare:destination-storage":
      return text(facts.destinationStorage);
    case "plan:secret-channel":
      return facts.secret?.channel ? [CHANNEL_NAMES[facts.secret.channel]] : [];
    case "verify:secret-number":
      return ["The number was checked"];
    case "declare:recipient-kind":
      return each(({ kind }) => kind && KIND_NAMES[kind]);
    case "declare:country":
      return each(({ country }) => country);
    case "verify:recipient":
      return each(({ verified }) => (verified ? "checked" : null));
    case "declare:legitimate-need":
      return each(({ legitimateNeed }) => legitimateNeed);
    case "declare:recipient-expecting":
      return each(({ expecting }) => (expecting ? "knows that it is coming" : null));
    default:
      return othersText(need, facts, by);
  }
}

/** What could happen, a line for people and one for the organisation; none where it is not stated. */
export function impactText({ impact }: Pick<Facts, "impact">): readonly string[] {
  if (!impact?.individuals || !impact.organisation) return [];
  return [`To people: ${HARM[impact.individuals]}`, `To the organisation: ${HARM[impact.organisation]}`];
}

function agreementText({ agreement }: Facts): readonly string[] {
  if (agreement === null) return [];
  return ["none" in agreement ? `There is none: ${agreement.none}` : agreement.reference];
}

function othersText(need: string, facts: Facts, by: string): readonly string[] {
  const [kind = "", what = ""] = need.split(":");
  if (kind === "approval") return approvalText(need, facts);
  if (kind === "advice") return ["Asked, and on the record"];
  if (kind === "reason") {
    const reason = Object.entries(facts.reasons ?? {}).find(([method]) => method === what)?.[1];
    return reason === undefined ? [] : [reason];
  }
  return settledText(need, facts, by);
}

/** What a standing arrangement covered, or somebody agreed to. */
function approvalText(need: string, { approvals, arrangement }: Facts): readonly string[] {
  const role = roleOf(need);
  const given = (approvals ?? []).filter((each) => each.role === role).map(({ by: who }) => `agreed to by ${who}`);
  const ahead = (arrangement ?? []).some((each) => each.role === role) || given.length === 0;
  return [...given, ...(ahead ? ["agreed in advance, by a standing arrangement"] : [])].map(
    (how) => `${ROLES[role]}: ${how}`,
  );
}

/** What nobody is asked for by itself: it follows from what was stated, chosen or measured. */
function settledText(need: string, facts: Facts, by: string): readonly string[] {
  const { classification, sender, recipients, secret, subject, carrier, fax, phone, handover, media } = facts;
  const checked = (done: unknown, how: string) => (done === true ? [how] : []);
  switch (need) {
    case "ask:security-team":
      return [`Classified ${classification}`];
    case "declare:contents":
      return [`Stated by ${by}`];
    case "use:own-work-address":
      return [sender.address];
    case "use:work-address":
    case "declare:recipient-address":
      return recipients.flatMap(({ name, address }) => (address === null ? [] : [`${name}: ${address}`]));
    case "plan:authentication":
      return recipients.flatMap(({ name, authentication }) =>
        authentication === null ? [] : [`${name}: ${AUTHENTICATION_NAMES[authentication]}`],
      );
    case "plan:secret-strength":
      return secret?.strength == null ? [] : [`Rated ${secret.strength} of 4`];
    case "subject:neutral":
      return subject === null ? [] : [subject];
    case "package:encrypted":
      return facts.package === null || facts.package === "none" ? [] : [`Encrypted: ${facts.package}`];
    case "media:registered":
      return checked(media?.registered, "On the register of media");
    case "carrier:chosen":
    case "carrier:offered":
    case "carrier:tracked":
    case "carrier:signed":
      return carrier === null ? [] : [carrier];
    case "verify:fax-number":
      return checked(fax?.numberConfirmed, "The number was checked");
    case "verify:fax-machine":
      return checked(fax?.machineChecked, "The machine was checked");
    case "verify:phone-identity":
      return checked(phone?.identityConfirmed, "Who answered was confirmed");
    case "verify:identity-seen":
      return checked(handover?.identitySeen, "Identification was seen");
    default:
      return [];
  }
}

const AUTHENTICATION_NAMES: Readonly<Record<NonNullable<RecipientFacts["authentication"]>, string>> = {
  account: "signs in to an account",
  "code-and-secret": "an emailed code, and a secret",
  none: "nothing",
};

const MOST_LINES = 10;
const LONGEST = 300;

/** The same as it is recorded: as many lines of as many characters as a record holds of it. */
export function recordedFor(need: string, facts: Facts): readonly string[] {
  const lines = saidFor(need, facts, "the sender").map((line) =>
    line.length <= LONGEST ? line : `${line.slice(0, LONGEST).toWellFormed()}…`,
  );
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more.toLocaleString("en-GB")} more`] : lines;
}
