import type { Method, RuleSet } from "../../domain/facts.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Situation } from "../reduce/context.ts";

/** One thing about a transfer that moves methods up or down, and the clause that says so; none where that is our own weighing. */
export interface Factor {
  readonly clauses: Readonly<Record<RuleSet, readonly string[]>>;
  /** How far it is a reading of these clauses, in a set whose clauses do not say it word for word. */
  readonly reading?: Readonly<Partial<Record<RuleSet, string>>>;
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

/** What a university's documents do not speak of: trusted networks (SIS-1), hard copy (SIS-2), volumes (SIS-6), sizes (SDT2-1). It is weighed all the same. */
const OWN: readonly string[] = [];
const weighed = { "uk-government": ["SDT-8"], university: ["OXM-19"] } as const;
/** OXM-19 speaks of private information, and not of how much of it there is, nor of what its loss would do. */
const asPrivate = (what: string) => ({ university: `${what} counts here as more private` });

/** SDT-8: what choosing a method weighs, and how each counts. */
export const FACTORS: readonly Factor[] = [
  {
    clauses: { "uk-government": ["SIS-1"], university: OWN },
    up: "Both ends are on a trusted network, which speaks for this.",
    holds: ({ trust }) => trust === "stays",
    points: { email: 45 },
  },
  {
    clauses: { "uk-government": ["SIS-2"], university: OWN },
    down: "It leaves the trusted networks, which speaks against this.",
    holds: ({ trust }) => trust === "leaves",
    points: { email: -20 },
  },
  {
    clauses: { "uk-government": ["SIS-2"], university: OWN },
    down: "To which address it goes is not said, so it is weighed as if it left the trusted networks.",
    holds: ({ trust }) => trust === "unknown",
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
    clauses: { "uk-government": ["SIS-2"], university: OWN },
    up: "It is sensitive and leaves the trusted networks, so that hard copy may be safer.",
    holds: ({ contents, trust }) => contents.sensitive && trust === "leaves",
    points: { post: 5, "hand-delivery": 8 },
  },
  {
    clauses: { "uk-government": ["SIS-2", "SIS-4"], university: ["OXM-19"] },
    reading: asPrivate("What is about many people"),
    down: "It is about many people, which speaks against this.",
    holds: ({ people }) => people.bulk,
    points: { email: -30, cjsm: -20, post: -10, telephone: -20 },
  },
  {
    clauses: { "uk-government": ["SDT2-1"], university: OWN },
    down: "Files of this size go by secure link.",
    holds: ({ facts }, { email }) => facts.bytes !== null && facts.bytes > email.secureLinkAboveBytes,
    points: { email: -30, cjsm: -15, telephone: -10 },
  },
  {
    clauses: { "uk-government": ["SDT2-1"], university: OWN },
    down: "How large it is is not known yet, so it is weighed as if it were large.",
    // A call has no size.
    holds: ({ facts }) => facts.bytes === null,
    points: { email: -30, cjsm: -15 },
  },
  {
    clauses: weighed,
    reading: asPrivate("What would do serious harm"),
    down: "A loss would do serious harm, which speaks against this.",
    holds: ({ facts }) => facts.impact?.individuals === "serious" || facts.impact?.organisation === "serious",
    points: { email: -10, post: -5, telephone: -5 },
  },
  {
    clauses: { "uk-government": ["SIS-6"], university: OWN },
    down: "It is a volume of papers, which speaks against this.",
    holds: ({ facts }, { post }) => facts.pages !== null && facts.pages > post.letterPages,
    points: { post: -5, telephone: -10 },
  },
];
