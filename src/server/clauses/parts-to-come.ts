/**
 * The parts of Waybill that clauses wait for, each with what people do meanwhile. Which clauses are not answered yet is read from the
 * product's own text, so a clause that is answered by now is looked up here no more.
 */
const GATEWAY = {
  part: "Mail gateway, which reads and sends the organisation’s email",
  meanwhile: "Waybill sees no email, so this stays with the mail system that you have.",
};
const DOMAINS = {
  part: "Checks of email domains, your own and those of partners",
  meanwhile: "Whoever runs your email checks this.",
};
const LISTS = {
  part: "Register of distribution lists",
  meanwhile: "The rules about lists apply to what a sender or program states of them; nobody’s lists are kept here.",
};
const DELEGATION = {
  part: "Delegation: somebody acts for another in what they send and receive",
  meanwhile:
    "There is none, so nobody has access to another’s items. Deputies answer what others ask, and nothing else.",
};

export interface PartToCome {
  readonly part: string;
  readonly meanwhile: string;
}

const PARTS: readonly (readonly [clauses: RegExp, part: PartToCome])[] = [
  [
    /^SDT-9$/,
    {
      part: "Reading what is in the files: counting, redacting, taking out what is hidden",
      meanwhile:
        "The sender does it before the files are added, and says that nothing is in it that is not needed (SDT-6).",
    },
  ],
  [
    /^SDT-31$/,
    {
      part: "Members of kinds: staff, technical staff, and those of service providers",
      meanwhile:
        "Everybody who sends has a work address and the same rules. Suppliers are contacts, and need an agreement.",
    },
  ],
  [
    /^SDT-32$/,
    {
      part: "Asking somebody outside for files",
      meanwhile: "Waybill sends, and does not collect from outside.",
    },
  ],
  [
    /^OXM-28$/,
    {
      part: "Templates of transfers, and requests for files",
      meanwhile: "A standing arrangement covers the agreement to what recurs; each transfer is described anew.",
    },
  ],
  [
    /^ESG-3$/,
    {
      part: "Looking at files without keeping them, where sender or rules ask it",
      meanwhile: "Files can be looked at before they are saved, and nothing keeps anybody from saving.",
    },
  ],
  [
    /^OXM-14$/,
    {
      part: "Standing shared spaces of a team",
      meanwhile:
        "Each transfer opens for exactly the people who are named, behind their account or a code and a secret.",
    },
  ],
  [/^OXM-1[678]$/, LISTS],
  [/^ESG-(?:9|1[01235])$/, DELEGATION],
  [/^(?:EAG-\d|ESG-[58]|SPG-[15])$/, DOMAINS],
  [/^(?:OXM-1[012]|ESG-(?:1|2|6|7|14)|SET-[12]|SPG-4)$/, GATEWAY],
];

/** What would answer a clause that nothing answers yet; null where nobody has said. */
export function partToCome(id: string): PartToCome | null {
  return PARTS.find(([clauses]) => clauses.test(id))?.[1] ?? null;
}
