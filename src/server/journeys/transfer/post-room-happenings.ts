import type { EventKind } from "../../../domain/event.ts";
import type { Line } from "./happenings.ts";

/** SIS-9: what the post room did with what went out, and with what came in. */
export const POST_ROOM_LINES: Partial<Record<EventKind, Line>> = {
  "handed-to-carrier": {
    what: (_, who) => `${who} gave it to the carrier`,
    more: ({ service, tracking }) =>
      [service ? `By ${service}` : "", tracking ? `Tracking number ${tracking}` : ""]
        .filter((each) => each !== "")
        .join("; "),
  },
  "post-taken-in": {
    what: ({ condition }, who) =>
      condition === "whole"
        ? `${who} took it in at the post room`
        : `${who} took it in at the post room: ${condition === "opened" ? "it was opened or damaged" : "it is for nobody here"}`,
    more: ({ addressee, addresseeOnly }) => `For ${addressee}${addresseeOnly ? ", ADDRESSEE ONLY" : ""}`,
  },
  "post-handed-on": {
    what: ({ as, to }, who) => (as === "back" ? `${who} gave it back to the carrier` : `${who} handed it to ${to}`),
    more: ({ as, addressee }) => (as === "in-place" ? `In place of ${addressee}` : ""),
  },
};
