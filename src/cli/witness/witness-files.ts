import { type FileHandle, open, readFile, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { fromBase64, toBase64 } from "../../bytes/base64.ts";
import { randomBytes, randomId } from "../../bytes/random.ts";
import { parseHash } from "../../log/checkpoint.ts";
import { isKeyName, type Signer, signerOf } from "../../log/keys.ts";
import type { Seen } from "../../log/witness.ts";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";

/**
 * The witness's own key: name and seed as JSON, readable by its owner alone. Made where it is absent and a name is given.
 * @throws CliError `file`, `usage`
 */
export async function loadOrCreateWitnessKey(path: string, name: string | undefined): Promise<Signer> {
  const present = await readWhole(path);
  if (present === null) {
    if (name === undefined)
      throw usage(`There is no key file ${path} yet: give the witness a name with --name, to make it.`);
    if (!isKeyName(name))
      throw usage("A witness's name has no spaces and no plus signs. It looks like witness.example/w1.");
    await writeDurably(path, `${JSON.stringify({ name, seed: toBase64(randomBytes(32)) })}\n`, "new");
    return loadOrCreateWitnessKey(path, name);
  }
  if (process.platform !== "win32" && (present.mode & 0o077) !== 0)
    throw unusable(path, "can be read by others (chmod 600 mends it)");
  const stored = parsed(path, present.text);
  if (!hasTexts(stored, ["name", "seed"])) throw unusable(path, "is no key of a witness");
  if (name !== undefined && name !== stored.name) throw unusable(path, `is the key of ${stored.name}, not of ${name}`);
  return signerOf(String(stored.name), "cosignature", seedOf(path, String(stored.seed)));
}

/** What is remembered of each log, by origin. `note` has the log's signature and ours. */
export type Memory = ReadonlyMap<string, Seen & { readonly note: string }>;

/** @returns an empty memory where there is no file yet. @throws CliError `file` for one that is not whole. */
export async function readMemory(path: string): Promise<Memory> {
  const present = await readWhole(path);
  const memory = new Map<string, Seen & { readonly note: string }>();
  if (present === null) return memory;
  for (const [origin, stored] of Object.entries(parsed(path, present.text))) {
    const root = hasTexts(stored, ["root", "note"]) ? parseHash(String(stored.root)) : null;
    const size = hasTexts(stored, []) ? Number(stored.size) : Number.NaN;
    if (root === null || !Number.isSafeInteger(size) || !hasTexts(stored, ["note"]))
      throw unusable(path, `says something about ${origin} that cannot be read`);
    memory.set(origin, { size, root, note: String(stored.note) });
  }
  return memory;
}

/** After it the memory is what the file says, also after a power cut; before, what it said. */
export async function writeMemory(path: string, memory: Memory): Promise<void> {
  const entries = [...memory].map(([origin, { size, root, note }]) => [origin, { size, root: toBase64(root), note }]);
  await writeDurably(path, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`, "replace");
}

async function readWhole(path: string): Promise<{ readonly text: string; readonly mode: number } | null> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, "r");
    return { text: await readFile(file, "utf8"), mode: (await file.stat()).mode };
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw fileError("read", path, cause);
  } finally {
    await file?.close();
  }
}

/** Whole and synced under another name first, then under its own, then the folder is synced. */
async function writeDurably(path: string, text: string, how: "new" | "replace"): Promise<void> {
  const temporary = `${path}.${randomId()}.part`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (how === "new" && (await readWhole(path)) !== null) throw unusable(path, "was made by another program just now");
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await unlink(temporary).catch(() => undefined);
    throw fileError("write", path, cause);
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return; // it cannot open folders, and journals names
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}

function parsed(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (hasTexts(value, [])) return value;
  } catch (cause) {
    throw unusable(path, "is not whole", cause);
  }
  throw unusable(path, "is not what this program writes");
}

function hasTexts(value: unknown, names: readonly string[]): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === "string"); // an object: any name can be asked for
}

function seedOf(path: string, text: string): Uint8Array<ArrayBuffer> {
  const seed = /^[A-Za-z0-9+/]{43}=$/.test(text) ? fromBase64(text) : null;
  if (seed === null) throw unusable(path, "is no key of a witness");
  return seed;
}

function unusable(path: string, why: string, cause?: unknown): CliError {
  const message = `${path} ${why}. It was left as it is. Put back the right one, from where you keep the copy of it.`;
  return new CliError({ code: "file", message, cause });
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message });
}
