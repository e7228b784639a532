import type { Parts } from "../../parts.ts";

/** That the log is not what it was, as a job found it and has not found mended since. */
export interface LogAlarm {
  /** A witness's name, or null where it was found here. */
  readonly witness: string | null;
  readonly at: string;
  readonly says: string;
}

/** SIS-37: what the jobs that sign, check and have witnessed the log have found. */
export async function logAlarms({ log, ephemera, clock }: Pick<Parts, "log" | "ephemera" | "clock">) {
  const now = clock.now();
  const found: LogAlarm[] = [];
  for (const [source, witness] of [
    ["head", null],
    ["check", null],
    ...log.witnesses.map(({ key }) => [`witness ${key.name}`, key.name] as const),
  ] as const) {
    const alarm = await ephemera.get("log", source, now);
    if (alarm !== null) found.push({ witness, at: String(alarm.at), says: String(alarm.says) });
  }
  return found;
}
