import { Type } from "typebox";
import type { Advice } from "../../domain/assessment.ts";
import { readingText } from "../../domain/reading-text.ts";
import type { StatedFacts } from "../../domain/transfer.ts";
import type { RuledSentence, SizeAnswer } from "../../domain/wire/sending.ts";
import { assessTransfer, recordAssessment } from "../assessing/assess-transfer.ts";
import { shownMethod } from "../assessing/shown-methods.ts";
import { type Row, row } from "../gate/row.ts";

/** The answer of GET /api/transfers/:ref/assessment: canonical JSON whose SHA-256 the waybill will hold. */
export interface AssessmentAnswer {
  readonly text: string;
  /** What is stated that no rule is asked about. */
  readonly stated: Pick<StatedFacts, "recordCopy" | "lawfulBasis">;
}

/** What policy says of a transfer on the facts now. */
export const sendingAssessmentRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/transfers/:ref/assessment",
    who: "sender",
    handle: async ({ parts, transfer, recipients, member }): Promise<AssessmentAnswer> => {
      const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
      const { recordCopy, lawfulBasis } = transfer.facts;
      return { text: (await recordAssessment(transfer, found)).text, stated: { recordCopy, lawfulBasis } };
    },
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/assessment",
    who: "sender",
    body: Type.Object({ bytes: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) }),
    rates: [{ times: 600, seconds: 600, by: "target" }],
    handle: async ({ parts, transfer, recipients, member }, { bytes }): Promise<SizeAnswer> => {
      const about = { transfer, recipients, sender: member, bytes };
      const { answer, assessment } = await assessTransfer(parts, parts.records.read, about);
      const { tag, needs, advice } = shownMethod(answer, true, assessment.methods);
      return {
        tag,
        refusals: needs.filter(({ refuses }) => refuses).map(sentence),
        needs: needs.filter(({ refuses }) => !refuses).map(sentence),
        advice: advice.map(sentence),
      };
    },
  }),
];

function sentence(each: Advice): RuledSentence {
  const { says, clauses, local } = each;
  return { says, clauses, reading: readingText(each), local: local === true && clauses.length === 0 };
}
