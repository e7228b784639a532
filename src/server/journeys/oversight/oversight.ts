import { type Row, row } from "../../gate/row.ts";
import { EXPIRING_DAYS, overview, RECEIPT_DAYS } from "../../oversight/overview.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";

/** SDT-28, SIS-27: how transfers are going, for auditors, administrators and the privacy team. Numbers alone: no transfer, no person. */
export const oversightRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/oversight",
    who: "overseer",
    handle: async (visit) =>
      render(visit, "oversight/oversight.njk", {
        title: "How transfers are going",
        ...(await overview(visit.parts)),
        receiptDays: RECEIPT_DAYS,
        expiringDays: EXPIRING_DAYS,
        at: now(visit.parts),
        searches: visit.member.roles.includes("auditor"),
      }),
  }),
];
