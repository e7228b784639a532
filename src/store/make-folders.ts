import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder, for its owner alone, and those above it that are absent. Node's own recursive `mkdir` never ends where a file
 * system answers “no such file” for what it will not make, as /proc does.
 * @returns those that were made, the outermost first.
 * @throws the system's error of the first that could not be made; `ENOTDIR` where there is a file in the way.
 */
export function makeFolders(path: string): readonly string[] {
  const folder = resolve(path);
  try {
    return made(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (codeOf(error) !== "ENOENT" || parent === folder || isThere(parent)) throw error;
    return [...makeFolders(parent), ...made(folder)];
  }
}

function made(folder: string): readonly string[] {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return [folder];
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if (statSync(folder).isDirectory()) return [];
    throw Object.assign(new Error(`${folder} is a file`, { cause: error }), { code: "ENOTDIR" });
  }
}

function isThere(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false }) !== undefined;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
