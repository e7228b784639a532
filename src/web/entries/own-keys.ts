import { ClientError } from "../../client/error.ts";
import { checkOwnKeys, sayRead } from "../../client/keys/own-keys.ts";
import { fillReport, showAlarm, showContradiction } from "../keys/own-keys-alarm.ts";
import { ownKeysPage } from "../keys/own-keys-page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { browserKeyPins } from "../workers/kept/browser-key-pins.ts";

// SIS-23: every page of somebody who is signed in loads this. It asks the log what stands in their name, and believes the server nothing of it.
const pins = browserKeyPins;
try {
  const own = await checkOwnKeys({ http: pageHttp(), pins });
  if (own.false.length > 0) {
    showAlarm(own, async () => {
      await sayRead({ pins }, own);
      document.getElementById("own-keys-alarm")?.remove();
    });
    fillReport(own);
  }
  await ownKeysPage(own);
} catch (error) {
  // Without an answer there is nothing to say; what is sealed is checked again before it is, and stops then.
  if (error instanceof ClientError && error.code === "lying-server") showContradiction(error.message);
  else if (!(error instanceof ClientError)) console.warn("The keys in your name were not looked at.", error);
}
