import { takeEvidence } from "../../evidence/take-evidence.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";

const RATES = [{ times: 30, seconds: 600, by: "target" }] as const;

/** The evidence pack, for a browser's form and for the command line. POST, since taking it is an event. */
export const evidenceRows: readonly Row[] = [
  row({ method: "POST", path: "/transfers/:ref/evidence", who: "sender", rates: RATES, handle: sendPack }),
  row({ method: "POST", path: "/api/transfers/:ref/evidence", who: "sender", rates: RATES, handle: sendPack }),
];

async function sendPack(visit: SenderVisit): Promise<null> {
  const pack = await takeEvidence(visit);
  await visit.reply
    .type("application/zip")
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${visit.transfer.reference}.evidence.zip"`)
    .send(Buffer.from(pack));
  return null;
}
