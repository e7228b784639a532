import { CARRIER_SERVICES } from "../../../domain/carriers.ts";
import { formatDate } from "../../../domain/date-text.ts";
import type { StoredEvent } from "../../../domain/event.ts";
import { type Late, lateIn } from "../../../domain/lateness.ts";
import { takesReport } from "../../../domain/lifecycle/fax-report-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Medium } from "../../../domain/medium.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { thingsAre } from "../../assessing/left-to-do.ts";
import { lateText } from "../../carrying/chase.ts";
import { hasPassword } from "../../carrying/has-password.ts";
import { lacksFiles } from "../carry/typed-carriage.ts";
import type { NextStep } from "./next-step.ts";

/** What happens next to a draft that goes by another method than the secure link. @param left things to do before it can be signed */
export function carriedDraftStep({ reference, carriage }: Transfer, left: number): NextStep {
  const path = `/transfers/${reference}`;
  if (carriage && lacksFiles(carriage)) {
    return { says: "Add the files, then say how they go.", button: { text: "Add files", href: `${path}/add` } };
  }
  if (carriage?.fixed.items === null) {
    return { says: "Say what goes, and how.", button: { text: "What goes, and how", href: `${path}/carriage` } };
  }
  if (left > 0) {
    const button = { text: "See what is left to do", href: `${path}/tasks` };
    return { says: `${thingsAre(left)} still to do before you can sign.`, button };
  }
  return { says: "Check everything, then sign.", button: { text: "Check and sign", href: `${path}/check` } };
}

/** It is agreed to: now somebody carries it. */
export function toCarry(path: string): NextStep {
  const button = { text: "See to it, and record that it went", href: `${path}/carry` };
  return { says: "It may go now. You see to it as it goes, and record it.", button };
}

/** What happens next to what went. @param lacking whether a fax machine's report is to be seen to (`lacksReport`) */
export function carriedStep(
  transfer: Transfer,
  recipients: readonly Recipient[],
  path: string,
  lacking = false,
): NextStep {
  const live = recipients.filter((each) => !isOver(each));
  const to = ({ id }: Recipient) => `${path}/carried/${id}`;
  const untold = live.find((each) => isUntold(transfer, each));
  if (untold) {
    const button = { text: "Tell the password", href: to(untold) };
    const is = untold.state === "received" ? "They say that they have it" : "It has arrived";
    return { says: `${is}. Tell ${untold.name} the password, by another channel.`, button };
  }
  const [waiting] = live.filter(({ state }) => state !== "received");
  if (!waiting) {
    if (lacking) {
      const button = { text: "Attach the report, or say where it is", href: `${path}/fax-report` };
      return { says: "Everybody has it. Keep the machine’s transmission report safe.", button };
    }
    return live.length > 0
      ? { says: "Everybody has it and has confirmed receipt. There is nothing more to wait for.", button: null }
      : { says: "Nobody is waited for any more.", button: null };
  }
  if (transfer.carriage?.method === "telephone") {
    // SDT2-4: what is told is told.
    const button = { text: "Record what they said", href: to(waiting) };
    return { says: `It was told by telephone. If ${waiting.name} says that they have all of it, record that.`, button };
  }
  const what = waiting.state === "released" ? "confirm that it arrived" : "confirm that it is complete";
  const button = { text: "Record what they told you", href: to(waiting) };
  return { says: `You wait for ${waiting.name} to ${what}.${trackingText(transfer)}`, button };
}

/** SIS-14: the next step where something is late; null where nothing is, or a password is to be told first. @param today YYYY-MM-DD */
export function lateStep(
  transfer: Transfer,
  recipients: readonly Recipient[],
  path: string,
  today: string,
): { readonly late: readonly Late[]; readonly step: NextStep } | null {
  const untold = recipients.some((each) => !isOver(each) && isUntold(transfer, each));
  const late = untold ? [] : lateIn(transfer, recipients, today);
  const [first] = late;
  if (!first) return null;
  const button = { text: "Record what they told you", href: `${path}/carried/${first.recipient.id}` };
  return { late, step: { says: lateText(transfer, first), button } };
}

/** SDT-21: a receipt says nothing of the password: it is told, or said not to be needed, all the same. */
function isUntold(transfer: Transfer, { state, wordsToldAt }: Recipient): boolean {
  return (state === "arrived" || state === "received") && hasPassword(transfer) && wordsToldAt === null;
}

/** SIS-14: a tracked service, and no number yet. */
function trackingText({ carriage }: Transfer): string {
  const carrier = carriage?.fixed.carrier ?? null;
  const lacking = carrier !== null && CARRIER_SERVICES[carrier].tracked && carriage?.dispatch?.tracking === "";
  return lacking ? " The post room has not added the tracking number yet: ask them for it." : "";
}

/** SDT-24: what everybody has whose medium is still there: it is asked back. Null where none is. */
export function mediumBackStep(
  transfer: Transfer,
  recipients: readonly Recipient[],
  media: readonly Medium[],
): NextStep | null {
  const medium = media.find(({ state }) => state === "with-recipient");
  const waits = recipients.some((each) => !isOver(each) && (each.state !== "received" || isUntold(transfer, each)));
  if (!medium || waits) return null;
  const by = medium.returnDue === null ? "" : ` by ${formatDate(medium.returnDue)}`;
  const button = { text: "Record that it was returned", href: `/media/${medium.id}` };
  return { says: `Everybody has it. Get the medium ${medium.serial} back${by}: it is erased then.`, button };
}

/** SIS-25: a fax that went, and nothing was recorded of what became of the machine's report. */
export function lacksReport(transfer: Transfer, events: readonly StoredEvent[]): boolean {
  const recorded = ({ kind }: StoredEvent) => kind === "fax-report-attached" || kind === "fax-report-on-paper";
  return takesReport(transfer) && !events.some(recorded);
}
