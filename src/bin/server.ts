import { readSettings } from "../server/settings.ts";
import { assemble, stopOnSignal } from "./assemble.ts";
import { startWork } from "./work.ts";

try {
  const settings = readSettings(process.env);
  const running = await assemble(
    settings,
    { rows: [], templates: [], scripts: [], banner: null },
    settings.logFile || null,
  );
  const stopWork = await startWork(running.parts, settings);
  stopOnSignal(async () => {
    await stopWork();
    await running.stop();
  });
  console.error(`Waybill is at ${running.parts.place.origin}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
