import type { EventKind, StoredEvent } from "../../../domain/event.ts";
import { nationalPhone } from "../../../domain/phone.ts";
import { formatDate } from "../../format.ts";
import type { Line } from "./happenings.ts";

/** The lines of the checklist, as they were ticked: what each event has said since there are any. */
const SEEN: Readonly<Record<string, string>> = {
  ...{
    packed: "packed against damage",
    addresseeOnly: "ADDRESSEE ONLY outside",
    returnAddress: "return address outside",
  },
  ...{ numberConfirmed: "number confirmed", recipientAttending: "the recipient stands at the machine" },
  ...{ identityConfirmed: "identity confirmed", minimum: "kept to a minimum", identitySeen: "identification seen" },
  written: "package written onto the medium and verified",
  ...{ toldBefore: "recipient told beforehand", secondEnvelope: "a second envelope round the first" },
};

function seenText(detail: StoredEvent["detail"]): string {
  const lines = Object.entries(SEEN).flatMap(([name, says]) => (detail[name] === true ? [says] : []));
  const all = detail.marking === false ? [...lines, "no marking outside"] : lines;
  return all.length === 0 ? "" : `${all.join(", ").charAt(0).toUpperCase()}${all.join(", ").slice(1)}`;
}

/** How what people carry went, on what, and what its fax machine reported. */
export const CARRIED_LINES: Partial<Record<EventKind, Line>> = {
  "dispatch-checked": { what: (_, who) => `${who} saw to the checklist`, more: seenText },
  "fax-report-attached": {
    what: ({ replaces }) =>
      replaces ? "Another transmission report attached, in place of the one before" : "Transmission report attached",
    more: ({ readers }) => `Sealed, as their browser says, to ${readers}. Nobody signed it`,
  },
  "fax-report-on-paper": {
    what: () => "The transmission report is kept on paper",
    more: ({ where }) => String(where ?? ""),
  },
  "fax-report-handed-out": {
    what: ({ name, address }) => `${name} (${address}) was handed the transmission report`,
  },
  "dispatch-attempted": { what: () => "It did not go yet", more: ({ what }) => String(what ?? ""), failed: true },
  "transfer-dispatched": {
    what: ({ method, pages, collected }, who) =>
      method === "telephone"
        ? `${who} recorded that they told it by telephone`
        : collected
          ? `${who} recorded that it was collected`
          : `${who} recorded that it went${pages ? `: ${pages} pages` : ""}`,
    more: ({ method, service, tracking, expected, handedTo, identification, collected, told, confirmed, dialled }) =>
      [
        service ? `By ${service}` : "",
        dialled ? `Dialled ${String(dialled).split(", ").map(nationalPhone).join(", ")}` : "",
        expected && method !== "telephone" && !handedTo ? `Should be there by ${formatDate(String(expected))}` : "",
        tracking ? `Tracking number ${tracking}` : "",
        handedTo
          ? `${collected ? "Collected by" : "Handed to"} ${handedTo}; identification seen: ${identification}`
          : "",
        told && confirmed ? `Told: ${told}; how it was known who answered: ${confirmed}` : String(told ?? ""),
      ]
        .filter((each) => each !== "")
        .join("; "),
  },
  "delivery-late": {
    what: ({ what, due }) =>
      `Late: ${what === "receipt" ? "a receipt was expected by" : "its arrival was to be confirmed by"} ${formatDate(String(due))}`,
    more: ({ number }) => (number === 1 ? "You were told by email" : "You were told by email again"),
    failed: true,
  },
  "medium-dispatched": { what: ({ serial }) => `Medium ${serial} went with it` },
  "medium-arrived": { what: ({ serial }) => `Medium ${serial} is with the recipient` },
  "medium-returned": { what: ({ serial }) => `Medium ${serial} was returned` },
  "medium-erased": { what: ({ serial }) => `Medium ${serial} was erased`, more: ({ method }) => String(method ?? "") },
  "medium-lost": {
    what: ({ serial }) => `Medium ${serial} is lost`,
    more: ({ what }) => String(what ?? ""),
    failed: true,
  },
};
