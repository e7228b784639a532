import type { EventRecord } from "../log/event-digest.ts";
import type { CheckedStatement } from "./check-statements.ts";
import type { CheckedWaybill } from "./check-waybills.ts";
import { EvidenceError } from "./error.ts";
import type { Evidence } from "./pack.ts";

/** How the transfer went, as its events have it. */
export interface Course {
  /** The waybill under which it was released; null while it was not. */
  readonly released: { readonly event: EventRecord; readonly waybill: string } | null;
  /** Approvals that count: over the released waybill, before the release, and not superseded. */
  readonly approvals: readonly CheckedStatement[];
  readonly destroyed: EventRecord | null;
}

/**
 * SDT-3, SIS-3: what was released had been signed by its sender, and everybody whose agreement its waybill asks for had agreed to exactly that
 * one, each in their own role, none of them the sender. Nobody confirmed arrival or receipt before.
 * @throws EvidenceError `wrong-order`
 */
export function checkOrder(
  { events }: Evidence,
  waybills: ReadonlyMap<string, CheckedWaybill>,
  statements: readonly CheckedStatement[],
): Course {
  const released = events.find(({ kind }) => kind === "transfer-released") ?? null;
  const destroyed = events.findLast(({ kind }) => kind === "content-destroyed") ?? null;
  for (const { event } of statements) {
    const early = released === null || event.seq < released.seq;
    if (event.actor.kind === "recipient" && early)
      throw wrong(`Event ${event.seq} (${event.kind}) stands before any release.`);
  }
  if (released === null) return { released, approvals: [], destroyed };
  const before = statements.filter(({ event }) => event.seq < released.seq);
  const sent = before.findLast(({ event }) => event.kind === "waybill-signed");
  const waybill = sent && waybills.get(sent.statement.digest);
  if (!sent || !waybill) throw wrong("It was released without its sender's signature.");
  const approvals = before.filter(
    ({ event, statement }) =>
      event.kind === "approval-given" &&
      statement.digest === sent.statement.digest &&
      statement.signer !== sent.statement.signer &&
      event.seq > sent.event.seq &&
      !superseded(events, event, released),
  );
  for (const need of waybill.needs) {
    const role = need.replace(/^approval:/, "");
    if (!approvals.some(({ statement }) => statement.role === role)) {
      throw wrong(`It was released without the agreement of ${role}, which its waybill asks for.`);
    }
  }
  return { released: { event: released, waybill: sent.statement.digest }, approvals, destroyed };
}

function superseded(events: readonly EventRecord[], given: EventRecord, released: EventRecord): boolean {
  return events.some(
    ({ kind, detail, seq }) =>
      kind === "approval-superseded" &&
      detail.request === given.detail.request &&
      seq > given.seq &&
      seq < released.seq,
  );
}

function wrong(message: string): EvidenceError {
  return new EvidenceError({ code: "wrong-order", message });
}
