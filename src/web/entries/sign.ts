import { ClientError } from "../../client/error.ts";
import { signSending } from "../../client/sending/sign-sending.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { signWithPasskey } from "../keys/sign.ts";
import { forgetMade, loadMade } from "../workers/kept/made.ts";

type Seen = Pick<Waybill, "originator" | "facts" | "expires">;

const root = document.getElementById("sign");
if (root) {
  const { reference = "", seen = "", next = "" } = root.dataset;
  root.hidden = false;
  const button = byId("sign-button");
  button.addEventListener("click", () => {
    // What the page shows is the server's word; what would be signed is compared with it and with what this browser sealed.
    void attempt(button, byId("sign-status"), () => sign(reference, JSON.parse(seen) as Seen)).then((signed) => {
      if (signed !== null) location.assign(next);
    });
  });
}

async function sign(reference: string, seen: Seen): Promise<true> {
  const made = await loadMade(reference);
  if (made === null) {
    const message =
      "The files were sealed in another browser or on another device, so this one cannot check what it would sign. Sign there, or add the files again here.";
    throw new ClientError({ code: "elsewhere", message });
  }
  await signSending(made, seen, {
    http: pageHttp(),
    rpId: location.hostname,
    sign: async (statement, _challenge, credentials) => ({ passkey: await signWithPasskey(statement, credentials) }),
  });
  await forgetMade(reference);
  return true;
}
