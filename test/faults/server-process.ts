import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../src/bin/server.ts", import.meta.url));

/** The real server in a process of its own, on one port and one data folder however often it is started. */
export class ServerProcess {
  readonly port: number;
  readonly origin: string;
  readonly database: string;
  readonly keyFile: string;
  readonly bodies: string;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #said = "";

  /** @param folder a temporary one: it gets the data, the key and the log. */
  constructor(folder: string, port: number) {
    this.port = port;
    this.origin = `http://localhost:${port}`;
    this.database = join(folder, "data", "waybill.db");
    this.bodies = join(folder, "data", "bodies");
    this.keyFile = join(folder, "key");
    this.#environment = {
      PATH: process.env.PATH,
      WAYBILL_PORT: String(port),
      WAYBILL_DATA: join(folder, "data"),
      WAYBILL_KEY_FILE: this.keyFile,
      WAYBILL_LOG_FILE: join(folder, "log"),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    };
  }

  /** Starts it. Settles when it listens. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [program], {
      env: this.#environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#child = child;
    this.#said = "";
    const ended = once(child, "close").then(() => {
      throw new Error(`The server ended before it listened, and said:\n${this.#said}`);
    });
    const listening = new Promise<void>((resolve) => {
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        this.#said += text;
        if (this.#said.includes("Waybill is at")) resolve();
      });
    });
    await Promise.race([listening, ended]);
    ended.catch(() => undefined); // it ends some time; `kill` and `stop` look at how
  }

  /** kill -9. Settles when the process is gone. @returns how it ended, as code and signal. */
  kill(): Promise<readonly unknown[]> {
    return this.#end("SIGKILL");
  }

  /** Asks it to stop, as an operator does. @returns how it ended, as code and signal. */
  stop(): Promise<readonly unknown[]> {
    return this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<readonly unknown[]> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server was not running any more. It had said:\n${this.#said}`);
    }
    const ended = once(child, "close");
    child.kill(signal);
    return ended;
  }
}
