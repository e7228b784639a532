import { type ShownRequest, signAnswer } from "../../client/agreeing/sign-answer.ts";
import { byId } from "../keys/page.ts";
import { offerAnswers, shownLines } from "../page/answer-form.ts";

// /to-agree/:id: what is signed is made from what this page shows, and from nothing else.
offerAnswers("agree", (answer, reason, root, parts) => signAnswer(answer, reason, shownBy(root), parts));

/** Read off the page: each line's text, the record as it is written out, and the recipients' places in it. */
function shownBy({ dataset }: HTMLElement): ShownRequest {
  return {
    id: dataset.id ?? "",
    reference: dataset.reference ?? "",
    role: (dataset.role ?? "") as ShownRequest["role"], // compared with what the server answers
    signer: dataset.signer ?? "",
    inPlaceOf: dataset.inPlaceOf ?? "",
    waybill: byId("waybill-text").textContent ?? "",
    assessment: byId("assessment-text").textContent ?? "",
    entries: JSON.parse(dataset.entries ?? "[]"), // whatever is in it has to have the digests that the record holds
    lines: shownLines(),
  };
}
