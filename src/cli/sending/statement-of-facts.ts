import { IMPACTS, type Impact, SECRET_CHANNELS } from "../../domain/facts.ts";
import type { StatedFacts } from "../../domain/transfer.ts";
import { CliError } from "../error.ts";
import type { FileFacts } from "./fact-file.ts";
import type { FactOptions } from "./fact-options.ts";
import { classificationOf, couldHarm, countOf, KNOWN, missingIn, type Said, sensitiveAsSaid } from "./missing-facts.ts";

/** How the rest of the command stands. */
interface Rest {
  /** What else is missing in it, as options to add: then nothing is asked. */
  readonly missing: readonly string[];
  /** Asks for what was not said; null where nobody is asked. */
  readonly ask: ((said: Said) => Promise<Said>) | null;
}

/**
 * What the sender states (SDT-4, SIS-5): nothing that they did not say, in options, in a file or when asked.
 * @throws CliError `usage` with everything that is missing or wrong at once
 */
export async function statedFacts(options: FactOptions, file: FileFacts, rest: Rest): Promise<StatedFacts> {
  const wrong: string[] = [...rest.missing];
  const typed = saidIn(options, file, wrong);
  const facts = {
    criminalJustice: file.criminalJustice,
    minimised: options.minimised === true ? true : file.minimised,
    agreement: agreementOf(options, wrong) ?? file.agreement,
    destinationStorage: options.destination?.trim() || file.destinationStorage,
    lawfulBasis: basisOf(options, file, wrong),
    secretChannel: channelOf(options["secret-channel"], wrong) ?? file.secretChannel,
  };
  const askable = wrong.length === 0 && contradictionsIn(typed).length === 0;
  const said = askable && rest.ask ? await rest.ask(typed) : typed;
  wrong.push(...contradictionsIn(said), ...missingIn(said).map(({ option }) => option));
  const { purpose, necessity, recordCopy, classification, personal, special, offences } = said;
  const { people, namesWithAddresses } = said;
  const sensitive = sensitiveAsSaid(said);
  const complete = purpose !== null && necessity !== null && recordCopy !== null && classification !== null;
  if (wrong.length > 0 || !complete || personal === null || sensitive === null) {
    const lines = [...new Set(wrong)].map((each) => `  ${each}`).join("\n");
    const message = `Nothing was sent. Say too:\n${lines}\n"waybill help send" explains them.`;
    throw new CliError({ code: "usage", message });
  }
  // SIS-5: there is nothing to weigh where it could do no harm; everywhere else both were said.
  const impact = { individuals: said.individuals ?? "none", organisation: said.organisation ?? "none" };
  const information = { personal, sensitive, special, offences, people, namesWithAddresses, impact };
  return { purpose, necessity, recordCopy, classification, ...information, ...facts };
}

/** The server knows which ids there are, and refuses the others. */
function basisOf(options: FactOptions, file: FileFacts, wrong: string[]): StatedFacts["lawfulBasis"] {
  const basis = options["lawful-basis"]?.trim() || file.lawfulBasis?.basis || "";
  const special = options["special-condition"]?.trim() || file.lawfulBasis?.special || "";
  const offences = options["offences-condition"]?.trim() || file.lawfulBasis?.offences || "";
  if (basis === "" && special + offences !== "") wrong.push("--lawful-basis ID with a condition");
  return basis === "" ? null : { basis, special, offences };
}

/** An option counts before the file. */
function saidIn(options: FactOptions, file: FileFacts, wrong: string[]): Said {
  const answer = (yes: keyof FactOptions, no: keyof FactOptions, said: boolean | null) => {
    if (options[yes] === true && options[no] === true) wrong.push(`either --${yes} or --${no}`);
    return options[yes] === true ? true : options[no] === true ? false : said;
  };
  const known = <T>(name: keyof FactOptions, read: (typed: string) => T | undefined, what: string, said: T | null) => {
    const typed = options[name];
    if (typeof typed !== "string") return said;
    const value = read(typed);
    if (value === undefined) wrong.push(`--${name} ${what}`);
    return value ?? said;
  };
  const weight = (typed: string): Impact | undefined => IMPACTS.find((each) => each === typed);
  const weights = IMPACTS.join(", ");
  const { impact } = file;
  return {
    purpose: options.purpose?.trim() || file.purpose,
    necessity: options.necessity?.trim() || file.necessity,
    recordCopy: options["record-copy"]?.trim() || file.recordCopy,
    classification: known("classification", classificationOf, KNOWN.join(" or "), file.classification),
    personal: answer("personal", "no-personal", file.personal),
    special: answer("special", "no-special", file.special),
    offences: answer("offences", "no-offences", file.offences),
    people: known("people", countOf, "as a whole number", file.people),
    namesWithAddresses: answer("names-with-addresses", "no-names-with-addresses", file.namesWithAddresses),
    sensitive: answer("sensitive", "no-sensitive", file.sensitive),
    individuals: known("impact-individuals", weight, weights, impact?.individuals ?? null),
    organisation: known("impact-organisation", weight, weights, impact?.organisation ?? null),
  };
}

/** What cannot be said together. */
function contradictionsIn(said: Said): readonly string[] {
  const { personal, special, offences, individuals, organisation } = said;
  const harmless = couldHarm(said) === false;
  return [
    ...(personal === false && special === true ? ["no --special without --personal"] : []),
    ...(personal === false && offences === true ? ["no --offences without --personal"] : []),
    ...(harmless && individuals !== null ? [harmlessly("impact-individuals")] : []),
    ...(harmless && organisation !== null ? [harmlessly("impact-organisation")] : []),
  ];
}

function harmlessly(option: string): string {
  return `no --${option} without --personal, --sensitive or a marking`;
}

function agreementOf(options: FactOptions, wrong: string[]): StatedFacts["agreement"] {
  const reference = options.agreement?.trim() ?? "";
  const none = options["no-agreement"]?.trim() ?? "";
  if (reference !== "" && none !== "") wrong.push("either --agreement or --no-agreement");
  if (reference !== "") return { reference };
  return none === "" ? null : { none };
}

function channelOf(typed: string | undefined, wrong: string[]): StatedFacts["secretChannel"] {
  if (typed === undefined) return null;
  const channel = SECRET_CHANNELS.find((each) => each === typed && each !== "email");
  if (channel !== undefined) return channel;
  wrong.push(`--secret-channel ${SECRET_CHANNELS.filter((each) => each !== "email").join(", ")}`);
  return null;
}
