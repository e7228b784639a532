import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { demoConfiguration, demoRules } from "../demo/configuration.ts";
import { claimDemoFolder } from "../demo/data-folder.ts";
import { demoExtra } from "../demo/demo.ts";
import { demoPasskeys } from "../demo/passkeys.ts";
import { seedDemo } from "../demo/seed.ts";
import { readSettings } from "../server/settings.ts";
import { bundleScript } from "../web-build/bundle-scripts.ts";
import { assemble, stopOnSignal } from "./assemble.ts";
import { feedOf, startWork } from "./work.ts";

const policies = fileURLToPath(new URL("../../policies", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

// Anyone who reaches the demo can be any of its people, so it listens on this machine alone, whatever the settings say.
try {
  const given = readSettings({ WAYBILL_DATA: "demo-data", ...process.env });
  const rules = demoRules(process.argv.slice(2));
  const folder = resolve(given.data);
  claimDemoFolder(folder);
  const settings = {
    ...given,
    data: join(folder, "data"),
    keyFile: join(folder, "demo-key"),
    listen: "localhost",
    publicUrl: "",
    trustProxy: false as const,
  };
  const feed = feedOf(settings);
  const passkeys = demoPasskeys(folder);
  const shim = await bundleScript(root, "src/demo-page/play-passkeys.ts");
  const running = await assemble(settings, demoExtra(passkeys, shim.bytes), join(folder, "demo.log"), {
    mail: true,
    texts: true,
  });
  await seedDemo(running.parts, passkeys, demoConfiguration(policies, rules));
  const stopWork = startWork(running.parts, { send: async () => ({ ok: true }) }, null, feed);
  stopOnSignal(async () => {
    await stopWork();
    await running.stop();
  });
  console.error(`The demo is at ${running.parts.place.origin}/demo`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
