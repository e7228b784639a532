import { type ShownRequest, signAnswer } from "../../client/agreeing/sign-answer.ts";
import type { AnswerBody } from "../../domain/wire/agreeing.ts";
import { browserPasskeys } from "../keys/browser-passkeys.ts";
import { attempt, byId, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";

// /to-agree/:id: what is signed is made from what this page shows, and from nothing else.
const root = document.getElementById("agree");
if (root) {
  root.hidden = false;
  byId("refuse").hidden = false;
  byId("agree-button").addEventListener("click", () => answer(root, "approve", ""));
  byId("refuse-button").addEventListener("click", () => {
    const reason = (byId("reason") as HTMLTextAreaElement).value; // the template makes a textarea of it
    markField("reason", reason.trim() === "" ? "Say why you refuse" : "");
    if (reason.trim() !== "") answer(root, "refuse", reason);
  });
}

function answer(root: HTMLElement, kind: AnswerBody["answer"], reason: string): void {
  const parts = { http: pageHttp(), passkeys: browserPasskeys, rpId: location.hostname };
  const act = async () => {
    await signAnswer(kind, reason, shownBy(root), parts);
    return true;
  };
  const button = kind === "approve" ? "agree-button" : "refuse-button";
  void attempt(byId(button), byId(kind === "approve" ? "agree-status" : "refuse-status"), act).then((done) => {
    if (done !== null) location.reload(); // the page says what is so now
  });
}

/** Read off the page: each line's text, the record as it is written out, and the recipients' places in it. */
function shownBy({ dataset }: HTMLElement): ShownRequest {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  return {
    id: dataset.id ?? "",
    reference: dataset.reference ?? "",
    role: (dataset.role ?? "") as ShownRequest["role"], // compared with what the server answers
    signer: dataset.signer ?? "",
    waybill: byId("waybill-text").textContent ?? "",
    assessment: byId("assessment-text").textContent ?? "",
    entries: JSON.parse(dataset.entries ?? "[]"), // whatever is in it has to have the digests that the record holds
    lines: new Map(lines.map((each) => [each.dataset.line ?? "", each.textContent ?? ""])),
  };
}
