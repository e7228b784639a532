import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Witness } from "../../src/log/witness.ts";
import { parseWitnesses } from "../../src/log/witness.ts";
import { environment, waybillCommand } from "../cli/processes.ts";

/** `waybill witness` as a process of its own, with its key and memory in a folder. */
export class WitnessProcess {
  readonly #folder: string;
  readonly #log: string;
  #child: ChildProcess | null = null;
  #said = "";

  /** @param log the verifier key of the log that it watches. */
  constructor(folder: string, log: string) {
    this.#folder = folder;
    this.#log = log;
  }

  get memory(): string {
    return join(this.#folder, "witness-state.json");
  }

  /** Everything that it wrote to standard error so far. */
  get said(): string {
    return this.#said;
  }

  /** Starts it, on a free port. @returns its key and address, from its own first line. */
  async start(): Promise<Witness> {
    const [node, script] = waybillCommand;
    const options = ["--key", join(this.#folder, "witness-key.json"), "--state", this.memory, "--log", this.#log];
    const place = ["--name", "witness.example/w1", "--listen", "localhost:0"];
    const child = spawn(node, [script, "witness", ...options, ...place], {
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    child.stderr.setEncoding("utf8").on("data", (text) => {
      this.#said += text;
    });
    const ended = once(child, "close").then(() => {
      throw new Error(`The witness did not start: ${this.#said}`);
    });
    const [line] = (await Promise.race([once(child.stdout.setEncoding("utf8"), "data"), ended])) as [string];
    ended.catch(() => undefined);
    const [witness] = parseWitnesses(line.trim());
    if (witness === undefined) throw new Error(`The witness said ${line}`);
    return witness;
  }

  /** @returns its exit code and signal. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<readonly [number | null, string | null]> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return [child?.exitCode ?? 0, null];
    const ended = once(child, "close");
    child.kill(signal);
    return (await ended) as [number | null, string | null];
  }
}
