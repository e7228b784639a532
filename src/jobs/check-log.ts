import { setImmediate } from "node:timers/promises";
import { DAY, iso } from "../domain/clock.ts";
import { checkLog } from "../log/check-log.ts";
import { describeFinding } from "../log/findings.ts";
import { allClear, raiseAlarm } from "./alarm.ts";
import type { JobParts } from "./parts.ts";

const HOUR = DAY / 24;
const NIGHT = { from: 1, to: 5 };

type Parts = Pick<JobParts, "records" | "ephemera" | "log" | "texts" | "logTo">;

/**
 * SIS-37: once a night, rebuilds the log from the events and compares; what is wrong raises the alarm. Where the server
 * sleeps at night, at the first time after 30 hours. Answers the number of findings.
 */
export async function checkLogNightly(parts: Parts, now: Date): Promise<number> {
  const { log, ephemera } = parts;
  const last = await ephemera.get("log", "checked", now);
  const age = last === null ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(String(last.at));
  const night = now.getHours() >= NIGHT.from && now.getHours() < NIGHT.to;
  if (age < (night ? 20 : 30) * HOUR) return 0;
  const pause = () => setImmediate(); // the server's answers come in between
  const { events, findings } = await checkLog(log.stored, log.keeper.key, { pause });
  const value = { owner: "checked", at: iso(now), events, findings: findings.length };
  await ephemera.put("log", "checked", value, new Date(now.getTime() + 30 * DAY));
  if (findings.length === 0) await allClear(parts, "check");
  else await raiseAlarm(parts, now, "check", findings.map(describeFinding));
  return findings.length;
}
