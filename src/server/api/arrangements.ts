import { Type } from "typebox";
import { refuseUnless } from "../../domain/lifecycle/step.ts";
import type { AnswerOptions } from "../../domain/wire/agreeing.ts";
import { answerArrangement, arrangementOptions } from "../arrangements/answer.ts";
import { takenBy } from "../drafts/draft.ts";
import { ServerError } from "../error.ts";
import { type ArrangementVisit, type Row, row } from "../gate/row.ts";
import { nonceBody, passkeySignatureBody } from "../passkeys/bodies.ts";

const RATES = [{ times: 30, seconds: 600, by: "target" }] as const;

const answerBody = Type.Object({
  answer: Type.Union([Type.Literal("approve"), Type.Literal("refuse")]),
  reason: Type.String({ maxLength: 2000 }),
  nonce: nonceBody,
  passkey: passkeySignatureBody,
});

/** A manager's answer to a standing arrangement, signed by their passkey over its text. */
export const arrangementApiRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/arrangements/:id/options",
    who: "arranger",
    rates: RATES,
    handle: async (visit): Promise<AnswerOptions> => {
      refuseUnlessAnswers(visit);
      return arrangementOptions(visit);
    },
  }),
  row({
    method: "POST",
    path: "/api/arrangements/:id",
    who: "arranger",
    body: answerBody,
    rates: RATES,
    handle: async (visit, body) => {
      refuseUnlessAnswers(visit);
      if (body.answer === "refuse" && body.reason.trim() === "") {
        throw new ServerError({ code: "bad-request", message: "Say why you refuse. Nothing was recorded." });
      }
      await answerArrangement(visit, body, takenBy(visit.parts, visit.member));
      return {};
    },
  }),
];

/** Never one's own; and once. */
function refuseUnlessAnswers({ answers, arrangement }: ArrangementVisit): void {
  if (!answers) {
    throw new ServerError({
      code: "not-allowed",
      message: "Somebody else answers this: nobody agrees to their own. Nothing was recorded.",
    });
  }
  refuseUnless(arrangement.state === "asked", "This arrangement does not wait for an answer any more.");
}
