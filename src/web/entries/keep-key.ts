import { ClientError } from "../../client/error.ts";
import { makeKeysPage } from "../keys/make-keys.ts";
import { byId } from "../keys/page.ts";
import { forgetToken, keptToken } from "../open/kept-token.ts";

// A recipient from outside keeps a key after opening (receive/key.njk). The receipt token, which was in what the six words opened,
// shows that it is the one who had them.
const root = document.getElementById("make-keys");
if (root) {
  const { id = "", working = "", cancelled = "", offline = "", failed = "" } = root.dataset;
  const token = keptToken(id);
  if (token === null) byId("open-first").hidden = false;
  else {
    const trouble = (error: unknown) => {
      const code = error instanceof ClientError ? error.code : "";
      return code === "cancelled" ? cancelled : code === "offline" ? offline : failed;
    };
    await makeKeysPage({ shown: { token }, say: { working, trouble }, done: () => forgetToken(id) });
  }
}
