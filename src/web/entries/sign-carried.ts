import { type ShownCarried, signCarried } from "../../client/sending/sign-carried.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { signWithPasskey } from "../keys/sign.ts";

// /transfers/:ref/check of what is carried: what is signed is made from what this page shows, and from nothing else.
const root = document.getElementById("sign-carried");
if (root) {
  root.hidden = false;
  const button = byId("sign-button");
  button.addEventListener("click", () => {
    void attempt(button, byId("sign-status"), () => sign(shownBy(root))).then((signed) => {
      if (signed !== null) location.assign(root.dataset.next ?? "/");
    });
  });
}

async function sign(shown: ShownCarried): Promise<true> {
  await signCarried(shown, {
    http: pageHttp(),
    rpId: location.hostname,
    sign: async (statement, _challenge, credentials) => ({ passkey: await signWithPasskey(statement, credentials) }),
  });
  return true;
}

/** Read off the page: each line's text, the record as it is written out, and the recipients' places in it. */
function shownBy({ dataset }: HTMLElement): ShownCarried {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  return {
    reference: dataset.reference ?? "",
    signer: dataset.signer ?? "",
    waybill: byId("waybill-text").textContent ?? "",
    assessment: byId("assessment-text").textContent ?? "",
    entries: JSON.parse(dataset.entries ?? "[]"), // whatever is in it has to have the digests that the record holds
    lines: new Map(lines.map((each) => [each.dataset.line ?? "", each.textContent ?? ""])),
  };
}
