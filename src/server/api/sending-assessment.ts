import { assessTransfer, recordAssessment } from "../assessing/assess-transfer.ts";
import { type Row, row } from "../gate/row.ts";

/** The answer of GET /api/transfers/:ref/assessment: canonical JSON whose SHA-256 the waybill will hold. */
export interface AssessmentAnswer {
  readonly text: string;
}

/** What policy says of a transfer on the facts now. */
export const sendingAssessmentRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/transfers/:ref/assessment",
    who: "sender",
    handle: async ({ parts, transfer, recipients, member }): Promise<AssessmentAnswer> => {
      const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
      return { text: (await recordAssessment(transfer, found)).text };
    },
  }),
];
