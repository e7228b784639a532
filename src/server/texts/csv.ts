/** What a spreadsheet reads as the beginning of a formula (OWASP, CSV injection); full-width forms of the same signs too. */
const FORMULA = /^[\s]*[=+\-@|%\t\r\n＝＋－＠]/u;

/**
 * One line of a CSV file (RFC 4180), every cell quoted. What a spreadsheet would run as a formula gets an apostrophe in front, which it
 * shows as text: whoever typed a purpose or a name runs nothing on an auditor's computer.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => quoted(cell ?? "")).join(",")}\r\n`;
}

function quoted(cell: string | number): string {
  const text = String(cell);
  const safe = typeof cell === "string" && FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
