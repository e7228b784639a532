import { formatSize } from "../../../domain/size-text.ts";
import type { Settings } from "../../../policy/configuration/settings.ts";
import { isAboutPeople, type TypedAnswers } from "./typed-answers.ts";

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string };
}

const HARMS: readonly Choice[] = [
  { value: "none", text: "No harm, or next to none" },
  { value: "some", text: "Some harm, distress or loss" },
  { value: "serious", text: "Serious harm, distress or loss" },
];

const KIND_CHOICES: readonly Choice[] = [
  { value: "member", text: "A colleague in this organisation" },
  { value: "partner", text: "A partner in the same public service" },
  { value: "supplier", text: "A supplier" },
  { value: "third-party", text: "Another organisation: a third party" },
  { value: "public", text: "A member of the public" },
];

function contentChoices({ networks }: Settings): readonly Choice[] {
  return [
    {
      value: "personal",
      text: "Personal information",
      hint: { text: "Anything about a living person who can be recognised from it." },
    },
    {
      value: "special",
      text: "Special-category information",
      hint: {
        text: "Race, politics, religion, trade union, genes, biometrics, health, sex life or sexual orientation.",
      },
    },
    {
      value: "offences",
      text: "Criminal offences",
      hint: { text: "Convictions, allegations, proceedings, sentences, victims or witnesses." },
    },
    { value: "namesWithAddresses", text: "Names together with home addresses" },
    {
      value: "sensitive",
      text: "Something else that is sensitive",
      hint: { text: "Commercial, legal, security or other information that could do harm in the wrong hands." },
    },
    // SET-3: it makes a difference to CJSM alone
    ...(networks.cjsm.length > 0 ? [{ value: "criminalJustice", text: "It is for criminal justice" }] : []),
    { value: "none", text: "None of these" },
  ];
}

function sizeChoices({ email, media, post }: Settings): readonly Choice[] {
  const [link, mail, most] = [email.secureLinkAboveBytes, email.limitBytes, media.limitBytes].map(formatSize);
  return [
    { value: "small", text: `Files of up to ${link}` },
    { value: "medium", text: `Files of up to ${mail}` },
    { value: "large", text: `Files of up to ${most}` },
    { value: "huge", text: "More than that" },
    { value: "letter", text: `Paper: a letter of up to ${post.letterPages} pages` },
    { value: "papers", text: "Paper: more than that" },
  ];
}

/** What can be chosen, under the running configuration. */
export function questionChoices(settings: Settings) {
  return {
    contents: contentChoices(settings),
    sizes: sizeChoices(settings),
    kinds: KIND_CHOICES,
    harms: HARMS,
    places: [
      { value: "home", text: `At home (${homeWords(settings)})` },
      { value: "abroad", text: "In another country" },
    ],
  };
}

function homeWords({ homeCountries }: Settings): string {
  const names = new Intl.DisplayNames("en-GB", { type: "region" });
  return homeCountries.map((each) => names.of(each) ?? each).join(" or ");
}

/** What was answered, to be read again on paper. */
export function answersInWords(typed: TypedAnswers, settings: Settings) {
  const { contents, sizes, kinds, harms, places } = questionChoices(settings);
  const of = (choices: readonly Choice[], value: string) => choices.find((each) => each.value === value)?.text ?? "";
  return [
    { question: "Classification", answer: typed.classification },
    { question: "In it", answer: typed.contents.map((each) => of(contents, each)).join("; ") },
    ...(isAboutPeople(typed) ? [{ question: "About", answer: `${typed.people} people` }] : []),
    { question: "Size", answer: of(sizes, typed.size) },
    { question: "For", answer: [of(kinds, typed.kind), typed.address].filter((each) => each !== "").join(", ") },
    ...(typed.kind === "member" ? [] : [{ question: "Where", answer: of(places, typed.where) }]),
    { question: "What could happen to people", answer: of(harms, typed.individuals) },
    { question: "What could happen to the organisation", answer: of(harms, typed.organisation) },
  ];
}
