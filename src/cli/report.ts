import type { Json } from "../bytes/canonical-json.ts";
import type { Parts } from "./command.ts";

/**
 * Says what was done. As JSON on one line: on standard output, or on standard error where the result itself went to
 * standard output. For people: on standard error.
 */
export function report(
  parts: Parts,
  options: { readonly json: boolean; readonly toStdout: boolean },
  value: { readonly [key: string]: Json },
  text: string,
): void {
  if (options.json) (options.toStdout ? parts.stderr : parts.stdout).write(`${JSON.stringify(value)}\n`);
  else if (!options.toStdout && parts.stderr.isTTY) parts.stderr.write(`${text}\n`);
}
