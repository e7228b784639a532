/** What a sender states of personal data that leaves the organisation: ids of the lists below or of the configuration's; empty: none. */
export interface StatedBasis {
  readonly basis: string;
  /** The condition for special-category data, or for sensitive processing for law enforcement. */
  readonly special: string;
  /** The condition for criminal-offence data. */
  readonly offences: string;
}

/** One lawful basis. `lawEnforcement`: of Part 3 of the Data Protection Act 2018, for competent authorities. */
export interface LawfulBasis {
  readonly id: string;
  readonly name: string;
  readonly lawEnforcement: boolean;
}

/** One condition, and for which kinds of data it serves. */
export interface ProcessingCondition {
  readonly id: string;
  readonly name: string;
  readonly serves: readonly ConditionKind[];
}
export const CONDITION_KINDS = ["special", "offences", "law-enforcement"] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

/** Lawful bases on which an organisation keeps the record itself (UK GDPR Article 6(1)). */
export const RECORD_GROUNDS = ["public-task", "legal-obligation", "legitimate-interests"] as const;
export type RecordGround = (typeof RECORD_GROUNDS)[number];

export interface LawfulLists {
  readonly bases: readonly LawfulBasis[];
  readonly conditions: readonly ProcessingCondition[];
}

const article6 = (id: string, letter: string, name: string): LawfulBasis => ({
  ...{ id, name: `${name} (UK GDPR Article 6(1)(${letter}))`, lawEnforcement: false },
});
const part3 = (id: string, name: string): LawfulBasis => ({ id, name, lawEnforcement: true });

const article9 = (id: string, letter: string, name: string): ProcessingCondition => ({
  ...{ id, name: `${name} (UK GDPR Article 9(2)(${letter}))`, serves: ["special"] },
});
const schedule1 = (paragraph: number, name: string, serves: readonly ConditionKind[]): ProcessingCondition => ({
  ...{
    id: `sch1-${paragraph}`,
    name: `${name} (Data Protection Act 2018, Schedule 1, paragraph ${paragraph})`,
    serves,
  },
});
const schedule8 = (paragraph: number, name: string): ProcessingCondition => ({
  id: `sch8-${paragraph}`,
  name: `${name} (Data Protection Act 2018, Schedule 8, paragraph ${paragraph})`,
  serves: ["law-enforcement"],
});

/** Part 2 of Schedule 1: substantial public interest. They serve criminal-offence data too (paragraph 36). */
const SUBSTANTIAL_PUBLIC_INTEREST: readonly (readonly [paragraph: number, name: string])[] = [
  [6, "Statutory and government purposes"],
  [7, "Administration of justice and parliamentary purposes"],
  [8, "Equality of opportunity or treatment"],
  [9, "Racial and ethnic diversity at senior levels of organisations"],
  [10, "Preventing or detecting unlawful acts"],
  [11, "Protecting the public against dishonesty"],
  [12, "Regulatory requirements relating to unlawful acts and dishonesty"],
  [13, "Journalism in connection with unlawful acts and dishonesty"],
  [14, "Preventing fraud"],
  [15, "Suspicion of terrorist financing or money laundering"],
  [16, "Support for individuals with a particular disability or medical condition"],
  [17, "Counselling"],
  [18, "Safeguarding of children and of individuals at risk"],
  [19, "Safeguarding of economic well-being of certain individuals"],
  [20, "Insurance"],
  [21, "Occupational pensions"],
  [22, "Political parties"],
  [23, "Elected representatives responding to requests"],
  [24, "Disclosure to elected representatives"],
  [25, "Informing elected representatives about prisoners"],
  [26, "Publication of legal judgments"],
  [27, "Anti-doping in sport"],
  [28, "Standards of behaviour in sport"],
];

/**
 * The bases and conditions that the law names, shipped as facts: UK GDPR Articles 6, 9 and 10, and Schedules 1 and 8 and Part 3 of the Data
 * Protection Act 2018. A configuration may put its own lists in their place.
 */
export const SHIPPED_LISTS: LawfulLists = {
  bases: [
    article6("public-task", "e", "Public task"),
    article6("legal-obligation", "c", "Legal obligation"),
    article6("contract", "b", "Contract"),
    article6("legitimate-interests", "f", "Legitimate interests"),
    article6("vital-interests", "d", "Vital interests"),
    article6("consent", "a", "Consent"),
    part3(
      "law-enforcement-task",
      "Law enforcement: task of a competent authority (Data Protection Act 2018, section 35(2)(b))",
    ),
    part3("law-enforcement-consent", "Law enforcement: consent (Data Protection Act 2018, section 35(2)(a))"),
  ],
  conditions: [
    article9("explicit-consent", "a", "Explicit consent"),
    article9("vital-interests", "c", "Vital interests"),
    article9("not-for-profit", "d", "Not-for-profit bodies"),
    article9("made-public", "e", "Made public by the person"),
    article9("legal-claims", "f", "Legal claims or judicial acts"),
    schedule1(1, "Employment, social security and social protection; UK GDPR Article 9(2)(b)", ["special", "offences"]),
    schedule1(2, "Health or social care; UK GDPR Article 9(2)(h)", ["special", "offences"]),
    schedule1(3, "Public health; UK GDPR Article 9(2)(i)", ["special", "offences"]),
    schedule1(4, "Archiving, research and statistics; UK GDPR Article 9(2)(j)", ["special", "offences"]),
    ...SUBSTANTIAL_PUBLIC_INTEREST.map(([paragraph, name]) => schedule1(paragraph, name, ["special", "offences"])),
    {
      id: "official-authority",
      name: "Under the control of official authority (UK GDPR Article 10)",
      serves: ["offences"],
    },
    schedule1(29, "Consent", ["offences"]),
    schedule1(30, "Protecting individual’s vital interests", ["offences"]),
    schedule1(31, "Processing by not-for-profit bodies", ["offences"]),
    schedule1(32, "Personal data in the public domain", ["offences"]),
    schedule1(33, "Legal claims", ["offences"]),
    schedule1(34, "Judicial acts", ["offences"]),
    schedule1(35, "Administration of accounts used in commission of indecency offences involving children", [
      "offences",
    ]),
    schedule1(37, "Extension of certain conditions for insurance", ["offences"]),
    {
      id: "law-enforcement-consent",
      name: "Consent (Data Protection Act 2018, section 35(4))",
      serves: ["law-enforcement"],
    },
    schedule8(1, "Statutory purposes"),
    schedule8(2, "Administration of justice"),
    schedule8(3, "Protecting individual’s vital interests"),
    schedule8(4, "Safeguarding of children and of individuals at risk"),
    schedule8(5, "Personal data already in the public domain"),
    schedule8(6, "Legal claims"),
    schedule8(7, "Judicial acts"),
    schedule8(8, "Preventing fraud"),
    schedule8(9, "Archiving"),
  ],
};

/** What is in the data, as far as a condition depends on it. */
export interface Contents {
  readonly special: boolean | null;
  readonly offences: boolean | null;
}

/** Which conditions the lists have for the special-category part and for the criminal-offence part of such data under a basis; empty: none is needed. */
export function conditionsFor(
  { bases, conditions }: LawfulLists,
  basis: string,
  { special, offences }: Contents,
): { readonly special: readonly ProcessingCondition[]; readonly offences: readonly ProcessingCondition[] } {
  const enforcement = bases.find(({ id }) => id === basis)?.lawEnforcement === true;
  const serving = (kind: ConditionKind) => conditions.filter(({ serves }) => serves.includes(kind));
  return {
    special: special === true ? serving(enforcement ? "law-enforcement" : "special") : [],
    offences: offences === true && !enforcement ? serving("offences") : [],
  };
}

/** What is missing or wrong in a stated basis, by member; none where it will do. */
export function basisErrors(
  lists: LawfulLists,
  stated: StatedBasis | null,
  contents: Contents,
): Readonly<Partial<Record<keyof StatedBasis, string>>> {
  const { basis, special, offences } = stated ?? { basis: "", special: "", offences: "" };
  if (!lists.bases.some(({ id }) => id === basis))
    return { basis: "Choose the lawful basis for sending personal information outside" };
  const needed = conditionsFor(lists, basis, contents);
  const lacks = (choices: readonly ProcessingCondition[], chosen: string) =>
    choices.length === 0 ? chosen !== "" : !choices.some(({ id }) => id === chosen);
  return {
    ...(lacks(needed.special, special) && {
      special:
        needed.special.length === 0
          ? "No condition for special-category information is needed"
          : "Choose the condition for special-category information",
    }),
    ...(lacks(needed.offences, offences) && {
      offences:
        needed.offences.length === 0
          ? "No condition for criminal offences is needed"
          : "Choose the condition for information about criminal offences",
    }),
  };
}

/** A condition's name where it serves one kind of data: Article 9 is about special categories alone, and is not named beside offences. */
export function conditionName({ name }: ProcessingCondition, kind: ConditionKind): string {
  return kind === "offences" ? name.replace(/; UK GDPR Article 9\(2\)\([a-j]\)/, "") : name;
}

/** A stated basis in words, each on a line; an id that the lists do not have (any more) stands as it is. */
export function basisText({ bases, conditions }: LawfulLists, { basis, special, offences }: StatedBasis): string {
  const named = (list: readonly { readonly id: string; readonly name: string }[], id: string) =>
    list.find((each) => each.id === id)?.name ?? id;
  return [
    named(bases, basis),
    ...(special === "" ? [] : [`Special categories: ${named(conditions, special)}`]),
    ...(offences === ""
      ? []
      : [
          `Criminal offences: ${conditionName({ id: offences, name: named(conditions, offences), serves: ["offences"] }, "offences")}`,
        ]),
  ].join("\n");
}
