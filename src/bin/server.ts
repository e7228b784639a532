import { resolve } from "node:path";
import { newSetUpCode } from "../server/journeys/set-up/set-up-code.ts";
import { readSettings } from "../server/settings.ts";
import { assemble, stopOnSignal } from "./assemble.ts";
import { makeBounceFolder, refuseDemoFolder } from "./places.ts";
import { feedOf, messengerOf, startWork } from "./work.ts";

try {
  const settings = readSettings(process.env);
  refuseDemoFolder(resolve(settings.data));
  const mailer = messengerOf(settings);
  const feed = feedOf(settings);
  const bounces = makeBounceFolder(settings.bounces);
  const running = await assemble(
    settings,
    { rows: [], templates: [], scripts: [], banner: null },
    settings.logFile || null,
    { mail: settings.smtpHost !== "", texts: settings.notifyKeyFile !== "" },
  );
  const stopWork = startWork(running.parts, mailer, bounces, feed);
  stopOnSignal(async () => {
    await stopWork();
    await running.stop();
  });
  console.error(`Waybill is at ${running.parts.place.origin}`);
  if (settings.smtpHost === "") console.error("No mail server is set up (WAYBILL_SMTP_HOST): mail waits in the queue.");
  const code = await newSetUpCode(running.parts);
  if (code) console.error(`Nobody has set it up yet. Open that address and enter this code: ${code}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
