import type { QueuedMessage } from "../../../domain/outbox.ts";
import { formatSize } from "../../../domain/size-text.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { logAlarms } from "./log-alarms.ts";

const MINUTE = 60_000;
/** Mail goes out every second and expiry is looked for every minute: later than this, something is wrong. */
const LATE = 10 * MINUTE;
const NEWEST = 1000;

/** What is wrong with the server, in words, for administrators. */
export const healthRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/health",
    who: "administrator",
    handle: async (visit) => {
      const faults = [
        ...(await mailFaults(visit)),
        ...(await diskFaults(visit)),
        ...(await jobFaults(visit)),
        ...(await logFaults(visit)),
        ...(await feedFaults(visit)),
      ];
      return render(visit, "health/health.njk", { title: "Health", faults, at: now(visit.parts) });
    },
  }),
];

/** One thing that is wrong, and what to do about it; `since` where it is known. */
interface Fault {
  readonly says: string;
  readonly todo: string;
  readonly since: string | null;
  /** In the words of the mail server or of this one. */
  readonly error: string | null;
}

async function mailFaults({ parts }: MemberVisit): Promise<readonly Fault[]> {
  const queue = await parts.outbox.list(NEWEST);
  const waiting = queue.filter(({ state }) => state === "waiting");
  const oldest = waiting.at(-1)?.createdAt ?? null; // newest first
  const faults: Fault[] = [];
  if (!parts.operation.sendsMail) {
    faults.push({
      says: `No mail server is set up, so no mail goes out.${inQueue(waiting)}`,
      todo: "Set WAYBILL_SMTP_HOST and WAYBILL_MAIL_FROM, then start the server again. What waits is sent then.",
      since: oldest,
      error: null,
    });
  } else if (oldest !== null && parts.clock.now().getTime() - Date.parse(oldest) > LATE) {
    faults.push({
      says: `Mail does not go out.${inQueue(waiting)}`,
      todo: "Check that the mail server can be reached from here and takes mail. Nothing is lost: it is tried again by itself.",
      since: oldest,
      error: waiting.find(({ lastError }) => lastError !== null)?.lastError ?? null,
    });
  }
  const given = queue.filter(({ state }) => state === "failed");
  const [last] = given;
  if (last) {
    faults.push({
      says: `${given.length === 1 ? "1 message was" : `${given.length} messages were`} given up: the mail server refused them for good.`,
      todo: "Their senders see it at the transfer. Correct the address there, or invite the person again.",
      since: last.createdAt,
      error: last.lastError,
    });
  }
  return faults;
}

function inQueue({ length }: readonly QueuedMessage[]): string {
  if (length === 0) return "";
  return length === 1 ? " 1 message waits." : ` ${length === NEWEST ? `${NEWEST} or more` : length} messages wait.`;
}

/** Too little: less than the largest package that is allowed would need. */
async function diskFaults({ parts }: MemberVisit): Promise<readonly Fault[]> {
  const free = await parts.operation.freeBytes();
  const { bodyBytes } = parts.limits;
  if (free >= bodyBytes) return [];
  const says = `The disk with the packages has ${formatSize(free)} left: less than the largest package that is allowed, ${formatSize(bodyBytes)}.`;
  const todo =
    "Smaller packages still go. Make room, move the data to a larger disk, or lower WAYBILL_BODY_GIGABYTES, so that nobody starts what cannot end.";
  return [{ says, todo, since: null, error: null }];
}

/** SIS-37: what the jobs that sign, check and have witnessed the log have found, and not found mended since. */
async function logFaults({ parts }: MemberVisit): Promise<readonly Fault[]> {
  const now = parts.clock.now();
  const faults: Fault[] = [];
  for (const { at, says: error } of await logAlarms(parts)) {
    const says =
      "The log is not what it was: somebody may have changed the records, or an older database was restored.";
    const todo =
      "Keep a copy of the database, run “waybill log fsck” on the server, and tell who looks after security.";
    faults.push({ says, todo, since: at, error });
  }
  for (const { key } of parts.log.witnesses) {
    const silent = await parts.ephemera.get("log", `silent ${key.name}`, now);
    if (silent === null || now.getTime() - Date.parse(String(silent.at)) < LATE) continue;
    const says = `The witness ${key.name} does not vouch for the log.`;
    const todo = "Check that it can be reached from here and knows the key of this log, which the page /log shows.";
    faults.push({ says, todo, since: String(silent.at), error: String(silent.says) });
  }
  return faults;
}

/** SIS-37: whoever takes the live feed takes nothing. What they have not got is kept, and sent then. */
async function feedFaults({ parts }: MemberVisit): Promise<readonly Fault[]> {
  const { receiver, positions } = parts.feed;
  if (receiver === null) return [];
  const now = parts.clock.now();
  const silent = await parts.ephemera.get("feed", receiver.address, now);
  if (silent === null || now.getTime() - Date.parse(String(silent.at)) < LATE) return [];
  const had = (await positions.position(receiver.address))?.seq ?? 0;
  const waiting = (await parts.log.stored.size()) - had;
  const says = `The live feed to ${receiver.address} stands still. ${waiting === 1 ? "1 event waits" : `${waiting} events wait`}.`;
  const todo =
    "Check that it can be reached from here and takes what is sent (WAYBILL_FEED). Nothing is lost: it goes on by itself from where it stopped.";
  return [{ says, todo, since: String(silent.at), error: String(silent.says) }];
}

async function jobFaults({ parts }: MemberVisit): Promise<readonly Fault[]> {
  const due = new Date(parts.clock.now().getTime() - LATE).toISOString();
  const [overdue] = await parts.records.read.expiring("released", due, 1);
  if (!overdue) return [];
  const says = "Packages that have expired are not destroyed.";
  const todo = "Start the server again. If this stays, look for “expire-transfers” in its log.";
  return [{ says, todo, since: overdue.expiresAt, error: null }];
}
