import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";

/**
 * What the command line keeps for one server, in the config folder: `NAME.json`, the keys of this device; `NAME.db`, what it needs
 * to go on. Only their owner may read them.
 */
export function filesOf(configFolder: string, origin: string): { readonly keys: string; readonly state: string } {
  const { protocol, host } = new URL(origin);
  const name = `${protocol === "http:" ? "http_" : ""}${host.replaceAll(/[^A-Za-z0-9.-]/g, "_")}`;
  return { keys: join(configFolder, `${name}.json`), state: join(configFolder, `${name}.db`) };
}

/** The key files of every server that this command line is enrolled at. */
export async function keyFiles(configFolder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(configFolder);
    return names
      .filter((name) => name.endsWith(".json") && !name.startsWith("."))
      .sort()
      .map((name) => join(configFolder, name));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw fileError("read", configFolder, cause);
  }
}

/** Makes the config folder where it is missing, for its owner alone. */
export async function ensureFolder(configFolder: string): Promise<void> {
  try {
    await mkdir(configFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw fileError("make the folder", configFolder, cause);
  }
}

/** A private file's text; null where there is none. @throws CliError `file`, also when others may read it. */
export async function readPrivate(path: string): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      const message = `${path} holds your keys, and others on this machine may read it: chmod 600 ${path}, and ask yourself who has.`;
      throw new CliError({ code: "file", message });
    }
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw fileError("read", path, cause);
  }
}

/** Writes a private file: whole and durable, or not at all. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString("hex")}.part`);
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    const folder = await open(dirname(path), "r").catch(() => null); // Windows opens no folders
    await folder?.sync().catch(() => {});
    await folder?.close();
  } catch (cause) {
    await unlink(temporary).catch(() => {});
    throw fileError("write", path, cause);
  }
}
