import { createWriteStream, existsSync, openSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DEMO_MARKER } from "../store/demo-marker.ts";
import { StoreError } from "../store/error.ts";
import { makeFolders } from "../store/make-folders.ts";

/** What the system's refusals mean, for whoever starts the server. */
const WHY: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "that file system is read-only",
  ENOTDIR: "part of that path is a file",
  EISDIR: "that is a folder",
  ENOENT: "there is no such folder, and none can be made there",
  ENOSPC: "the disk is full",
};

/** @throws Error that names the folder and says what to do. */
export function makeDataFolder(folder: string): void {
  named(`The data folder ${folder} (WAYBILL_DATA) cannot be made`, () => makeFolders(folder));
}

/**
 * A file that log lines are added to. Where a line cannot be written later, the server goes on, and says so once on the console.
 * @throws Error that names the file and says what to do.
 */
export function openLogFile(path: string): { write(line: string): void } {
  const fd = named(`The log file ${path} (WAYBILL_LOG_FILE) cannot be written`, () => openSync(path, "a", 0o600));
  const stream = createWriteStream(path, { fd });
  stream.on("error", (error) => console.error(`The log file ${path} takes no more lines: ${whyOf(error)}.`));
  return { write: (line) => void (stream.writable && stream.write(line)) };
}

/**
 * The Maildir that bounces come back to, made where it is not there; null where the settings name none.
 * @throws Error that names the folder and says what to do.
 */
export function makeBounceFolder(path: string): string | null {
  if (path === "") return null;
  const folder = resolve(path);
  for (const each of ["new", "cur", "tmp"]) {
    named(`The Maildir ${folder} (WAYBILL_BOUNCES) cannot be made`, () => makeFolders(join(folder, each)));
  }
  return folder;
}

/** Anybody could use a demo's keys. @throws Error in a demo's folder, or the data folder inside one. */
export function refuseDemoFolder(folder: string): void {
  if (![folder, dirname(folder)].some((each) => existsSync(join(each, DEMO_MARKER)))) return;
  throw new Error(
    `${folder} (WAYBILL_DATA) is the folder of a demo, so nothing was started and nothing in it was changed. Start the demo with npm start -- --demo, or give the ordinary server a folder of its own.`,
  );
}

/** What the store refuses while a place is opened, with the place. @throws Error with a text for the operator */
export async function naming<T>(what: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "unwritable") throw error;
    throw refusal(`${what} cannot be written`, error.cause);
  }
}

function named<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw refusal(what, error);
  }
}

function refusal(what: string, cause: unknown): Error {
  return new Error(
    `${what}: ${whyOf(cause)}. Nothing was started, and nothing that is there was changed. Choose another place, or make it one that the user that the server runs as can write.`,
    { cause },
  );
}

function whyOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code.startsWith("SQLITE_READONLY")) return "it may be read, and not written, by this user";
  return WHY[code] ?? (code || String(cause));
}
