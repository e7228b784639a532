import { SECRET_CHANNELS } from "../../domain/facts.ts";

/** The options with which facts are stated; what nobody may leave out is asked for (missing-facts.ts). */
export const FACT_OPTIONS = {
  purpose: { type: "string" },
  necessity: { type: "string" },
  "record-copy": { type: "string" },
  classification: { type: "string" },
  personal: { type: "boolean" },
  "no-personal": { type: "boolean" },
  sensitive: { type: "boolean" },
  "no-sensitive": { type: "boolean" },
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
  "lawful-basis": { type: "string" },
  "special-condition": { type: "string" },
  "offences-condition": { type: "string" },
  "secret-channel": { type: "string" },
} as const;

type OptionType<T> = T extends { readonly type: "boolean" } ? boolean : string;
/** The facts as options say them. */
export type FactOptions = {
  readonly [K in keyof typeof FACT_OPTIONS]?: OptionType<(typeof FACT_OPTIONS)[K]> | undefined;
};

export const FACT_HELP = `      --purpose TEXT         what it is for
      --necessity TEXT       why it is necessary to send this
      --record-copy TEXT     where the record copy is kept: what is sent is destroyed here when it expires
      --classification C     OFFICIAL or OFFICIAL-SENSITIVE; or public, internal, confidential
      --personal, --no-personal
                             whether there is personal information in it: anything about a living person who can be
                             recognised from it
      --special, --no-special
                             with --personal, unless confidential: whether any is special-category information
      --offences, --no-offences
                             with --personal, unless confidential: whether any is about criminal offences
      --people N             with --personal: about how many people it is, as you declare it; no rule for
                             universities asks it
      --names-with-addresses, --no-names-with-addresses
                             with --personal: whether names stand together with addresses; as --people
      --sensitive, --no-sensitive
                             whether it is sensitive in any other way; OFFICIAL-SENSITIVE and confidential say so
                             by themselves
      --minimised            nothing is in it that they do not need for that
      --impact-individuals I, --impact-organisation I
                             none, some or serious: what could happen if it reached the wrong person; where it is
                             personal or sensitive
      --need TEXT            why they may have it; otherwise as it stands under Contacts
      --expecting            they know that it is coming
      --agreement REF        the data sharing agreement of the register that covers it
      --no-agreement WHY     why there is none
      --destination TEXT     how it will be stored where it goes
      --lawful-basis ID      the lawful basis of personal data that leaves the organisation, such as public-task
      --special-condition ID, --offences-condition ID
                             with it: the condition for special-category data, or sensitive data of law enforcement,
                             and the one for criminal offences
      --secret-channel C     how you will tell the six words: ${SECRET_CHANNELS.filter((each) => each !== "email").join(", ")}
      --facts FILE           these facts as JSON, members as in the API; an option counts before it

None of this is presumed. At a terminal you are asked what you left out from --purpose to --impact-organisation; with --json, in a
pipe or without a terminal the command ends with exit code 2, names every option that is missing, and begins nothing.
`;
