import { utf8 } from "../../bytes/text.ts";
import { find } from "../page/elements.ts";
import { handOver } from "../saving/hand-over.ts";
import type { OpenedView } from "../workers/calls/open-calls.ts";

/** SDT-28: shows whoever has opened it their receipt token, to keep: with it `waybill verify` says that they opened it. */
export function offerToken(root: HTMLElement, { token, waybill }: Pick<OpenedView, "token" | "waybill">): void {
  find(root, "[data-receipt-token]", HTMLElement).textContent = token;
  find(root, "[data-act=save-token]", HTMLButtonElement).addEventListener("click", () => {
    handOver(new Blob([utf8(`${token}\n`)], { type: "text/plain" }), `${waybill.reference}.receipt-token.txt`);
  });
  find(root, "[data-proof-of-opening]", HTMLDetailsElement).hidden = token === "";
}
