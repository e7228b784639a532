/** One line of the log about a job that failed, as the server's own lines are (`level` 50: somebody should look). */
export function failedLine(
  job: string,
  at: Date,
  error: unknown,
  about: Readonly<Record<string, string>> = {},
): string {
  return `${JSON.stringify({ level: 50, time: at.getTime(), job, ...about, error: String(error) })}\n`;
}
