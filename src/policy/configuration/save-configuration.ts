import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a configuration where there is none. It is there whole and synced, or not at all, also after a power failure: a server
 * whose configuration is broken off does not start.
 * @throws Error `EEXIST` when there is one already; the system's error when it cannot be written.
 */
export function saveConfiguration(file: string, text: string): void {
  if (existsSync(file))
    throw Object.assign(new Error(`There is a configuration already: ${file}.`), { code: "EEXIST" });
  const whole = `${file}.new`;
  try {
    writeFileSync(whole, text, { mode: 0o600, flush: true });
    renameSync(whole, file);
  } catch (error) {
    rmSync(whole, { force: true });
    throw error;
  }
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
