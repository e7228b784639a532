import { readFile } from "node:fs/promises";
import { IMPACTS, SECRET_CHANNELS } from "../../domain/facts.ts";
import type { StatedFacts } from "../../domain/transfer.ts";
import { PolicyError } from "../../policy/error.ts";
import { badFact, boolean, oneOf, optional, record, statement, text, whole } from "../../policy/facts/field.ts";
import { repeatedMember } from "../../policy/facts/repeated-member.ts";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";
import { KNOWN } from "./missing-facts.ts";

const flag = optional(boolean);
const weight = optional(oneOf(IMPACTS));

/** Members of `StatedFacts`, each of which may be left out. */
const factFile = record({
  purpose: statement,
  necessity: statement,
  recordCopy: statement,
  classification: optional(oneOf(KNOWN)),
  ...{ personal: flag, sensitive: flag, special: flag, offences: flag, namesWithAddresses: flag },
  people: optional(whole(0, 10_000_000_000)),
  impact: optional(record({ individuals: weight, organisation: weight })),
  ...{ criminalJustice: flag, minimised: flag },
  agreement: optional(agreement),
  destinationStorage: statement,
  lawfulBasis: optional(record({ basis: text, special: statement, offences: statement })),
  secretChannel: optional(oneOf(SECRET_CHANNELS)),
});

export type FileFacts = ReturnType<typeof factFile>;

export const NO_FILE: FileFacts = factFile({}, "facts");

/** `{"reference": …}` of the register, or `{"none": why}`. */
function agreement(value: unknown, field: string): NonNullable<StatedFacts["agreement"]> {
  const { reference, none } = record({ reference: statement, none: statement })(value, field);
  if ((reference === null) === (none === null)) throw badFact(field, "must have either “reference” or “none”");
  return reference === null ? { none: text(none, `${field}.none`) } : { reference };
}

/** What a file of facts states; what it leaves out is not stated. @throws CliError `file`, `bad-facts` naming the member */
export async function readFactFile(path: string): Promise<FileFacts> {
  let json: string;
  try {
    json = await readFile(path, "utf8");
  } catch (cause) {
    throw fileError("read", path, cause);
  }
  try {
    const value: unknown = JSON.parse(json);
    const twice = repeatedMember(json);
    if (twice !== null) throw badFact(twice, "is there twice");
    return factFile(value, "facts");
  } catch (cause) {
    const reason = cause instanceof PolicyError ? cause.message.replace(" Nothing was decided.", "") : "is not JSON.";
    throw new CliError({ code: "bad-facts", message: `${path}: ${reason} Nothing was sent.`, cause });
  }
}
