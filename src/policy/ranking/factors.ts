import type { Method, RuleSet } from "../../domain/facts.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Situation } from "../reduce/context.ts";

/** One thing about a transfer that moves methods up or down, and the clause that says so. */
export interface Factor {
  readonly clauses: Readonly<Record<RuleSet, readonly string[]>>;
  /** Said as advice with a method that it moved down, or up. */
  readonly down?: string;
  readonly up?: string;
  holds(situation: Situation, settings: Settings): boolean;
  readonly points: Readonly<Partial<Record<Method, number>>>;
}

/** Points from which each method starts. Media and fax are last whatever the facts are (SDT-18, SIS-16, OXM-13). */
export const START: Readonly<Record<Method, number>> = {
  "secure-link": 100,
  "shared-space": 75,
  email: 60,
  cjsm: 50,
  post: 45,
  "hand-delivery": 40,
  telephone: 25,
  "removable-media": -1000,
  fax: -2000,
};

/** SIS-1: both ends on a trusted network; for an organisation without one, both in its own domains. */
export function betweenTrustedEnds({ senderNetwork, profiles, facts }: Situation): boolean {
  const networks = senderNetwork !== "none" && profiles.every(({ recipientNetwork }) => recipientNetwork !== "none");
  return networks || facts.recipients.every(({ kind }) => kind === "member");
}

/** Whether somebody's address is not said, so that what network they are on is not known. */
function withoutAddress({ profiles, facts }: Situation): boolean {
  return profiles.some((each) => !each.recipientAddressGiven) && facts.recipients.some(({ kind }) => kind !== "member");
}

/** Known to leave the trusted networks, or the organisation's own domains. */
function leavesTrusted(situation: Situation): boolean {
  return !betweenTrustedEnds(situation) && !withoutAddress(situation);
}

const weighed = { "uk-government": ["SDT-8"], university: ["OXM-19"] } as const;

/** SDT-8: what choosing a method weighs, and how each counts. */
export const FACTORS: readonly Factor[] = [
  {
    clauses: { "uk-government": ["SIS-1"], university: ["OXM-5"] },
    up: "Both ends are on a trusted network, which speaks for this.",
    holds: betweenTrustedEnds,
    points: { email: 45 },
  },
  {
    clauses: { "uk-government": ["SIS-2"], university: ["OXM-5"] },
    down: "It leaves the trusted networks, which speaks against this.",
    holds: leavesTrusted,
    points: { email: -20 },
  },
  {
    clauses: { "uk-government": ["SIS-2"], university: ["OXM-5"] },
    down: "To which address it goes is not said, so it is weighed as if it left the trusted networks.",
    holds: (situation) => !betweenTrustedEnds(situation) && withoutAddress(situation),
    points: { email: -20 },
  },
  {
    clauses: { "uk-government": ["SET-3"], university: ["SET-3"] },
    up: "It is for criminal justice and the recipient is on CJSM, which speaks for this.",
    holds: ({ facts, profiles }) =>
      facts.criminalJustice === true && profiles.every(({ recipientNetwork }) => recipientNetwork === "cjsm"),
    points: { cjsm: 35 },
  },
  {
    clauses: weighed,
    down: "It is personal, which speaks against this.",
    holds: ({ contents }) => contents.personal,
    points: { email: -10, telephone: -5 },
  },
  {
    clauses: weighed,
    down: "It is sensitive, which speaks against this.",
    holds: ({ contents }) => contents.sensitive,
    points: { email: -30, telephone: -10 },
  },
  {
    clauses: { "uk-government": ["SIS-2"], university: ["OXM-19"] },
    up: "It is sensitive and leaves the trusted networks, so that hard copy may be safer.",
    holds: (situation) => situation.contents.sensitive && leavesTrusted(situation),
    points: { post: 5, "hand-delivery": 8 },
  },
  {
    clauses: { "uk-government": ["SIS-2", "SIS-4"], university: ["OXM-19"] },
    down: "It is about many people, which speaks against this.",
    holds: ({ people }) => people.bulk,
    points: { email: -30, cjsm: -20, post: -10, telephone: -20 },
  },
  {
    clauses: { "uk-government": ["SDT2-1"], university: ["OXM-14"] },
    down: "Files of this size go by secure link.",
    holds: ({ facts }, { email }) => facts.bytes !== null && facts.bytes > email.secureLinkAboveBytes,
    points: { email: -30, cjsm: -15, telephone: -10 },
  },
  {
    clauses: { "uk-government": ["SDT2-1"], university: ["OXM-14"] },
    down: "How large it is is not known yet, so it is weighed as if it were large.",
    holds: ({ facts }) => facts.bytes === null,
    points: { email: -30, cjsm: -15, telephone: -10 },
  },
  {
    clauses: weighed,
    down: "A loss would do serious harm, which speaks against this.",
    holds: ({ facts }) => facts.impact?.individuals === "serious" || facts.impact?.organisation === "serious",
    points: { email: -10, post: -5, telephone: -5 },
  },
  {
    clauses: { "uk-government": ["SIS-6"], university: ["OXM-19"] },
    down: "It is a volume of papers, which speaks against this.",
    holds: ({ facts }, { post }) => facts.pages !== null && facts.pages > post.letterPages,
    points: { post: -5, telephone: -10 },
  },
];
