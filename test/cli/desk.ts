import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesOf } from "../../src/cli/account/config-folder.ts";
import { type Device, newDeviceKeys, writeDevice } from "../../src/cli/account/device.ts";
import { State } from "../../src/cli/account/state.ts";
import type { Member } from "../../src/domain/member.ts";
import { addKey } from "../../src/testing/organisation.ts";
import type { TestServer } from "../../src/testing/server.ts";
import { environment, waybillCommand } from "./processes.ts";

const LIKE_THE_LAUNCHER = ["--disable-warning=ExperimentalWarning"];

/** What a command that has ended left. */
export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  json<T = Record<string, unknown>>(): T;
}

/** A command that runs. */
export interface Running {
  readonly ended: Promise<Said>;
  /** Everything on standard error so far. */
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
}

/** One person's machine: a folder of files, a config folder, and no terminal. */
export class Desk {
  readonly folder: string;
  readonly config: string;
  private constructor(folder: string) {
    this.folder = folder;
    this.config = join(folder, ".config", "waybill");
  }

  static async make(): Promise<Desk> {
    return new Desk(await mkdtemp(join(tmpdir(), "waybill-desk-")));
  }

  /** A machine whose command line is enrolled for the member, as after `waybill login` and the browser. */
  static async of(server: TestServer, member: Member): Promise<Desk & { readonly device: Device }> {
    const desk = await Desk.make();
    const secrets = await newDeviceKeys([]);
    const { id: keyId } = await addKey(server, member.id, secrets);
    const device: Device = { version: 1, origin: server.url, address: member.address, keyId, ...secrets };
    await mkdir(desk.config, { recursive: true, mode: 0o700 });
    await writeDevice(filesOf(desk.config, server.url).keys, device);
    await desk.know(server, member);
    return Object.assign(desk, { device });
  }

  /** The member said here that their keys of now are theirs: no passkey signed for what tests add to the records. */
  async know(server: TestServer, member: Member): Promise<void> {
    const state = new State(filesOf(this.config, server.url).state);
    const theirs = await server.records.read.keysOf(member.id);
    await state.save(member.address, new Map(theirs.map(({ id, recipient }) => [id, recipient])));
    state.close();
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, bytes: string | Uint8Array): Promise<void> {
    await mkdir(join(this.path(name), ".."), { recursive: true });
    await writeFile(this.path(name), bytes);
  }

  read(name: string): Promise<Buffer> {
    return readFile(this.path(name));
  }

  /** Every file below a folder, as paths from it, sorted; empty where there is none. */
  async files(name: string): Promise<readonly string[]> {
    const entries = await readdir(this.path(name), { recursive: true, withFileTypes: true }).catch(() => []);
    const root = this.path(name);
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();
  }

  start(args: readonly string[], input: string | Uint8Array = ""): Running {
    const [node, script] = waybillCommand;
    const env = { ...environment(), XDG_CONFIG_HOME: join(this.folder, ".config") };
    // A session of its own, so that the terminal which the tests were started from is not asked.
    const child = spawn(node, [...LIKE_THE_LAUNCHER, script, ...args], { cwd: this.folder, env, detached: true });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (part) => {
      stdout += part;
    });
    child.stderr.on("data", (part) => {
      stderr += part;
    });
    child.stdin.on("error", () => {}); // it may end without reading
    child.stdin.end(input);
    const ended = new Promise<Said>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, stdout, stderr, json: () => JSON.parse(stdout) }));
    });
    return { ended, stderr: () => stderr, kill: (signal) => void child.kill(signal) };
  }

  run(args: readonly string[], input: string | Uint8Array = ""): Promise<Said> {
    return this.start(args, input).ended;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
