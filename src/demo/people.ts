import type { RuleSet } from "../domain/facts.ts";
import type { Role } from "../domain/member.ts";

/** A made-up colleague of the demo organisation. */
export interface DemoPerson {
  readonly address: string;
  readonly name: string;
  readonly job: string;
  readonly phone: string;
  readonly roles: readonly Role[];
}

export const DEMO_ORGANISATION = {
  website: "www.examples.test",
  phone: "020 7946 0000",
  workDomains: ["examples.test"],
} as const;

/** What it is called, by the rules that it follows. */
export const DEMO_NAMES: Readonly<Record<RuleSet, string>> = {
  "uk-government": "Ministry of Examples",
  university: "University of Examples",
};

// Telephone numbers are of the ranges that Ofcom keeps for drama; .test is reserved by RFC 6761.
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    address: "sam.sender@examples.test",
    name: "Sam Sender",
    job: "Caseworker, sends things",
    phone: "+442079460001",
    roles: [],
  },
  {
    address: "lena.line@examples.test",
    name: "Lena Line",
    job: "Line manager",
    phone: "+442079460002",
    roles: ["line-manager"],
  },
  {
    address: "sefa.senior@examples.test",
    name: "Sefa Senior",
    job: "Senior manager",
    phone: "+442079460003",
    roles: ["senior-manager"],
  },
  {
    address: "asa.owner@examples.test",
    name: "Asa Owner",
    job: "Information asset owner",
    phone: "+442079460004",
    roles: ["information-asset-owner"],
  },
  {
    address: "priya.privacy@examples.test",
    name: "Priya Privacy",
    job: "Privacy team",
    phone: "+442079460005",
    roles: ["privacy-team"],
  },
  {
    address: "otis.operations@examples.test",
    name: "Otis Operations",
    job: "Operational security, and the post room",
    phone: "+442079460006",
    roles: ["operational-security", "post-room"],
  },
  {
    address: "ada.auditor@examples.test",
    name: "Ada Auditor",
    job: "Auditor",
    phone: "+442079460007",
    roles: ["auditor"],
  },
  {
    address: "admin@examples.test",
    name: "Alex Admin",
    job: "Administrator",
    phone: "+442079460008",
    roles: ["administrator"],
  },
];

/** The outside recipient: has no account, reads the outbox page as their mailbox. */
export const DEMO_OUTSIDER = {
  address: "clerk@chambers.test",
  name: "Robin Clerk",
  organisation: "Example Chambers",
  phone: "+441134960042",
  fax: "+441134960043",
} as const;

/** The agreement with the outside recipient's organisation. */
export const DEMO_AGREEMENT = "DSA-2026-014";
