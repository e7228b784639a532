import { Type } from "typebox";
import type { AnswerOptions } from "../../domain/wire/agreeing.ts";
import { answerable, recordAnswer } from "../approvals/answer-request.ts";
import { approverOptions, provedByApprover } from "../approvals/answer-statement.ts";
import { takenBy } from "../drafts/draft.ts";
import { ServerError } from "../error.ts";
import { type Row, row } from "../gate/row.ts";
import { nonceBody, passkeySignatureBody } from "../passkeys/bodies.ts";

const MOST_WORDS = 2000;
const RATES = [{ times: 30, seconds: 600, by: "target" }] as const;

const answerBody = Type.Object({
  answer: Type.Union([Type.Literal("approve"), Type.Literal("refuse")]),
  reason: Type.String({ maxLength: MOST_WORDS }),
  nonce: nonceBody,
  passkey: passkeySignatureBody,
});

/** An approver's answer, signed by their passkey over the waybill (SDT-3, SIS-3). */
export const toAgreeApiRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/to-agree/:id/options",
    who: "approver",
    rates: RATES,
    handle: async (visit): Promise<AnswerOptions> => {
      const { parts } = visit;
      await answerable(parts.records.read, visit, parts.clock.now().toISOString());
      return approverOptions(visit);
    },
  }),
  row({
    method: "POST",
    path: "/api/to-agree/:id",
    who: "approver",
    body: answerBody,
    rates: RATES,
    handle: async (visit, body) => {
      const { parts, member } = visit;
      if (body.answer === "refuse" && body.reason.trim() === "") {
        throw new ServerError({ code: "bad-request", message: "Say why you refuse. Nothing was recorded." });
      }
      const signed = await provedByApprover(visit, body);
      await parts.records.write((tx) => recordAnswer(tx, visit, body, signed, takenBy(parts, member)));
      return {};
    },
  }),
];
