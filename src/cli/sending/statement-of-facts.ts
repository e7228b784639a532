import type { Facts } from "../../domain/transfer.ts";
import { CliError } from "../error.ts";

/** The facts as options say them. */
export interface FactOptions {
  readonly purpose?: string | undefined;
  readonly necessity?: string | undefined;
  readonly classification?: string | undefined;
  readonly personal?: boolean | undefined;
  readonly sensitive?: boolean | undefined;
  readonly "impact-individuals"?: string | undefined;
  readonly "impact-organisation"?: string | undefined;
}

const CLASSIFICATIONS: readonly Facts["classification"][] = ["OFFICIAL", "OFFICIAL-SENSITIVE"];
const WEIGHTS: readonly Facts["impact"]["individuals"][] = ["none", "some", "serious"];

/** What the sender states (SDT-4, SIS-5), or everything that is missing in it at once. @throws CliError `usage` */
export function statedFacts(options: FactOptions): Facts {
  const missing: string[] = [];
  const purpose = options.purpose?.trim() ?? "";
  const necessity = options.necessity?.trim() ?? "";
  if (purpose === "") missing.push('--purpose "what it is for"');
  if (necessity === "") missing.push('--necessity "why it is necessary to send this"');
  const classification = CLASSIFICATIONS.find((each) => each === (options.classification ?? "OFFICIAL").toUpperCase());
  if (classification === undefined) missing.push(`--classification ${CLASSIFICATIONS.join(" or ")}`);
  const personal = options.personal === true;
  const sensitive = options.sensitive === true;
  const harmful = personal || sensitive;
  const impact = (option: "impact-individuals" | "impact-organisation") => {
    const typed = options[option];
    if (!harmful && typed === undefined) return "none";
    const weight = harmful ? WEIGHTS.find((each) => each === typed) : undefined;
    if (weight !== undefined) return weight;
    missing.push(harmful ? `--${option} ${WEIGHTS.join(", ")}` : `no --${option} without --personal or --sensitive`);
    return "none";
  };
  const weighed = { individuals: impact("impact-individuals"), organisation: impact("impact-organisation") };
  if (missing.length > 0 || classification === undefined) {
    const message = `Nothing was sent. Say too: ${missing.join("; ")}. "waybill help send" explains them.`;
    throw new CliError({ code: "usage", message });
  }
  return { purpose, necessity, classification, personal, sensitive, impact: weighed };
}
