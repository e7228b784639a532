import type { AdviceLine } from "../../domain/advice.ts";
import type { Impact } from "../../domain/facts.ts";
import { basisText } from "../../domain/lawful-bases.ts";
import type { Reader } from "../../domain/records.ts";
import { formatSize } from "../../domain/size-text.ts";
import type { Recipient, StatedFacts, Transfer } from "../../domain/transfer.ts";
import { contactOf } from "../assessing/gather-facts.ts";
import { policyNow } from "../assessing/policy-now.ts";
import { lawfulLists } from "../assessing/stated-needs.ts";
import type { Parts } from "../parts.ts";
import { countryName } from "../texts/countries.ts";
import { carriedAs } from "./carried-as.ts";

/** The lines of recipients have this key. */
export const RECIPIENT = "Recipient";

const AGREEMENT = "Data sharing agreement";
const STORED_THERE = "How it is stored there";
const LAWFUL_BASIS = "Lawful basis";
/** What the privacy team is told of that no answer rests on. */
const TOLD: readonly string[] = [AGREEMENT, STORED_THERE, LAWFUL_BASIS];

const UNSAID = "Not stated";
const IMPACTS: Readonly<Record<Impact, string>> = {
  none: "No harm, or next to none",
  some: "Some harm, distress or loss",
  serious: "Serious harm, distress or loss",
};

/**
 * SIS-15, SDT2-5, SDT2-6: what advisers see of a transfer as it is now: what was stated, and whom it is for, and nothing of what is sealed.
 * It is kept with what they are asked.
 */
export async function shownFacts(parts: Parts, read: Reader, transfer: Transfer): Promise<readonly AdviceLine[]> {
  const { facts, sealed } = transfer;
  const recipients = await read.recipients(transfer.reference);
  const line = (key: string, value: string) => ({ key, value });
  return [
    line("What for", facts.purpose),
    line("Why it is necessary", facts.necessity),
    line("Classification", facts.classification),
    line("Personal information", yesNo(facts.personal)),
    ...(facts.personal
      ? [
          line("Special-category data", yesNo(facts.special)),
          line("Criminal-offence data", yesNo(facts.offences)),
          line("People in it", facts.people === null ? UNSAID : `${facts.people}, as declared`),
        ]
      : []),
    line("If it reached the wrong person: people", IMPACTS[facts.impact.individuals]),
    line("If it reached the wrong person: organisation", IMPACTS[facts.impact.organisation]),
    ...(await carriedAs(read, transfer)),
    ...(await Promise.all(recipients.map(async (each) => line(RECIPIENT, await recipientText(read, each))))),
    line(AGREEMENT, agreementText(facts.agreement)),
    line(STORED_THERE, facts.destinationStorage || UNSAID),
    line(
      LAWFUL_BASIS,
      facts.lawfulBasis ? basisText(lawfulLists(policyNow(parts).settings), facts.lawfulBasis) : UNSAID,
    ),
    ...(sealed ? [line("Size", formatSize(sealed.totals.bytes))] : []),
  ];
}

/** SDT2-5: whether somebody was shown the agreement, the storage and the lawful basis as they are now; null of what was not kept. */
export function showsTheSame(then: readonly AdviceLine[] | null, now: readonly AdviceLine[]): boolean {
  const told = (lines: readonly AdviceLine[]) =>
    JSON.stringify(lines.filter(({ key }) => TOLD.includes(key)).map(({ key, value }) => [key, value]));
  return then !== null && told(then) === told(now);
}

function yesNo(value: boolean | null): string {
  return value === null ? UNSAID : value ? "Yes" : "No";
}

async function recipientText(read: Reader, recipient: Recipient): Promise<string> {
  const { name, address, organisation, legitimateNeed } = recipient;
  const contact = await contactOf(read, recipient);
  const need = legitimateNeed || contact?.legitimateNeed || "";
  const where = [organisation || "private person", contact?.country ? countryName(contact.country) : ""];
  const who = `${name} (${address}), ${where.filter((each) => each !== "").join(", ")}`;
  return need === "" ? who : `${who}. May have it because: ${need}`;
}

function agreementText(agreement: StatedFacts["agreement"]): string {
  if (agreement === null) return UNSAID;
  return "none" in agreement ? `None, because: ${agreement.none}` : agreement.reference;
}
