import { type ParseArgsConfig, parseArgs } from "node:util";
import { CliError } from "./error.ts";

/** Options that every command takes. */
export const COMMON = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsConfig["options"];

/** `parseArgs`, its complaint in our words. @throws CliError `usage` */
export function readOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs<T>(config);
  } catch (cause) {
    throw new CliError({ code: "usage", message: complaint(cause, config), cause });
  }
}

/** What `parseArgs` refuses, in our words: Node's are for programmers. Which option or operand it is stands in quotation marks in them. */
function complaint(cause: unknown, config: ParseArgsConfig): string {
  const told = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  const named = /'(.*?)'/.exec(told)?.[1] ?? "";
  const option = /--?[^\s,<=]+(?=[^,]*$)/.exec(named)?.[0] ?? named;
  const list = "The command with --help lists its options.";
  switch (code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION":
      return `There is no option ${option} here. ${list} A file whose name begins with - is given as ./${option}.`;
    case "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL":
      return `"${named}" is not understood here: this command takes options only. ${list}`;
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE": {
      const takesNone = config.options?.[option.replace(/^--/, "")]?.type === "boolean";
      return takesNone
        ? `${option} takes no value. ${list}`
        : `${option} needs a value behind it: ${option} VALUE, or ${option}=VALUE where the value begins with -.`;
    }
    default:
      return told;
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
