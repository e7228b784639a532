import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { findProgram } from "../../src/testing/programs.ts";
import { INSTALLED, installCommandLine } from "./installed.ts";

/** Made once for a whole run, or here where a file is run by itself. */
const installed = process.env[INSTALLED] ?? (await installCommandLine());

/** The words that start this checkout's command line, bundled as it is when it is packed. */
export const waybillCommand: readonly [string, string] = [process.execPath, join(installed, "dist/waybill.mjs")];

/** What a program that has ended left. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a program to its end, without a terminal. */
export function runProgram(name: string, args: readonly string[], options: RunOptions = {}): Ended {
  // setsid: the terminal that the tests were started from must not be asked for passphrases.
  const alone = findProgram(["setsid"]);
  const [program, ...rest] = [...(alone === undefined ? [] : [alone, "-w"]), name, ...args] as [string, ...string[]];
  const ended = spawnSync(program, rest, {
    input: options.input ?? "",
    env: { ...environment(), ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    maxBuffer: 1 << 30,
  });
  if (ended.error !== undefined) throw ended.error;
  return { status: ended.status, stdout: ended.stdout, stderr: ended.stderr.toString() };
}

/** Runs the command line as a process of its own. */
export function waybill(args: readonly string[], options: RunOptions = {}): Ended {
  const [node, script] = waybillCommand;
  return runProgram(node, [script, ...args], options);
}

/** The environment without what would change how commands behave. */
export function environment(): NodeJS.ProcessEnv {
  const { WAYBILL_PASSPHRASE_FILE: _, [INSTALLED]: __, ...rest } = process.env;
  return rest;
}

/** What is typed: known beforehand, or found out once the question is there. */
export type Typed = string | (() => Promise<string>);

const TERMINAL_LIMIT_MS = 120_000;

/**
 * Runs a command on a terminal of its own, and types each answer once the screen shows the question before it.
 * @returns the exit code, and in `stdout` everything that the screen showed.
 */
export async function onTerminal(
  command: readonly string[],
  dialogue: readonly (readonly [question: string, answer: Typed])[],
  cwd: string,
): Promise<Ended> {
  const script = findProgram(["script"]);
  if (script === undefined) throw new Error("The program script is missing: sudo apt-get install bsdutils");
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const child = spawn(script, ["-qefc", quoted, "/dev/null"], { cwd, env: environment() });
  let screen = "";
  let seen = 0;
  let turn = 0;
  child.stdout.on("data", (part) => {
    screen += part;
    const next = dialogue[turn];
    const at = next === undefined ? -1 : screen.indexOf(next[0], seen);
    if (next === undefined || at < 0) return;
    seen = at + next[0].length;
    turn++;
    // The program shows its question before it stops the terminal from showing what is typed.
    setTimeout(async () => {
      const [, answer] = next;
      child.stdin.write(`${typeof answer === "string" ? answer : await answer()}\r`);
    }, 300);
  });
  // A program that asks something else waits for an answer that nobody gives.
  const over = setTimeout(() => child.kill(), TERMINAL_LIMIT_MS);
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(over);
  if (turn < dialogue.length) throw new Error(`Never asked "${dialogue[turn]?.[0]}". The screen:\n${screen}`);
  return { status, stdout: Buffer.from(screen), stderr: "" };
}
