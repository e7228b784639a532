import { type ShownArrangement, signArrangement } from "../../client/agreeing/sign-arrangement.ts";
import type { AnswerBody } from "../../domain/wire/agreeing.ts";
import { browserPasskeys } from "../keys/browser-passkeys.ts";
import { attempt, byId, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";

// /arrangements/:id: what is signed is what this page shows, and nothing else.
const root = document.getElementById("arrangement");
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
    await signArrangement(kind, reason, shownBy(root), parts);
    return true;
  };
  const [button, status] =
    kind === "approve" ? (["agree-button", "agree-status"] as const) : (["refuse-button", "refuse-status"] as const);
  void attempt(byId(button), byId(status), act).then((done) => {
    if (done !== null) location.reload(); // the page says what is so now
  });
}

function shownBy({ dataset }: HTMLElement): ShownArrangement {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  return {
    id: dataset.id ?? "",
    role: dataset.role ?? "",
    signer: dataset.signer ?? "",
    text: byId("arrangement-text").textContent ?? "",
    lines: new Map(lines.map((each) => [each.dataset.line ?? "", each.textContent ?? ""])),
  };
}
