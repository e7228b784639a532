import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { AskedWitness, Parts } from "../cli/command.ts";
import { CliError } from "../cli/error.ts";
import { submitHead } from "../jobs/submit-head.ts";
import { checkLog } from "../log/check-log.ts";
import type { EventLog } from "../log/event-log.ts";
import { signerOf } from "../log/keys.ts";
import { logOrigin } from "../log/running-log.ts";
import { parseWitnesses, type Witness } from "../log/witness.ts";
import { SETTINGS } from "../server/settings.ts";
import { StoreError } from "../store/error.ts";
import { type LogToCheck, openLogToCheck } from "../store/open-log.ts";

/** `waybill log fsck` on the server's machine: options first, then the server's own settings, then their defaults. */
export const checkStoredLog: Parts["checkLog"] = async (place, { witnessed, witnesses }) => {
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
    const report = await checkLog(log, key, { witnessed });
    // A log that is not what was signed is not shown to anybody to vouch for.
    const asked = report.findings.length > 0 ? [] : await askEach(log, namedWitnesses(witnesses));
    return { origin: key.name, ...report, asked };
  } finally {
    await close();
  }
};

/** Those that the command names; else the server's own. */
function namedWitnesses(given: readonly string[]): readonly Witness[] {
  return parseWitnesses(given.length > 0 ? given.join(",") : (process.env[SETTINGS.witnesses.name] ?? ""));
}

/** SIS-37: an older database that was put back agrees with itself; a witness has seen a longer log. */
async function askEach(log: EventLog, witnesses: readonly Witness[]): Promise<readonly AskedWitness[]> {
  const head = await log.checkpoint();
  if (head === null) return [];
  return Promise.all(
    witnesses.map(async (witness) => {
      const answer = await submitHead(log, witness, head, (await log.cosignedBy(witness.key))?.size ?? 0);
      return { name: witness.key.name, answer: answer.kind, why: answer.kind === "cosigned" ? "" : answer.why };
    }),
  );
}

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
