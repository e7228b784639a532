import { whyNotCertified } from "../log/destruction.ts";
import type { EventRecord } from "../log/event-digest.ts";
import type { VerifierKey } from "../log/keys.ts";
import type { CheckedWaybill } from "./check-waybills.ts";
import { EvidenceError } from "./error.ts";
import type { Evidence } from "./pack.ts";
import { readCertificate, readStatement } from "./read-evidence.ts";

/** What the organisation signed that it destroyed (SIS-37, OXM-21). */
export interface Certified {
  readonly event: EventRecord;
  readonly destroyedAt: string;
  /** Until when backups may still hold it; null where the organisation has not said. */
  readonly backupsUntil: string | null;
}

/**
 * Every certificate of destruction is signed by the log's key, for a waybill of the pack, and names what that waybill names: the list of
 * files and everybody's access. @returns the last
 * @throws EvidenceError `wrong-statement`, `wrong-signature`, `wrong-order`
 */
export async function checkDestruction(
  { events, rpId, reference }: Evidence,
  waybills: ReadonlyMap<string, CheckedWaybill>,
  key: VerifierKey,
): Promise<Certified | null> {
  let last: Certified | null = null;
  for (const event of events.filter(({ kind }) => kind === "destruction-certified")) {
    const { certificate, statement, signature } = event.detail;
    if (typeof certificate !== "string" || typeof statement !== "string" || typeof signature !== "string") {
      throw wrong("wrong-statement", event, "Nobody signed it");
    }
    const said = readCertificate(certificate);
    const waybill = waybills.get(said.waybill);
    const same =
      waybill !== undefined &&
      said.reference === reference &&
      said.content === waybill.content &&
      said.access.join() === waybill.grants.join();
    if (!same) throw wrong("wrong-statement", event, "It certifies that something else was destroyed");
    const shown = { certificate, signature };
    const why = await whyNotCertified(shown, readStatement(statement), { key, waybill: said.waybill, rpId });
    if (why !== null) throw wrong("wrong-signature", event, `It does not count: ${why}`);
    const destroyed = events.findLast(({ kind }) => kind === "content-destroyed");
    if (destroyed === undefined || destroyed.seq > event.seq) {
      throw wrong("wrong-order", event, "It was signed before anything was destroyed");
    }
    last = { event, destroyedAt: said.destroyedAt, backupsUntil: said.backupsUntil };
  }
  return last;
}

function wrong(code: "wrong-statement" | "wrong-signature" | "wrong-order", { seq, kind }: EventRecord, why: string) {
  return new EvidenceError({ code, message: `Event ${seq} (${kind}): ${why}. It proves nothing.` });
}
