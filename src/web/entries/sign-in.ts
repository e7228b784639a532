import { signIn } from "../../client/people/sign-in.ts";
import { browserPasskeys } from "../keys/browser-passkeys.ts";
import { attempt, byId } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { recoverPage } from "../keys/recover-page.ts";

const root = document.getElementById("sign-in");
if (root) {
  root.hidden = false;
  const button = byId("sign-in-button");
  button.addEventListener("click", () => {
    const signing = () => signIn(pageHttp(), browserPasskeys, root.dataset.next ?? "");
    void attempt(button, byId("sign-in-status"), signing).then((next) => {
      if (next !== null) location.assign(next);
    });
  });
}
await recoverPage();
