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
    return await ask(question, terminal);
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
  const name = source.fd === undefined ? (parts.passphraseFile ?? "") : `file descriptor ${source.fd}`;
  let text: string;
  try {
    text = source.fd === undefined ? await readFile(name, "utf8") : readFileSync(descriptor(source.fd), "utf8");
  } catch (cause) {
    throw fileError("read the passphrase from", name, cause);
  }
  const passphrase = text.replace(/\r?\n$/, "");
  if (passphrase === "" || passphrase.length > MAX_LENGTH) {
    throw new CliError({
      code: "usage",
      message: `There is no usable passphrase in ${name}: put one on its first line.`,
    });
  }
  return passphrase;
}

function descriptor(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new CliError({ code: "usage", message: "--passphrase-fd takes the number of an open file descriptor." });
}

function ask(question: string, terminal: Terminal): Promise<string> {
  const { input, output } = terminal;
  output.write(question);
  input.setRawMode(true);
  input.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let typed = "";
    const done = (end: () => void) => {
      input.off("data", take);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
      end();
    };
    const take = (text: string | Buffer) => {
      for (const key of String(text)) {
        if (key === "\r" || key === "\n" || key === "\u0004") return done(() => resolve(typed));
        if (key === "\u0003") return done(() => reject(interrupted()));
        if (key === "\u007f" || key === "\b") typed = [...typed].slice(0, -1).join("");
        else if (key === "\u0015") typed = "";
        else if (key >= " ") typed += key;
      }
    };
    input.on("data", take);
    input.resume();
  });
}

/** What a command that was stopped ends with. */
export function interrupted(): CliError {
  return new CliError({ code: "interrupted", message: "Interrupted. Nothing that looks complete was left." });
}
