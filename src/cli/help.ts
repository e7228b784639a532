import type { Command } from "./command.ts";
import { EXIT_MEANINGS } from "./error.ts";

/** What `waybill help` prints. */
export function helpText(commands: Readonly<Record<string, Command>>): string {
  const usages = Object.values(commands).map((command) => `  ${command.usage}`);
  const codes = EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return [
    "Waybill seals files so that only the named people can open them.",
    "",
    ...usages,
    "  waybill help [COMMAND]",
    "  waybill --version",
    "",
    "Exit codes:",
    ...codes,
    "",
  ].join("\n");
}

/** What `waybill help COMMAND` prints. */
export function commandHelp(command: Command): string {
  return `${command.usage}\n\n${command.help}`;
}
