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
export async function loadOrCreateKey(path: string, database: string): Promise<Uint8Array> {
  try {
    refuseInside(path, dirname(resolve(database)));
    const present = await readKey(path);
    if (present !== null) return present;
    if (((await sizeOf(database)) ?? 0) > 0) {
      throw new StoreError({
        code: "no-key",
        message: `The database is there, but its key file ${path} is not. The data is untouched. Put the key file back, from where you keep the copy of it.`,
      });
    }
    await createKey(path);
    return (await readKey(path)) ?? unsafe(path, "vanished while it was made");
  } catch (error) {
    throw translated(error);
  }
}

async function readKey(path: string): Promise<Uint8Array | null> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { mode } = await file.stat();
    // Windows has no such modes: there the folder's access list protects the file.
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      unsafe(path, "can be read by others (chmod 600 mends it)");
    const bytes = await file.readFile();
    return bytes.length === LENGTH ? new Uint8Array(bytes) : unsafe(path, "is not 32 bytes long");
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

function refuseInside(path: string, dataFolder: string): void {
  const way = relative(real(dataFolder), real(dirname(resolve(path))));
  if (way === "" || !(way.startsWith("..") || resolve(way) === way)) {
    unsafe(path, "lies inside the data folder: whoever copies the data would have the key");
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

function unsafe(path: string, why: string): never {
  throw new StoreError({
    code: "unsafe-key",
    message: `The database key file ${path} ${why}. Nothing was changed.`,
  });
}
