import { ABOVE_OFFICIAL, CLASSIFICATIONS, type Classification, IMPACTS, type Impact } from "../../domain/facts.ts";
import { readWholeNumber } from "../../domain/typed-number.ts";

/** What has to be said before anything is begun, as far as it was; null is "not said". */
export interface Said {
  readonly purpose: string | null;
  readonly necessity: string | null;
  readonly recordCopy: string | null;
  readonly classification: Classification | null;
  readonly personal: boolean | null;
  readonly special: boolean | null;
  readonly offences: boolean | null;
  readonly people: number | null;
  readonly namesWithAddresses: boolean | null;
  readonly sensitive: boolean | null;
  readonly individuals: Impact | null;
  readonly organisation: Impact | null;
}

/** Something that is not said yet. */
export interface Missing {
  /** What to add to the command. */
  readonly option: string;
  /** What is asked at a terminal. */
  readonly question: string;
  /** What an answer says; null where it is not understood. */
  read(typed: string): Partial<Said> | null;
}

/** Of every rule set: the server knows which is the organisation's, and refuses the others. */
export const KNOWN: readonly Classification[] = [
  ...new Set<Classification>([...CLASSIFICATIONS["uk-government"], ...CLASSIFICATIONS.university]),
];
const MARKED: readonly Classification[] = ["OFFICIAL-SENSITIVE", "confidential", ...ABOVE_OFFICIAL];
/** Where no rule asks how many people it is about. */
const OF_A_UNIVERSITY: readonly Classification[] = ["public", "internal", "confidential"];
const MOST_PEOPLE = 10_000_000_000;

/** Whether it is sensitive, as said or by its marking alone; null where neither tells. */
export function sensitiveAsSaid({ sensitive, classification }: Said): boolean | null {
  if (sensitive !== null) return sensitive;
  return classification !== null && MARKED.includes(classification) ? true : null;
}

/** SIS-5: whether the impact has to be stated, because it could do harm; null while that is open. */
export function couldHarm(said: Said): boolean | null {
  const sensitive = sensitiveAsSaid(said);
  const { personal, classification } = said;
  if (personal === true || sensitive === true || (classification !== null && MARKED.includes(classification)))
    return true;
  return personal === false && sensitive === false && classification !== null ? false : null;
}

/** SDT-4, SIS-5, SIS-36: everything that nobody has said and nobody may presume, in the order in which it is asked. */
export function missingIn(said: Said): readonly Missing[] {
  const { purpose, necessity, recordCopy, classification, personal } = said;
  const harm = couldHarm(said);
  // What is confidential is sensitive by that alone: what else would make it so is not asked.
  const kinds = personal === true && classification !== "confidential";
  const count = personal === true && !OF_A_UNIVERSITY.some((each) => each === classification);
  const asked: readonly (readonly [boolean, Missing])[] = [
    [purpose === null, PURPOSE],
    [necessity === null, NECESSITY],
    [recordCopy === null, RECORD_COPY],
    [classification === null, CLASSIFICATION],
    [personal === null, PERSONAL],
    [kinds && said.special === null, SPECIAL],
    [kinds && said.offences === null, OFFENCES],
    [count && said.people === null, PEOPLE],
    [count && said.namesWithAddresses === null, NAMES_WITH_ADDRESSES],
    [sensitiveAsSaid(said) === null, harm ? { ...SENSITIVE, option: "--sensitive or --no-sensitive" } : SENSITIVE],
    [harm === true && said.individuals === null, INDIVIDUALS],
    [harm === true && said.organisation === null, ORGANISATION],
  ];
  return asked.flatMap(([open, missing]) => (open ? [missing] : []));
}

/** The classification that somebody typed, in any case; undefined where there is none. */
export function classificationOf(typed: string): Classification | undefined {
  return KNOWN.find((each) => each.toLowerCase() === typed.trim().toLowerCase());
}

/** A number of people as somebody typed it: 1,200 and 1 200 are what people type; undefined where it is none. */
export function countOf(typed: string): number | undefined {
  return readWholeNumber(typed, MOST_PEOPLE) ?? undefined;
}

function yesNo(option: string, question: string, say: (answer: boolean) => Partial<Said>): Missing {
  const read = (typed: string) => {
    if (/^y(?:es)?$/i.test(typed)) return say(true);
    return /^no?$/i.test(typed) ? say(false) : null;
  };
  return { option, question: `${question} [yes/no]`, read };
}

function weight(option: string, question: string, say: (impact: Impact) => Partial<Said>): Missing {
  const read = (typed: string) => {
    const impact = IMPACTS.find((each) => each === typed.toLowerCase());
    return impact === undefined ? null : say(impact);
  };
  const answers = "No harm, or next to none (none); some harm, distress or loss (some); or serious (serious):";
  return { option: `${option} ${IMPACTS.join(", ")}`, question: `${question} ${answers}`, read };
}

const PURPOSE: Missing = {
  option: '--purpose "what it is for"',
  question: "What is it for? This is on the record and is not sealed:",
  read: (purpose) => (purpose === "" ? null : { purpose }),
};
const NECESSITY: Missing = {
  option: '--necessity "why it is necessary to send this"',
  question: "Why is it necessary to send it? This is on the record and is not sealed:",
  read: (necessity) => (necessity === "" ? null : { necessity }),
};
const RECORD_COPY: Missing = {
  option: '--record-copy "where the record copy is kept"',
  question:
    "Where is the record copy kept? What is sent is destroyed here when it expires. This is on the record and is not sealed:",
  read: (recordCopy) => (recordCopy === "" ? null : { recordCopy }),
};
const CLASSIFICATION: Missing = {
  option: "--classification OFFICIAL or OFFICIAL-SENSITIVE; or public, internal or confidential",
  question:
    "Classification: OFFICIAL or OFFICIAL-SENSITIVE; at a university public, internal or confidential. If it carries a marking, type that one:",
  read: (typed) => {
    const classification = classificationOf(typed);
    return classification === undefined ? null : { classification };
  },
};
const PERSONAL = yesNo(
  "--no-personal; or --personal, with --special or --no-special, --offences or --no-offences, --people N, --names-with-addresses or --no-names-with-addresses, --impact-individuals I and --impact-organisation I",
  "Is there personal information in it: anything about a living person who can be recognised from it?",
  (personal) => ({ personal }),
);
const SPECIAL = yesNo(
  "--special or --no-special",
  "Is any of it special-category information: about race or ethnic origin, politics, religion or belief, trade union membership, genes, biometrics, health, sex life or sexual orientation?",
  (special) => ({ special }),
);
const OFFENCES = yesNo(
  "--offences or --no-offences",
  "Is any of it about criminal offences: convictions, allegations, proceedings, sentences, and victims or witnesses of them?",
  (offences) => ({ offences }),
);
const PEOPLE: Missing = {
  option: "--people N",
  question: "How many people is it about: everybody who can be recognised from it? An estimate will do:",
  read: (typed) => {
    const people = countOf(typed);
    return people === undefined ? null : { people };
  },
};
const NAMES_WITH_ADDRESSES = yesNo(
  "--names-with-addresses or --no-names-with-addresses",
  "Do names stand together with home addresses of the people that it is about?",
  (namesWithAddresses) => ({ namesWithAddresses }),
);
const SENSITIVE = yesNo(
  "--no-sensitive; or --sensitive, with --impact-individuals I and --impact-organisation I",
  "Is it sensitive in any other way: commercial, legal, security or other information that could do harm in the wrong hands?",
  (sensitive) => ({ sensitive }),
);
const INDIVIDUALS = weight(
  "--impact-individuals",
  "If it reached the wrong person, what could happen to people?",
  (individuals) => ({ individuals }),
);
const ORGANISATION = weight("--impact-organisation", "And what could happen to your organisation?", (organisation) => ({
  organisation,
}));
