import { readAssessment } from "../../client/sending/read-assessment.ts";
import { readingText } from "../../domain/reading-text.ts";
import type { Session } from "../account/session.ts";
import { CliError } from "../error.ts";
import { printable } from "../table.ts";
import type { Draft } from "./drafts.ts";

/** Options that meet a need; the others are met in the browser. */
const OPTIONS: Readonly<Record<string, string>> = {
  "declare:minimised": "--minimised",
  "declare:people": "--people N",
  "declare:contents": "--special or --no-special, and --offences or --no-offences",
  "declare:impact": "--impact-individuals and --impact-organisation",
  "declare:recipient-expecting": "--expecting, once they know that it is coming",
  "declare:legitimate-need": "--need TEXT",
  "declare:destination-storage": "--destination TEXT",
  "declare:record-copy": "--record-copy TEXT",
  "declare:lawful-basis": "--lawful-basis ID, with --special-condition ID and --offences-condition ID where needed",
  "agreement:current": "--agreement REF or --no-agreement WHY",
  "plan:secret-channel": "--secret-channel C",
};

type Open = Awaited<ReturnType<typeof readAssessment>>["open"][number];

/**
 * SIS-23: what the rules ask for before it is signed, with clauses and what to do; others' agreement is asked for after that.
 * @param sealed whether the size is measured already
 * @throws CliError `not-ready`; ClientError
 */
export async function refuseUnmet(
  { http, device }: Session,
  { reference, facts }: Draft,
  sealed: boolean,
): Promise<void> {
  const { open } = await readAssessment(http, reference, facts);
  const unmet = open.filter(({ need }) => !need.startsWith("approval:") && (sealed || need !== "declare:bytes"));
  if (unmet.length === 0) return;
  const refused = unmet.some(({ need }) => need.startsWith("method:") || need.startsWith("ask:"));
  const lines = unmet.map((each) => `  - ${printable(each.says)}${clausesOf(each)}${optionFor(each)}`);
  const page = `${device.origin}/transfers/${reference}`;
  const head = refused ? "This cannot go by secure link:" : "The rules do not let this be sent yet. Still to do:";
  const rest = refused
    ? [`Nothing was sent. What may be done instead: ${page}/method`]
    : [
        `Nothing was sent. Do it at ${page}/tasks, then: waybill send --resume ${reference}`,
        `Or give the command anew with what is missing, and take this draft back: waybill recall ${reference}`,
      ];
  throw new CliError({ code: "not-ready", message: [head, ...lines, ...rest].join("\n") });
}

/** What information governance asks rests on no clause of the register. */
function clausesOf(each: Open): string {
  const { clauses } = each;
  const reading = readingText(each);
  return clauses.length === 0 ? "" : ` [${clauses.join(" ")}${reading === "" ? "" : `, ${printable(reading)}`}]`;
}

function optionFor({ need }: Open): string {
  const option = OPTIONS[need];
  return option === undefined ? "" : ` Add ${option}.`;
}
