import type { EventKind } from "./event.ts";
import type { ACCESS_EVENTS, ACT_EVENTS } from "./keeping.ts";

const NAMES: Readonly<Record<(typeof ACCESS_EVENTS | typeof ACT_EVENTS)[number], string>> = {
  "signed-in": "Signed in",
  "signed-out-everywhere": "Signed out on every device",
  "subject-exported": "Answered an access request",
  "records-searched": "Auditor’s look: searched the records",
  "records-exported": "Auditor’s look: exported records",
  "controls-reported": "Auditor’s look: took the report on the controls",
  "member-invited": "Invited somebody",
  "member-changed": "Changed somebody’s details or roles",
  "member-deactivated": "Ended somebody’s access",
  "deputy-named": "Named a deputy",
  "deputy-ended": "Ended a deputy’s time",
  "keeping-set": "Said how long records are kept",
  "removal-announced": "Announced a removal of records",
  "removal-withdrawn": "Withdrew a removal of records",
  "removal-finished": "Finished a removal of records",
  "hold-placed": "Placed a hold",
  "hold-lifted": "Lifted a hold",
  "controls-reviewed": "Reviewed the controls",
  "controls-reminded": "Reminded of the review of the controls",
  "post-taken-in": "Took in what came by post",
  "post-handed-on": "Handed on what came by post",
};

/** What people call an event that is kept for a time of its own. */
export function loneEventName(kind: EventKind): string {
  const named: Readonly<Partial<Record<EventKind, string>>> = NAMES;
  return named[kind] ?? kind;
}
