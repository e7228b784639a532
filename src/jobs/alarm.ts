import { randomId } from "../bytes/random.ts";
import { DAY, iso } from "../domain/clock.ts";
import type { JobParts } from "./parts.ts";

type Parts = Pick<JobParts, "records" | "ephemera" | "texts" | "logTo">;

/** An alarm that goes on is repeated this often. */
const AGAIN = DAY;
/** Shown on the health page until it is over, or nothing has been heard of it for so long. */
const KEPT = 7 * DAY;
/** Sentences of one alarm that are told; the number of the others is. */
const MOST = 20;

/** What raises alarms about the log: its head, the nightly check, or a witness, by name. */
export type AlarmSource = "head" | "check" | `witness ${string}`;

/**
 * Says that the log is wrong: a line of level error, an event, mail to every administrator, and the health page. Said
 * again when it says something else, and once a day while it goes on.
 * @param says whole sentences, without anything about people or contents.
 */
export async function raiseAlarm(parts: Parts, now: Date, source: AlarmSource, says: readonly string[]): Promise<void> {
  const told = says.length > MOST ? [...says.slice(0, MOST), `There are ${says.length - MOST} more.`] : says;
  const text = told.join("\n");
  const known = await parts.ephemera.get("log", source, now);
  if (known?.says === text && now.getTime() - Date.parse(String(known.at)) < AGAIN) return;
  parts.logTo.write(`${JSON.stringify({ level: 50, time: now.getTime(), job: "log", source, alarm: told })}\n`);
  await tell(parts, now, source, told, says.length);
  await parts.ephemera.put("log", source, { owner: source, at: iso(now), says: text }, new Date(now.getTime() + KEPT));
}

async function tell(
  { records, texts }: Parts,
  now: Date,
  source: AlarmSource,
  told: readonly string[],
  findings: number,
): Promise<void> {
  const organisation = await records.read.organisation();
  if (organisation === null) return;
  await records.write(async (tx) => {
    const detail = { source, findings, says: told[0] ?? "" };
    const about = { reference: null, recipientId: null, detail };
    await tx.append({ kind: "log-alarm", at: iso(now), actor: { kind: "system" }, ...about });
    for (const { address, state, roles } of await tx.members()) {
      if (state !== "active" || !roles.includes("administrator")) continue;
      const posted = { id: randomId(), to: address, reference: null, recipientId: null, createdAt: iso(now) };
      await tx.post({ ...posted, ...texts.alarmText(organisation, told) });
    }
  });
}

/** The source has nothing to say any more. */
export async function allClear({ ephemera }: Pick<JobParts, "ephemera">, source: AlarmSource): Promise<void> {
  await ephemera.remove("log", source);
}
