import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Parts, Terminal } from "./command.ts";
import { CliError } from "./error.ts";
import { fileError } from "./system-error.ts";

const MAX_LENGTH = 4096;

/** Where a passphrase may come from besides the terminal. It is never an argument: those show in lists of processes. */
export interface PassphraseSource {
  /** A file descriptor that the caller opened (`--passphrase-fd 3 3< file`). */
  readonly fd?: string | undefined;
}

/**
 * Reads a passphrase: from a file descriptor, from the file that WAYBILL_PASSPHRASE_FILE names, or else asked for on the
 * terminal without showing it. One line end is dropped from its end.
 * @returns an empty text only from the terminal.
 * @throws CliError `usage`, `file`, `interrupted`
 */
export async function readPassphrase(question: string, source: PassphraseSource, parts: Parts): Promise<string> {
  const given = await givenPassphrase(source, parts);
  if (given !== null) return given;
  const terminal = parts.openTerminal();
  if (terminal === null) {
    const message =
      "There is no terminal to ask for the passphrase. Put it into a file that only you can read and name that file in " +
      "WAYBILL_PASSPHRASE_FILE, or use --passphrase-fd.";
    throw new CliError({ code: "usage", message });
  }
  try {
    return await askHidden(question, terminal, parts.signal);
  } finally {
    terminal.close();
  }
}

/** Whether `readPassphrase` would ask at the terminal. */
export function asksForPassphrase(source: PassphraseSource, parts: Parts): boolean {
  return source.fd === undefined && parts.passphraseFile === undefined;
}

async function givenPassphrase(source: PassphraseSource, parts: Parts): Promise<string | null> {
  if (asksForPassphrase(source, parts)) return null;
  if (source.fd !== undefined) return readDescriptor(source.fd, "--passphrase-fd", "passphrase");
  const name = parts.passphraseFile ?? "";
  try {
    return usable(await readFile(name, "utf8"), name, "passphrase");
  } catch (cause) {
    throw fileError("read the passphrase from", name, cause);
  }
}

/**
 * Reads a secret from a file descriptor that the caller opened, 0 being standard input. One line end is dropped from its end.
 * @param option the option's name, and @param what it takes, in complaints. @throws CliError `usage`, `file`
 */
export function readDescriptor(fd: string, option: string, what: string): string {
  if (!/^\d{1,4}$/.test(fd)) {
    throw new CliError({ code: "usage", message: `${option} takes the number of an open file descriptor.` });
  }
  const name = `file descriptor ${fd}`;
  try {
    return usable(readFileSync(Number(fd), "utf8"), name, what);
  } catch (cause) {
    throw fileError(`read the ${what} from`, name, cause);
  }
}

function usable(text: string, name: string, what: string): string {
  const secret = text.replace(/\r?\n$/, "");
  if (secret !== "" && secret.length <= MAX_LENGTH) return secret;
  throw new CliError({ code: "usage", message: `There is no usable ${what} in ${name}: put one on its first line.` });
}

/**
 * Asks without showing what is typed.
 * @param lines what is pasted in several lines is one answer, with spaces between.
 * @throws CliError `interrupted`, also when the terminal goes away
 */
export function askHidden(question: string, terminal: Terminal, signal: AbortSignal, lines = false): Promise<string> {
  const { input, output } = terminal;
  output.write(question);
  input.setRawMode(true);
  input.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let typed = "";
    const done = (end: () => void) => {
      input.off("data", take);
      signal.removeEventListener("abort", stop);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
      end();
    };
    const take = (text: string | Buffer) => {
      const keys = lines ? String(text).replaceAll(/[\r\n]+(?=[^\r\n])/g, " ") : String(text);
      for (const key of keys) {
        if (key === "\r" || key === "\n" || key === "\u0004") return done(() => resolve(typed));
        if (key === "\u0003") return done(() => reject(interrupted()));
        if (key === "\u007f" || key === "\b") typed = [...typed].slice(0, -1).join("");
        else if (key === "\u0015") typed = "";
        else if (key >= " ") typed += key;
      }
    };
    const stop = () => done(() => reject(interrupted()));
    input.on("data", take);
    input.once("end", stop);
    input.once("error", () => reject(interrupted()));
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    else input.resume();
  });
}

/** What a command that was stopped ends with. */
export function interrupted(): CliError {
  return new CliError({ code: "interrupted", message: "Interrupted. Nothing that looks complete was left." });
}
