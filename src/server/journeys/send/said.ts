import type { Facts, RecipientFacts, SecretChannel } from "../../../domain/facts.ts";
import { ROLES } from "../../../domain/roles.ts";
import { formatSize } from "../../../domain/size-text.ts";
import { roleOf } from "../../approvals/ask-approvals.ts";

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
      return othersText(need);
  }
}

function impactText({ impact }: Facts): readonly string[] {
  if (!impact?.individuals || !impact.organisation) return [];
  return [`To people: ${HARM[impact.individuals]}`, `To the organisation: ${HARM[impact.organisation]}`];
}

function agreementText({ agreement }: Facts): readonly string[] {
  if (agreement === null) return [];
  return ["none" in agreement ? `There is none: ${agreement.none}` : agreement.reference];
}

function othersText(need: string): readonly string[] {
  if (need.startsWith("approval:")) return [`${ROLES[roleOf(need)]}: agreed in advance, by a standing arrangement`];
  return need.startsWith("advice:") ? ["Asked, and on the record"] : [];
}
