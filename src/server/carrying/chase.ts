import type { CarriedMethod } from "../../domain/carriage.ts";
import { carrierText } from "../../domain/carried-lines.ts";
import { CARRIER_SERVICES } from "../../domain/carriers.ts";
import { formatDate } from "../../domain/date-text.ts";
import type { Late } from "../../domain/lateness.ts";
import { nationalPhone } from "../../domain/phone.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { waysToTell } from "../words/ways-to-tell.ts";

/** What somebody does about something that is late, with the page for it; no page where it is done elsewhere. */
export interface ChaseStep {
  readonly says: string;
  readonly link: { readonly text: string; readonly href: string } | null;
}

/** SIS-14, SDT-28: something that is late, and what its sender does about it. */
export interface Chase {
  readonly says: string;
  /** The steps in a few words, within a sentence. */
  readonly short: string;
  readonly steps: readonly ChaseStep[];
}

/** Whether it is there as soon as it goes, so that a day is only waited for somebody to say so: an email has one day more for that. */
export function isConfirmedOnly({ carriage }: Pick<Transfer, "carriage">): boolean {
  return carriage !== null && AT_ONCE.includes(carriage.method);
}
const AT_ONCE: readonly CarriedMethod[] = ["fax", "email", "cjsm"];

/** What is late, in one sentence. */
export function lateText(transfer: Pick<Transfer, "carriage">, { recipient: { name }, what, due }: Late): string {
  const day = formatDate(due);
  if (what === "receipt") return `A receipt was expected by ${day}, and ${name} has not confirmed that it is complete.`;
  return isConfirmedOnly(transfer)
    ? `${name} should have confirmed by ${day} that it arrived.`
    : `It should have been there on ${day}, and ${name} has not confirmed it.`;
}

/** Who carries it and by which number; empty where no carrier does. */
export function carrierOf({ carriage }: Transfer): { readonly name: string; readonly tracking: string } | null {
  const { carrier = null } = carriage?.fixed ?? {};
  if (!carriage || carrier === null || carrier === "by-hand") return null;
  return { name: carrierText(carriage.fixed) ?? "", tracking: carriage.dispatch?.tracking ?? "" };
}

/** What is to be done about it: the carrier is asked, the recipient is rung on a checked number, what came is recorded, and what did not is reported. */
export async function chaseOf(read: Reader, transfer: Transfer, late: Late): Promise<Chase> {
  const { recipient, what } = late;
  const path = `/transfers/${transfer.reference}`;
  const ring = await ringStep(read, recipient);
  const carrier = what === "arrival" ? carrierStep(transfer) : null;
  const [kind, gone, report] =
    what === "receipt"
      ? (["missing", "If something is missing or damaged,", "report it"] as const)
      : (["lost", "If nobody has it,", "report it lost"] as const);
  const came = what === "receipt" ? "If they say that it is complete," : "If it came,";
  const short = [carrier?.short, ring.short, `${report}`].filter((each) => each !== undefined);
  return {
    says: lateText(transfer, late),
    short: `${short.slice(0, -1).join(", ")}, or ${short.at(-1)}`,
    steps: [
      ...(carrier === null ? [] : [{ says: carrier.says, link: null }]),
      { says: ring.says, link: ring.link },
      { says: came, link: { text: "record that", href: `${path}/carried/${recipient.id}` } },
      { says: gone, link: { text: report, href: `/report?link=${recipient.id}&kind=${kind}` } },
    ],
  };
}

/** SIS-14: what the carrier is asked. */
function carrierStep(transfer: Transfer): { readonly says: string; readonly short: string } | null {
  const asked = carrierOf(transfer);
  const carrier = transfer.carriage?.fixed.carrier ?? null;
  if (asked === null || carrier === null) return null;
  const { name, tracking } = asked;
  if (tracking !== "") {
    const says = `Ask the carrier where it is: ${name}, tracking number ${tracking}.`;
    return { says, short: `ask the carrier (${name}, ${tracking})` };
  }
  const { tracked } = CARRIER_SERVICES[carrier];
  const says = tracked
    ? `Ask the post room for the tracking number, and then the carrier: ${name}.`
    : `Ask the carrier to look for it: ${name}. This service is not tracked.`;
  return { says, short: `ask the carrier (${name})` };
}

/** OXM-8: at a checked number, or through the colleague's own. */
async function ringStep(read: Reader, recipient: Recipient) {
  const { name, party, address } = recipient;
  const member = party.kind === "member" ? await read.member(party.memberId) : null;
  const way = (await waysToTell(read, recipient)).find(({ number }) => number !== "");
  const number = member?.phone || way?.number || "";
  if (number === "") {
    const add =
      party.kind === "contact"
        ? { text: "add one under Contacts", href: `/contacts/${party.contactId}/edit#phones` }
        : null;
    const none = `Ask ${name} at ${address}. No checked number of theirs is on record${add === null ? "." : ":"}`;
    return { says: none, short: "ask them", link: add };
  }
  const how = way?.channel === "relay-uk" ? "through Relay UK on" : "on";
  const checked = member === null ? ", a checked number" : "";
  return {
    says: `Ring ${name} ${how} ${nationalPhone(number)}${checked}, and ask.`,
    short: `ring them ${how} ${nationalPhone(number)}`,
    link: null,
  };
}
