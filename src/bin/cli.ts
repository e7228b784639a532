import { main } from "../cli/main.ts";
import { openTerminal } from "../cli/terminal.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
process.exitCode = await main(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  passphraseFile: process.env.WAYBILL_PASSPHRASE_FILE || undefined,
  signal: stop.signal,
  openTerminal,
});
