import { printable } from "../table.ts";

/** SIS-24: shown before a receipt is signed, which acknowledges it. The server wrote the lines. */
export function handlingText(handling: readonly string[]): string {
  if (handling.length === 0) return "";
  return `How to handle it, which a receipt says that you have read:\n${handling.map((line) => `  - ${printable(line)}\n`).join("")}`;
}
