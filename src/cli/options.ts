import { type ParseArgsConfig, parseArgs } from "node:util";
import { CliError } from "./error.ts";

/** Options that every command takes. */
export const COMMON = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

/** `parseArgs`, whose complaint becomes ours. @throws CliError `usage` */
export function readOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs<T>(config);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new CliError({ code: "usage", message, cause });
  }
}

/** The one file that a command takes, or none. @throws CliError `usage` */
export function oneFile(positionals: readonly string[]): string | undefined {
  if (positionals.length <= 1) return positionals[0];
  throw new CliError({
    code: "usage",
    message: "Give one file. For several, pack them first: tar c FILES | waybill seal …",
  });
}

/** The one operand that a command takes, or none. @param what it is, in the complaint. @throws CliError `usage` */
export function oneOperand(positionals: readonly string[], what: string): string | undefined {
  if (positionals.length <= 1) return positionals[0];
  throw new CliError({ code: "usage", message: `Give ${what}.` });
}
