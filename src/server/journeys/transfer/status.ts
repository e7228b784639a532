import { arrivesAtOnce } from "../../../domain/lifecycle/carriage-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Recipient, RecipientState, Transfer, TransferState } from "../../../domain/transfer.ts";

/** A GOV.UK tag: its words carry the meaning, the colour is an extra. */
export interface Tag {
  readonly text: string;
  readonly classes: string;
}

const grey = "govuk-tag--grey";
const blue = "govuk-tag--blue";
const green = "govuk-tag--green";
const yellow = "govuk-tag--yellow";
const red = "govuk-tag--red";

const TRANSFER: Readonly<Record<TransferState, Tag>> = {
  draft: { text: "Not sent yet", classes: grey },
  requested: { text: "Waits for agreement", classes: yellow },
  approved: { text: "Agreed, not sent yet", classes: yellow },
  released: { text: "On its way", classes: blue },
  closed: { text: "Received and closed", classes: green },
  refused: { text: "Refused", classes: red },
  recalled: { text: "Taken back", classes: grey },
  expired: { text: "Expired", classes: grey },
};

const RECIPIENT: Readonly<Record<RecipientState, Tag>> = {
  named: { text: "Not told yet", classes: grey },
  released: { text: "Told", classes: blue },
  arrived: { text: "Arrived", classes: blue },
  opened: { text: "Opened", classes: blue },
  received: { text: "Receipt confirmed", classes: green },
  paused: { text: "Paused", classes: yellow },
  misdirected: { text: "Not for them", classes: red },
  dropped: { text: "Access ended", classes: grey },
  recalled: { text: "Taken back", classes: grey },
  expired: { text: "Expired", classes: grey },
  closed: { text: "Received and closed", classes: green },
};

/** SIS-14: the day on which it was to be there, or to be confirmed, has passed. */
const OVERDUE: Tag = { text: "Overdue", classes: red };
const CAME_BACK: Tag = { text: "Email came back", classes: red };
const OVER: readonly RecipientState[] = ["misdirected", "dropped", "recalled", "expired"];

/**
 * What a transfer's tag says: once nobody waits for it any more, that, and not that it is on its way; nor where some of its recipients were
 * never reached. @param bounced how many emails came back @param late of how many it is overdue (`lateIn`)
 */
export function transferTag(
  { state, carriage = null }: Pick<Transfer, "state"> & Partial<Pick<Transfer, "carriage">>,
  recipients: readonly { readonly state: RecipientState }[],
  bounced = 0,
  late = 0,
): Tag {
  const received = recipients.filter((each) => each.state === "received").length;
  const ended = recipients.filter(isOver).length;
  const paused = recipients.filter((each) => each.state === "paused").length;
  if (state === "released" && paused > 0 && received + ended + paused === recipients.length) return RECIPIENT.paused;
  if (state === "released" && late > 0) return OVERDUE;
  if (state === "released" && bounced > 0) {
    return recipients.length === bounced ? CAME_BACK : { text: `On its way, not to ${bounced}`, classes: yellow };
  }
  if (state !== "released" || recipients.length === 0 || received + ended < recipients.length)
    return (state === "released" && thereAtOnce(carriage)) || TRANSFER[state];
  if (ended === 0) return { text: "Receipt confirmed", classes: green };
  return received > 0 ? { text: "Received or ended", classes: grey } : { text: "Access ended", classes: grey };
}

/** @param bounced whether the last email to them came back: then they were not told.
 * A receipt that was signed with the token out of what is sealed is proof that it was opened; every other one is somebody's word (SDT-28). */
export function recipientTag(
  { state, confirmation, openedAt, receivedAt }: Pick<Recipient, "state" | "confirmation" | "openedAt" | "receivedAt">,
  bounced = false,
  carriage: Transfer["carriage"] = null,
  late = false,
): Tag {
  if (state === "paused" || OVER.includes(state)) return RECIPIENT[state];
  if (receivedAt !== null && openedAt !== null) return { text: "Proved opened", classes: green };
  if (receivedAt !== null || confirmation !== null) return { text: "Says received", classes: green };
  if (late) return OVERDUE;
  if (state === "arrived") return thereAtOnce(carriage) ?? RECIPIENT[state];
  return bounced ? CAME_BACK : RECIPIENT[state];
}

/** SDT2-3, SDT2-4: what was told or handed over is on no way; null for everything else. */
function thereAtOnce(carriage: Transfer["carriage"]): Tag | null {
  const how = carriage && arrivesAtOnce(carriage);
  if (!how) return null;
  const handed = carriage?.dispatch?.collected ? "Collected" : "Handed over";
  return { text: how === "phone" ? "Told by telephone" : handed, classes: blue };
}

/** Whether its sender may still take it back, or throw it away. */
export function mayTakeBack(transfer: Ending, recipients: readonly Standing[]): boolean {
  return (
    ["draft", "requested", "approved", "refused", "released"].includes(transfer.state) && !isThere(transfer, recipients)
  );
}

/** Whether there is a date that can be brought forward. */
export function mayShorten(transfer: Ending, recipients: readonly Standing[]): boolean {
  return ["requested", "approved", "released"].includes(transfer.state) && !isThere(transfer, recipients);
}

type Ending = Pick<Transfer, "state" | "carriage">;
type Standing = Pick<Recipient, "state">;

/** SDT-28: what people carry is nowhere to be taken back from, and nobody's receipt is waited for, once everybody has confirmed it. */
function isThere({ state, carriage }: Ending, recipients: readonly Standing[]): boolean {
  const waits = recipients.some((each) => !isOver(each) && each.state !== "received");
  return carriage !== null && state === "released" && !waits;
}
