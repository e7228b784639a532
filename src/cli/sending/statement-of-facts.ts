import { IMPACTS, SECRET_CHANNELS } from "../../domain/facts.ts";
import type { StatedFacts } from "../../domain/transfer.ts";
import { CliError } from "../error.ts";
import { type FileFacts, KNOWN } from "./fact-file.ts";

/** The options with which facts are stated; what is left out is not stated, and the server says what it needs. */
export const FACT_OPTIONS = {
  purpose: { type: "string" },
  necessity: { type: "string" },
  classification: { type: "string" },
  personal: { type: "boolean" },
  sensitive: { type: "boolean" },
  special: { type: "boolean" },
  "no-special": { type: "boolean" },
  offences: { type: "boolean" },
  "no-offences": { type: "boolean" },
  people: { type: "string" },
  "names-with-addresses": { type: "boolean" },
  "no-names-with-addresses": { type: "boolean" },
  minimised: { type: "boolean" },
  "impact-individuals": { type: "string" },
  "impact-organisation": { type: "string" },
  agreement: { type: "string" },
  "no-agreement": { type: "string" },
  destination: { type: "string" },
  "secret-channel": { type: "string" },
} as const;

type OptionType<T> = T extends { readonly type: "boolean" } ? boolean : string;
/** The facts as options say them. */
export type FactOptions = {
  readonly [K in keyof typeof FACT_OPTIONS]?: OptionType<(typeof FACT_OPTIONS)[K]> | undefined;
};

export const FACT_HELP = `      --purpose TEXT         what it is for
      --necessity TEXT       why it is necessary to send this
      --classification C     OFFICIAL (unless said) or OFFICIAL-SENSITIVE; or public, internal, confidential
      --personal             there is personal information in it
      --special, --no-special
                             with --personal: whether any is special-category information
      --offences, --no-offences
                             with --personal: whether any is about criminal offences
      --people N             about how many people it is, as you declare it
      --names-with-addresses, --no-names-with-addresses
                             whether names stand together with addresses
      --sensitive            it is sensitive in another way
      --minimised            nothing is in it that they do not need for that
      --impact-individuals I, --impact-organisation I
                             none, some or serious: what could happen if it reached the wrong person; where it is
                             personal or sensitive
      --need TEXT            why they may have it; otherwise as it stands under Contacts
      --expecting            they know that it is coming
      --agreement REF        the data sharing agreement of the register that covers it
      --no-agreement WHY     why there is none
      --destination TEXT     how it will be stored where it goes
      --secret-channel C     how you will tell the six words: ${SECRET_CHANNELS.filter((each) => each !== "email").join(", ")}
      --facts FILE           these facts as JSON, members as in the API; an option counts before it
`;

const MOST_PEOPLE = 10_000_000_000;

/** What the sender states (SDT-4, SIS-5), or everything that is missing or wrong in it at once. @throws CliError `usage` */
export function statedFacts(options: FactOptions, file: FileFacts): StatedFacts {
  const wrong: string[] = [];
  const purpose = options.purpose?.trim() || file.purpose || "";
  const necessity = options.necessity?.trim() || file.necessity || "";
  if (purpose === "") wrong.push('--purpose "what it is for"');
  if (necessity === "") wrong.push('--necessity "why it is necessary to send this"');
  const typed = (options.classification ?? file.classification ?? "OFFICIAL").toLowerCase();
  const classification = KNOWN.find((each) => each.toLowerCase() === typed);
  if (classification === undefined) wrong.push(`--classification ${KNOWN.join(" or ")}`);
  const personal = options.personal ?? file.personal ?? false;
  const sensitive = options.sensitive ?? file.sensitive ?? false;
  const marked = classification === "OFFICIAL-SENSITIVE" || classification === "confidential";
  const harmful = personal || sensitive || marked;
  const impact = (option: "impact-individuals" | "impact-organisation", said: string | null) => {
    const weight = options[option] ?? said ?? undefined;
    if (!harmful && weight === undefined) return "none";
    const known = harmful ? IMPACTS.find((each) => each === weight) : undefined;
    if (known !== undefined) return known;
    const without = `no --${option} without --personal, --sensitive or a marking`;
    wrong.push(harmful ? `--${option} ${IMPACTS.join(", ")}` : without);
    return "none";
  };
  const answer = (yes: keyof FactOptions, no: keyof FactOptions, said: boolean | null) => {
    if (options[yes] === true && options[no] === true) wrong.push(`either --${yes} or --${no}`);
    return options[yes] === true ? true : options[no] === true ? false : said;
  };
  const facts = {
    impact: {
      individuals: impact("impact-individuals", file.impact?.individuals ?? null),
      organisation: impact("impact-organisation", file.impact?.organisation ?? null),
    },
    special: answer("special", "no-special", file.special),
    offences: answer("offences", "no-offences", file.offences),
    namesWithAddresses: answer("names-with-addresses", "no-names-with-addresses", file.namesWithAddresses),
    people: countOf(options.people, wrong) ?? file.people,
    minimised: options.minimised === true ? true : file.minimised,
    agreement: agreementOf(options, wrong) ?? file.agreement,
    destinationStorage: options.destination?.trim() || file.destinationStorage,
    secretChannel: channelOf(options["secret-channel"], wrong) ?? file.secretChannel,
  };
  if (wrong.length > 0 || classification === undefined) {
    const message = `Nothing was sent. Say too: ${wrong.join("; ")}. "waybill help send" explains them.`;
    throw new CliError({ code: "usage", message });
  }
  return { purpose, necessity, classification, personal, sensitive, criminalJustice: file.criminalJustice, ...facts };
}

function countOf(typed: string | undefined, wrong: string[]): number | null {
  if (typed === undefined) return null;
  const count = Number(typed);
  if (/^\d{1,12}$/.test(typed) && count <= MOST_PEOPLE) return count;
  wrong.push("--people as a whole number");
  return null;
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
