import { enrolDevice, findDevice } from "../../client/people/device.ts";
import { deviceCode } from "../../log/device-keys.ts";
import { browserPasskeys } from "./browser-passkeys.ts";
import { pressed } from "./make-keys.ts";
import { attempt, byId, inputById, showStep } from "./page.ts";
import { pageHttp } from "./page-http.ts";
import { said } from "./said.ts";
import { troubleWords } from "./trouble.ts";

const STEPS = ["find-step", "compare-step", "done-step"] as const;

/** /enrol-device: find what waits under the typed code, compare, sign. */
export async function enrolDevicePage(): Promise<void> {
  const root = document.getElementById("enrol-device");
  if (!root) return;
  root.hidden = false;
  const http = pageHttp();
  const trouble = (error: unknown) => troubleWords(error, { gone: "otherCode" });
  const other = { working: said("working"), trouble };
  const device = await new Promise<Awaited<ReturnType<typeof findDevice>>>((resolve) => {
    byId("find-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const finding = () => findDevice(http, inputById("device-code").value);
      void attempt(byId("find-device"), byId("keys-status"), finding, other).then((found) => {
        if (found) resolve(found);
      });
    });
  });
  byId("device-name").textContent = device.name;
  byId("device-shown").textContent = await deviceCode(device);
  showStep("compare-step", STEPS);
  await pressed("sign-device", async () => {
    await enrolDevice(http, browserPasskeys, device);
    return true;
  });
  showStep("done-step", STEPS);
}
