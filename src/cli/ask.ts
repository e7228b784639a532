import type { Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { interrupted } from "./passphrase.ts";

/**
 * Asks a question that is answered with yes or no; anything but a yes is a no.
 * @param otherwise what to do where there is no terminal: an option to add.
 * @throws CliError `usage` without a terminal, `interrupted`
 */
export async function askYesNo(question: string, otherwise: string, parts: Parts): Promise<boolean> {
  return /^y(?:es)?$/i.test(await askLine(`${question} [y/N]`, otherwise, parts));
}

/** Asks for a line, which shows while it is typed. @returns it without spaces around it. @throws as `askYesNo` */
export async function askLine(question: string, otherwise: string, parts: Parts): Promise<string> {
  const terminal = parts.openTerminal();
  if (terminal === null) {
    const message = `There is no terminal to ask at: “${question}” ${otherwise}`;
    throw new CliError({ code: "usage", message });
  }
  const { input, output } = terminal;
  try {
    output.write(`${question} `);
    input.setEncoding("utf8");
    const answer = await new Promise<string>((resolve, reject) => {
      let typed = "";
      input.on("data", (text) => {
        typed += String(text);
        if (/[\r\n]/.test(typed)) resolve(typed);
      });
      input.on("end", () => resolve(typed));
      input.on("error", reject);
      if (parts.signal.aborted) reject(interrupted());
      parts.signal.addEventListener("abort", () => reject(interrupted()), { once: true });
    });
    return answer.trim();
  } finally {
    terminal.close();
  }
}

/** Says something to the person at the terminal, beside what the command writes; where there is none, to nobody. */
export function say(text: string, parts: Parts): void {
  const terminal = parts.openTerminal();
  terminal?.output.write(`${text}\n`);
  terminal?.close();
}

/** Whether there is a terminal to ask at. */
export function canAsk(parts: Parts): boolean {
  const terminal = parts.openTerminal();
  terminal?.close();
  return terminal !== null;
}
