import { randomBytes } from "node:crypto";
import { fstatSync, writev as writevFd } from "node:fs";
import { type FileHandle, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { fileError } from "./system-error.ts";

/** Bytes that are gathered before they are written. */
const WRITE_SIZE = 1024 * 1024;
/** Parts smaller than this may share their memory with others. */
const RELEASE_SIZE = 64 * 1024;

/** Where the result goes. */
export interface Output {
  readonly name: string;
  /** Takes the bytes over: they must not be written to again. May return before they are written. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the result durable and gives it its name. Only after this may it be called complete. */
  finish(): Promise<void>;
  /** Leaves nothing behind that looks complete. */
  abandon(): Promise<void>;
}

export interface OutputOptions {
  /** Whether a file of that name may be replaced. */
  readonly force: boolean;
  /** What the result is, in messages: "the sealed file". */
  readonly what: string;
  /** Whether it may be shown on a terminal. */
  readonly terminal: boolean;
}

/**
 * Opens the place for a result: a file of its own beside the target, which takes the target's name at the end, or standard
 * output, or something that exists and is no file (a pipe, a device).
 * @throws CliError `file`, `usage`
 */
export async function openOutput(path: string | undefined, options: OutputOptions, parts: Parts): Promise<Output> {
  if (path === undefined || path === "-") return standardOutput(options, parts);
  try {
    const existing = await stat(path).catch(() => null);
    if (existing !== null && !existing.isFile() && !existing.isDirectory()) {
      const file = await open(path, "w");
      return new FileOutput(path, file.fd, { file, temporary: null, force: true });
    }
    if (existing?.isDirectory())
      throw new CliError({ code: "file", message: `${path} is a folder: give a file name.` });
    if (existing !== null && !options.force) throw taken(path);
    const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.part`);
    const file = await open(temporary, "wx", 0o600);
    return new FileOutput(path, file.fd, { file, temporary, force: options.force });
  } catch (cause) {
    throw fileError("write", path, cause);
  }
}

function standardOutput(options: OutputOptions, parts: Parts): Output {
  if (parts.stdout.isTTY && !options.terminal) {
    const message = `Not writing ${options.what} to the terminal: give a file with -o, or pipe it into a program.`;
    throw new CliError({ code: "usage", message });
  }
  const fd = parts.stdout.fd;
  if (fd !== undefined && fstatSync(fd).isFile()) return new FileOutput("standard output", fd, null);
  return new StreamOutput(parts.stdout);
}

class FileOutput implements Output {
  readonly name: string;
  readonly #fd: number;
  readonly #own: Own | null;
  #waiting: Uint8Array[] = [];
  #size = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(name: string, fd: number, own: Own | null) {
    this.name = name;
    this.#fd = fd;
    this.#own = own;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= WRITE_SIZE) await this.#flush();
  }

  async finish(): Promise<void> {
    try {
      await this.#flush();
      await this.#writing;
      if (this.#own === null) return;
      const { file, temporary, force } = this.#own;
      if (temporary === null) return await file.close();
      await file.sync();
      await file.close();
      if (!force && (await stat(this.name).catch(() => null)) !== null) throw taken(this.name);
      await rename(temporary, this.name);
      await syncFolder(dirname(this.name));
    } catch (cause) {
      throw fileError("write", this.name, cause);
    }
  }

  async abandon(): Promise<void> {
    await this.#writing.catch(() => {});
    await this.#own?.file.close().catch(() => {});
    if (this.#own?.temporary) await unlink(this.#own.temporary).catch(() => {});
  }

  /** One write runs while the next is gathered. */
  async #flush(): Promise<void> {
    const parts = this.#waiting;
    this.#waiting = [];
    this.#size = 0;
    try {
      await this.#writing;
    } catch (cause) {
      throw fileError("write", this.name, cause);
    }
    this.#writing = writeAll(this.#fd, parts).finally(() => parts.forEach(release));
    this.#writing.catch(() => {});
  }
}

/** A file that this program opened, and the name that it has until it is whole (null: it is no regular file). */
interface Own {
  readonly file: FileHandle;
  readonly temporary: string | null;
  readonly force: boolean;
}

const writev = promisify(writevFd);

/**
 * Gives a written part's memory back at once. Waiting for the garbage collector costs a third of the speed, and memory
 * for hundreds of parts.
 */
function release(part: Uint8Array): void {
  if (part.length < RELEASE_SIZE || part.length !== part.buffer.byteLength) return;
  if (part.buffer instanceof ArrayBuffer) part.buffer.transfer(0);
}

/** Writes every byte: one writev may write fewer. */
async function writeAll(fd: number, parts: readonly Uint8Array[]): Promise<void> {
  let rest = parts.filter((part) => part.length > 0);
  while (rest.length > 0) {
    let { bytesWritten } = await writev(fd, rest);
    rest = rest.flatMap((part) => {
      const done = Math.min(part.length, bytesWritten);
      bytesWritten -= done;
      return done === part.length ? [] : [part.subarray(done)];
    });
  }
}

/** So that the name survives a power cut too. Windows has no such call for folders. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

class StreamOutput implements Output {
  readonly name = "standard output";
  readonly #stream: Parts["stdout"];
  #failed: unknown = null;

  constructor(stream: Parts["stdout"]) {
    this.#stream = stream;
    stream.on("error", (cause) => {
      this.#failed = cause;
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failed !== null) return reject(fileError("write to", this.name, this.#failed));
      this.#stream.write(bytes, (cause) => (cause ? reject(fileError("write to", this.name, cause)) : resolve()));
    });
  }

  async finish(): Promise<void> {
    if (this.#failed !== null) throw fileError("write to", this.name, this.#failed);
  }

  async abandon(): Promise<void> {}
}

function taken(path: string): CliError {
  const message = `${path} exists already and was left as it is: give another name, or --force to replace it.`;
  return new CliError({ code: "file", message });
}
