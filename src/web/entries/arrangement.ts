import { type ShownArrangement, signArrangement } from "../../client/agreeing/sign-arrangement.ts";
import { byId } from "../keys/page.ts";
import { offerAnswers, shownLines } from "../page/answer-form.ts";

// /arrangements/:id: what is signed is what this page shows, and nothing else.
offerAnswers("arrangement", (answer, reason, root, parts) => signArrangement(answer, reason, shownBy(root), parts));

function shownBy({ dataset }: HTMLElement): ShownArrangement {
  return {
    id: dataset.id ?? "",
    role: dataset.role ?? "",
    signer: dataset.signer ?? "",
    text: byId("arrangement-text").textContent ?? "",
    lines: shownLines(),
  };
}
