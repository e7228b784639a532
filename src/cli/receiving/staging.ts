import { type FileHandle, link, lstat, mkdir, open, rename, rm, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";
import { clearLeftovers, stagingName } from "./leftovers.ts";

/**
 * Files on their way into a folder: under temporary names in a hidden folder inside it until every one of them is whole and durable,
 * and only then under their own. What is abandoned leaves nothing; what was killed is cleared by the next run for the same transfer.
 */
export class Staging {
  readonly #target: string;
  readonly #overwrite: boolean;
  readonly #folder: string;
  readonly #names: string[] = [];

  private constructor(target: string, folder: string, overwrite: boolean) {
    this.#target = target;
    this.#folder = folder;
    this.#overwrite = overwrite;
  }

  /**
   * @param names paths below `target`, made safe before.
   * @throws CliError `file`, also where one of them exists already and may not be replaced: before anything is fetched.
   */
  static async begin(
    target: string,
    reference: string,
    names: readonly string[],
    overwrite: boolean,
  ): Promise<Staging> {
    const folder = join(target, stagingName(reference));
    try {
      for (const name of names) {
        const there = await lstat(join(target, name)).catch(() => null);
        if (there?.isDirectory()) throw taken(join(target, name), "is a folder");
        if (there !== null && !overwrite) throw taken(join(target, name), "exists already");
      }
      await mkdir(target, { recursive: true });
      await clearLeftovers(target, reference);
      await mkdir(folder, { mode: 0o700 });
    } catch (cause) {
      throw fileError("write to", target, cause);
    }
    return new Staging(target, folder, overwrite);
  }

  /** Opens the next file. Close it through `StagedFile.finish`. */
  async add(name: string): Promise<StagedFile> {
    try {
      const file = await open(join(this.#folder, String(this.#names.length)), "wx", 0o600);
      this.#names.push(name);
      return new StagedFile(join(this.#target, name), file);
    } catch (cause) {
      throw fileError("write", join(this.#target, name), cause);
    }
  }

  /**
   * Gives every file its name; where one cannot have it, those that got theirs lose it again, but for what they replaced.
   * @returns the paths. @throws CliError `file`
   */
  async finish(): Promise<readonly string[]> {
    const folders = new Set<string>();
    const paths: string[] = [];
    for (const [at, name] of this.#names.entries()) {
      const path = join(this.#target, name);
      try {
        await mkdir(dirname(path), { recursive: true });
        await this.#place(join(this.#folder, String(at)), path);
      } catch (cause) {
        if (!this.#overwrite) for (const placed of paths) await unlink(placed).catch(() => {});
        throw fileError("write", path, cause);
      }
      for (let folder = dirname(path); folder.length >= this.#target.length; folder = dirname(folder)) {
        folders.add(folder);
        if (folder === dirname(folder)) break;
      }
      paths.push(path);
    }
    for (const folder of folders) await syncFolder(folder);
    await this.abandon();
    return paths;
  }

  /** Removes what has no name of its own yet. */
  async abandon(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A rename would replace what came to be there meanwhile; a link does not. */
  async #place(from: string, path: string): Promise<void> {
    if (this.#overwrite) return rename(from, path);
    try {
      await link(from, path);
      await unlink(from);
    } catch (cause) {
      const code = cause instanceof Error && "code" in cause ? cause.code : "";
      if (code === "EEXIST") throw taken(path, "exists already");
      if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw cause;
      // A disk without links, such as a USB stick's.
      if ((await lstat(path).catch(() => null)) !== null) throw taken(path, "exists already");
      await rename(from, path);
    }
  }
}

/** One file that is being written. */
export class StagedFile {
  readonly #path: string;
  readonly #file: FileHandle;
  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#file.writeFile(bytes); // at the file's position: it appends
    } catch (cause) {
      throw fileError("write", this.#path, cause);
    }
  }

  /** Makes it durable. */
  async finish(): Promise<void> {
    try {
      await this.#file.sync();
      await this.#file.close();
    } catch (cause) {
      throw fileError("write", this.#path, cause);
    }
  }

  async abandon(): Promise<void> {
    await this.#file.close().catch(() => {});
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null); // Windows opens no folders
  await folder?.sync().catch(() => {});
  await folder?.close();
}

function taken(path: string, why: string): CliError {
  const message = `${path} ${why} and was left as it is. Nothing else was replaced. Choose another folder with -o, or add --overwrite.`;
  return new CliError({ code: "file", message });
}
