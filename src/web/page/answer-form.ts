import type { ApproverParts } from "../../client/agreeing/send-answer.ts";
import type { AnswerBody } from "../../domain/wire/agreeing.ts";
import { browserPasskeys } from "../keys/browser-passkeys.ts";
import { attempt, byId, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";

/** Signs an answer to what `root` shows. The reason is empty where it is agreed to. */
export type SignShown = (
  answer: AnswerBody["answer"],
  reason: string,
  root: HTMLElement,
  parts: ApproverParts,
) => Promise<void>;

/** Shows the part `id` of a page, with its buttons to agree and to refuse, and signs by them. Elsewhere it does nothing. */
export function offerAnswers(id: string, sign: SignShown): void {
  const root = document.getElementById(id);
  if (!root) return;
  const answer = (kind: AnswerBody["answer"], reason: string): void => {
    const parts = { http: pageHttp(), passkeys: browserPasskeys, rpId: location.hostname };
    const act = async () => {
      await sign(kind, reason, root, parts);
      return true;
    };
    const button = kind === "approve" ? "agree-button" : "refuse-button";
    void attempt(byId(button), byId(kind === "approve" ? "agree-status" : "refuse-status"), act).then((done) => {
      if (done !== null) location.reload(); // the page says what is so now
    });
  };
  root.hidden = false;
  byId("refuse").hidden = false;
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href^="#"]'))
    link.addEventListener("click", () => unfold(link.hash.slice(1)));
  byId("agree-button").addEventListener("click", () => answer("approve", ""));
  byId("refuse-button").addEventListener("click", () => {
    const reason = (byId("reason") as HTMLTextAreaElement).value; // the template makes a textarea of it
    markField("reason", reason.trim() === "" ? "Say why you refuse" : "");
    if (reason.trim() !== "") answer("refuse", reason);
  });
}

/** Opens what a field is folded into, so that a link to it leads there in every browser. */
function unfold(id: string): void {
  const folded = document.getElementById(id)?.closest("details");
  if (folded) folded.open = true;
}

/** The text of each line that the page shows, by the line's name. */
export function shownLines(): ReadonlyMap<string, string> {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  return new Map(lines.map((each) => [each.dataset.line ?? "", each.textContent ?? ""]));
}
