import { realpathSync } from "node:fs";
import { link, open, rm, stat } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { randomBytes, randomId } from "../bytes/random.ts";
import { StoreError, translated } from "./error.ts";
import { nodeFiles } from "./files.ts";

const LENGTH = 32;

/**
 * The database key: 32 random bytes in a file that only its owner can read, outside the data folder, so that a copy of
 * the data is not a copy of the key. Made at the first start; never made for a database that exists, since that one has
 * another key.
 * @param database the database file; its folder is the data folder.
 * @throws StoreError `unsafe-key`, `no-key`, `unwritable`, `no-room`
 */
export async function loadOrCreateKey(path: string, database: string): Promise<Uint8Array<ArrayBuffer>> {
  return loadOrCreate(path, { what: "database key", dataFolder: dirname(resolve(database)) }, async () => {
    if (((await sizeOf(database)) ?? 0) === 0) return;
    throw new StoreError({
      code: "no-key",
      message: `The database is there, but its key file ${path} is not. The data is untouched. Put the key file back, from where you keep the copy of it.`,
    });
  });
}

/**
 * The seed of the key that signs the log's heads, kept like the database key. Made when nothing has been signed yet: a
 * new key for a log that was shown to others would look to them like another log.
 * @param signed whether a head is stored.
 * @throws StoreError `unsafe-key`, `no-key`, `unwritable`, `no-room`
 */
export async function loadOrCreateLogKey(
  path: string,
  database: string,
  signed: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  return loadOrCreate(path, { what: "log key", dataFolder: dirname(resolve(database)) }, async () => {
    if (!signed) return;
    throw new StoreError({
      code: "no-key",
      message: `The log was signed with a key whose file ${path} is not there. Nothing was changed. Put the key file back, from where you keep the copy of it.`,
    });
  });
}

interface KeyFile {
  readonly what: "database key" | "log key";
  readonly dataFolder: string;
}

async function loadOrCreate(
  path: string,
  file: KeyFile,
  mayMake: () => Promise<void>,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    refuseInside(path, file);
    const present = await readKey(path, file);
    if (present !== null) return present;
    await mayMake();
    await createKey(path);
    return (await readKey(path, file)) ?? unsafe(path, file, "vanished while it was made");
  } catch (error) {
    throw translated(error);
  }
}

async function readKey(path: string, about: KeyFile): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { mode } = await file.stat();
    // Windows has no such modes: there the folder's access list protects the file.
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      unsafe(path, about, "can be read by others (chmod 600 mends it)");
    const bytes = await file.readFile();
    return bytes.length === LENGTH ? new Uint8Array(bytes) : unsafe(path, about, "is not 32 bytes long");
  } finally {
    await file.close();
  }
}

/**
 * Complete and synced before it has its name, so that no database is ever made with a key that a power cut could lose.
 */
async function createKey(path: string): Promise<void> {
  await nodeFiles.makeFolder(dirname(resolve(path)));
  const made = `${path}.${randomId()}`;
  const file = await open(made, "wx", 0o600);
  try {
    await file.writeFile(randomBytes(LENGTH));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(made, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error; // another process was first: its key counts
    });
  } finally {
    await rm(made);
  }
  await nodeFiles.syncFolder(dirname(resolve(path)));
}

function refuseInside(path: string, about: KeyFile): void {
  const way = relative(real(about.dataFolder), real(dirname(resolve(path))));
  if (way === "" || !(way.startsWith("..") || resolve(way) === way)) {
    unsafe(path, about, "lies inside the data folder: whoever copies the data would have the key");
  }
}

/** Without symbolic links, as far as the folders exist. */
function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? folder : resolve(real(parent), relative(parent, folder));
  }
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    },
  );
}

function unsafe(path: string, { what }: KeyFile, why: string): never {
  throw new StoreError({
    code: "unsafe-key",
    message: `The ${what} file ${path} ${why}. Nothing was changed.`,
  });
}
