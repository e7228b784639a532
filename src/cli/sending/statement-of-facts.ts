import { CLASSIFICATIONS, type Classification, IMPACTS } from "../../domain/facts.ts";
import { NOT_STATED, type StatedFacts } from "../../domain/transfer.ts";
import { CliError } from "../error.ts";

/** The facts as options say them. */
export interface FactOptions {
  readonly purpose?: string | undefined;
  readonly necessity?: string | undefined;
  readonly classification?: string | undefined;
  readonly personal?: boolean | undefined;
  readonly sensitive?: boolean | undefined;
  readonly minimised?: boolean | undefined;
  readonly "impact-individuals"?: string | undefined;
  readonly "impact-organisation"?: string | undefined;
}

/** Of every rule set: the server knows which is the organisation's, and refuses the others. */
const KNOWN: readonly Classification[] = [...CLASSIFICATIONS["uk-government"], ...CLASSIFICATIONS.university];

/** What the sender states (SDT-4, SIS-5), or everything that is missing in it at once. @throws CliError `usage` */
export function statedFacts(options: FactOptions): StatedFacts {
  const missing: string[] = [];
  const purpose = options.purpose?.trim() ?? "";
  const necessity = options.necessity?.trim() ?? "";
  if (purpose === "") missing.push('--purpose "what it is for"');
  if (necessity === "") missing.push('--necessity "why it is necessary to send this"');
  const typed = (options.classification ?? "OFFICIAL").toLowerCase();
  const classification = KNOWN.find((each) => each.toLowerCase() === typed);
  if (classification === undefined) missing.push(`--classification ${KNOWN.join(" or ")}`);
  const personal = options.personal === true;
  const sensitive = options.sensitive === true;
  const harmful = personal || sensitive;
  const impact = (option: "impact-individuals" | "impact-organisation") => {
    const typed = options[option];
    if (!harmful && typed === undefined) return "none";
    const weight = harmful ? IMPACTS.find((each) => each === typed) : undefined;
    if (weight !== undefined) return weight;
    missing.push(harmful ? `--${option} ${IMPACTS.join(", ")}` : `no --${option} without --personal or --sensitive`);
    return "none";
  };
  const weighed = { individuals: impact("impact-individuals"), organisation: impact("impact-organisation") };
  if (missing.length > 0 || classification === undefined) {
    const message = `Nothing was sent. Say too: ${missing.join("; ")}. "waybill help send" explains them.`;
    throw new CliError({ code: "usage", message });
  }
  const minimised = options.minimised === true ? true : null;
  return { ...NOT_STATED, purpose, necessity, classification, personal, sensitive, impact: weighed, minimised };
}
