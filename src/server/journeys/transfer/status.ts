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

export function transferTag(
  { state }: Pick<Transfer, "state">,
  recipients: readonly { readonly state: RecipientState }[],
): Tag {
  const all = recipients.length > 0 && recipients.every((each) => each.state === "received");
  return state === "released" && all ? { text: "Receipt confirmed", classes: green } : TRANSFER[state];
}

export function recipientTag({ state }: Pick<Recipient, "state">): Tag {
  return RECIPIENT[state];
}
