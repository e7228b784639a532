import type { Need } from "../../domain/assessment.ts";
import type { Facts, Method, RecipientFacts } from "../../domain/facts.ts";
import { rulesOn } from "../../policy/assess.ts";
import type { Policy } from "../../policy/policy.ts";
import { reduceFacts } from "../../policy/reduce/context.ts";
import { asHolds } from "../approvals/counting.ts";
import { arrangedApprovals } from "./arrangements.ts";

/** One condition that policy puts to a transfer by its method, met or not. */
export interface Condition extends Need {
  readonly met: boolean;
}

export interface Conditions {
  /** In the order of the rules: those unmet are exactly the needs of the assessment. */
  readonly needs: readonly Condition[];
  /** What is advised, and not a condition. */
  readonly advice: readonly Need[];
}

const everybody = (change: Partial<RecipientFacts>) => (facts: Facts) => ({
  ...facts,
  recipients: facts.recipients.map((each) => ({ ...each, ...change })),
});

/** Each fact that can meet a need, taken away. A need that appears then was met by it. */
const WITHOUT: readonly (readonly [needs: readonly string[], take: (facts: Facts) => Facts])[] = [
  [["declare:purpose"], (facts) => ({ ...facts, purpose: null })],
  [["declare:necessity"], (facts) => ({ ...facts, necessity: null })],
  [["declare:impact"], (facts) => ({ ...facts, impact: null })],
  [["declare:minimised"], (facts) => ({ ...facts, minimised: null })],
  [["declare:people"], (facts) => ({ ...facts, people: null })],
  [["declare:bytes"], (facts) => ({ ...facts, bytes: null })],
  [["agreement:current"], (facts) => ({ ...facts, agreement: null })],
  [["declare:destination-storage"], (facts) => ({ ...facts, destinationStorage: null })],
  [["plan:secret-channel"], (facts) => ({ ...facts, secret: facts.secret && { ...facts.secret, channel: null } })],
  [
    ["verify:secret-number"],
    (facts) => ({ ...facts, secret: facts.secret && { ...facts.secret, numberVerified: null } }),
  ],
  [["advice:"], (facts) => ({ ...facts, advice: null })],
  [["reason:"], (facts) => ({ ...facts, reasons: null })],
  [["carrier:"], (facts) => ({ ...facts, carrier: null })],
  [["media:"], (facts) => ({ ...facts, media: null })],
  [["package:", "media:encrypted"], (facts) => ({ ...facts, package: null })],
  [["declare:identity-documents"], (facts) => ({ ...facts, identityDocuments: null })],
  [["declare:criminal-justice"], (facts) => ({ ...facts, criminalJustice: null })],
  [["declare:device"], (facts) => ({ ...facts, sender: { ...facts.sender, device: null } })],
  [
    ["declare:fax-risk-assessment", "verify:fax-machine", "verify:fax-number", "declare:fax-recipient-attending"],
    (facts) => ({ ...facts, fax: null }),
  ],
  [["envelope:"], (facts) => ({ ...facts, envelope: null })],
  [["verify:phone-identity", "declare:phone-minimum"], (facts) => ({ ...facts, phone: null })],
  [["verify:identity-seen"], (facts) => ({ ...facts, handover: null })],
  [["approval:"], (facts) => ({ ...facts, approvals: null, arrangement: null })],
  [["declare:recipient-kind"], everybody({ kind: null })],
  [["declare:country"], everybody({ country: null })],
  [["verify:recipient"], everybody({ verified: null })],
  [["declare:legitimate-need"], everybody({ legitimateNeed: null })],
  [["declare:recipient-expecting"], everybody({ expecting: null })],
];

/** Every condition that policy puts to these facts by a method, with whether it is met. @param now agreements and arrangements end */
export function conditionsOf(policy: Policy, facts: Facts, now: Date, method: Method = "secure-link"): Conditions {
  const unmet = decide(policy, facts, now, method);
  const open = new Set([...unmet.needs, ...unmet.advice].map(({ rule }) => rule));
  const met = new Map<string, Need>();
  for (const [needs, take] of WITHOUT) {
    for (const need of decide(policy, take(facts), now, method).needs) {
      if (!open.has(need.rule) && needs.some((each) => need.need.startsWith(each))) met.set(need.rule, need);
    }
  }
  const all = [
    ...unmet.needs.map((need): Condition => ({ ...need, met: false })),
    ...[...met.values()].map((need): Condition => ({ ...need, met: true })),
  ];
  const place = ({ rule }: Need) => policy.rules.findIndex(({ id }) => id === rule);
  return { needs: all.toSorted((a, b) => place(a) - place(b)), advice: unmet.advice };
}

function decide(
  policy: Policy,
  facts: Facts,
  now: Date,
  method: Method = "secure-link",
): { needs: readonly Need[]; advice: readonly Need[] } {
  const given = [...(facts.approvals ?? []), ...arrangedApprovals(facts.arrangement ?? [])];
  const { settings, rules } = policy;
  const situation = reduceFacts(facts, { settings, holds: asHolds(given), trustStatedNetworks: false, now });
  const { needs, advice } = rulesOn(policy, situation, method, undefined);
  const needOf = (rule: string) => rules.find(({ id }) => id === rule)?.need ?? "";
  return { needs, advice: advice.map((each) => ({ ...each, need: needOf(each.rule) })) };
}

/** Which of the statements about recipients some rule asks for, given what is in it (SDT-7, SIS-13). */
export function askedOfRecipients(
  policy: Policy,
  facts: Facts,
  now: Date,
): { readonly expecting: boolean; readonly legitimateNeed: boolean } {
  const { needs, advice } = decide(policy, everybody({ expecting: null, legitimateNeed: null })(facts), now);
  const asks = (need: string) => [...needs, ...advice].some((each) => each.need === need);
  return { expecting: asks("declare:recipient-expecting"), legitimateNeed: asks("declare:legitimate-need") };
}

const UNKNOWN: RecipientFacts = {
  name: "",
  address: null,
  kind: null,
  organisation: null,
  country: null,
  network: null,
  verified: null,
  authentication: null,
  expecting: null,
  legitimateNeed: null,
  shared: null,
  list: null,
};

/** What policy refuses for this classification alone, whatever else is stated (SIS-36): whom to ask instead. */
export function refusedOutright(
  policy: Policy,
  { classification, sender }: Pick<Facts, "classification" | "sender">,
  now: Date,
): readonly Need[] {
  const facts = { ...NOTHING, classification, sender, recipients: [UNKNOWN] };
  return decide(policy, facts, now).needs.filter(({ need }) => need.startsWith("ask:"));
}

const NOTHING: Omit<Facts, "classification" | "sender" | "recipients"> = {
  ...{ purpose: null, necessity: null, personal: null, special: null, offences: null, sensitive: null },
  ...{ namesWithAddresses: null, people: null, bytes: null, pages: null, identityDocuments: null, impact: null },
  ...{ criminalJustice: null, minimised: null, network: null, agreement: null, destinationStorage: null },
  ...{ secret: null, package: null, subject: null, approvals: null, arrangement: null, reasons: null },
  ...{ advice: null, media: null, carrier: null, envelope: null, fax: null, phone: null, handover: null },
};
