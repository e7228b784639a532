import { type RawBuilder, sql } from "kysely";
import { LATE_WHATS, type LateWaiting, type LateWhat, MOST_REMINDERS } from "../domain/lateness.ts";

const STATES = { arrival: "released", receipt: "arrived" } as const satisfies Record<LateWhat, string>;

/**
 * What is late and is waited for, asked of each transfer by the indexes on its recipients and events: what arrived, and what was told of often
 * enough, is read by nobody again.
 */
export function waitsFor(waiting: LateWaiting, day: string): RawBuilder<boolean> {
  if (waiting === "arrival") return somebodyIs("arrival");
  const told = LATE_WHATS.map(
    (what) => sql<boolean>`(${somebodyIs(what)} and not ${toldEnough(what)} and ${passed(what, day)})`,
  );
  return sql<boolean>`((${sql.join(told, sql` or `)}) and exists (select 1 from member
    where member.id = transfer.sender_id and member.state = 'active'))`;
}

function somebodyIs(what: LateWhat): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from recipient
    where recipient.reference = transfer.reference and recipient.state = ${STATES[what]})`;
}

/** The number of each reminder is in its event, from 1, and nothing else in that event is written by a person. */
function toldEnough(what: LateWhat): RawBuilder<boolean> {
  return sql<boolean>`(select count(*) >= ${MOST_REMINDERS} from event where event.reference = transfer.reference
    and event.kind = 'delivery-late' and event.detail like ${`%"what":"${what}"%`})`;
}

/** A receipt is late from the day after its own. */
function passed(what: LateWhat, day: string): RawBuilder<boolean> {
  return what === "arrival" ? sql<boolean>`1 = 1` : sql<boolean>`transfer.expires_at < ${day}`;
}
