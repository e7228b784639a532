import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Parts } from "../cli/command.ts";
import { CliError } from "../cli/error.ts";
import { checkLog } from "../log/check-log.ts";
import { signerOf } from "../log/keys.ts";
import { logOrigin } from "../log/running-log.ts";
import { SETTINGS } from "../server/settings.ts";
import { StoreError } from "../store/error.ts";
import { type LogToCheck, openLogToCheck } from "../store/open-log.ts";

/** `waybill log fsck` on the server's machine: options first, then the server's own settings, then their defaults. */
export const checkStoredLog: Parts["checkLog"] = async (place, witnessed) => {
  const setting = (name: "data" | "keyFile" | "logKeyFile") =>
    place[name] ?? (process.env[SETTINGS[name].name]?.trim() || SETTINGS[name].fallback);
  const data = resolve(setting("data"));
  const keyFile = resolve(setting("keyFile") || join(dirname(data), "waybill-key"));
  const logKeyFile = resolve(setting("logKeyFile") || join(dirname(keyFile), "waybill-log-key"));
  const { log, publicUrl, close } = await openDatabase(join(data, "waybill.db"), await readKey(keyFile));
  try {
    if (publicUrl === null)
      throw new CliError({ code: "file", message: "Nobody has set this Waybill up yet: there is no log." });
    const { key } = await signerOf(logOrigin(publicUrl), "note", await readKey(logKeyFile));
    return { origin: key.name, ...(await checkLog(log, key, { witnessed })) };
  } finally {
    await close();
  }
};

async function openDatabase(file: string, key: Uint8Array): Promise<LogToCheck> {
  if (!existsSync(file))
    throw new CliError({ code: "file", message: `There is no database ${file}. Say with --data where it is.` });
  try {
    return await openLogToCheck(file, key);
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    throw new CliError({ code: "file", message: `${file} cannot be read as the database: ${cause.message}`, cause });
  }
}

async function readKey(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(path).catch((cause) => {
    throw new CliError({
      code: "file",
      message: `Cannot read the key file ${path}. Say where it is, or run this as the server's user.`,
      cause,
    });
  });
  if (bytes.length !== 32) throw new CliError({ code: "file", message: `The key file ${path} is not 32 bytes long.` });
  return new Uint8Array(bytes);
}
