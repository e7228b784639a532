import { homedir } from "node:os";
import { join } from "node:path";
import { main } from "../cli/main.ts";
import { openTerminal } from "../cli/terminal.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
const configHome = process.env.XDG_CONFIG_HOME || join(homedir(), ".config");
process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  passphraseFile: process.env.WAYBILL_PASSPHRASE_FILE || undefined,
  configFolder: join(configHome, "waybill"),
  signal: stop.signal,
  openTerminal,
  checkLog: async (...place) => (await import("./check-log.ts")).checkStoredLog(...place),
});
