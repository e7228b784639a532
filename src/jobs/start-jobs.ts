import { setTimeout } from "node:timers/promises";
import { announceRemovals } from "./announce-removals.ts";
import { askWitnesses } from "./ask-witnesses.ts";
import { certifyDestructions } from "./certify-destruction.ts";
import { checkLogNightly } from "./check-log.ts";
import { deliverMail } from "./deliver-mail.ts";
import { destroyWhatWasHeld } from "./destroy-kept.ts";
import { escalateIncidents } from "./escalate-incidents.ts";
import { expireTransfers } from "./expire-transfers.ts";
import { feedEvents } from "./feed/feed-events.ts";
import { failedLine } from "./log-line.ts";
import { mailCollectedReports } from "./mail-collected-reports.ts";
import type { Job, JobParts } from "./parts.ts";
import { readBounces } from "./read-bounces.ts";
import { remindAgreements } from "./remind-agreements.ts";
import { remindApprovers } from "./remind-approvers.ts";
import { remindArrangers } from "./remind-arrangers.ts";
import { remindControls } from "./remind-controls.ts";
import { remindOfLate } from "./remind-late.ts";
import { remindMedia } from "./remind-media.ts";
import { remindReceipts } from "./remind-receipts.ts";
import { removeAbandonedUploads } from "./remove-abandoned-uploads.ts";
import { removeRecords } from "./remove-records.ts";
import { runLeased } from "./run-leased.ts";
import { signHead } from "./sign-head.ts";
import { sweepEphemera } from "./sweep-ephemera.ts";
import { tellDeadlines } from "./tell-deadlines.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * When each runs: `every` after its last run ended. Those with a lease run in one process at a time; mail is leased
 * message by message.
 */
export const SCHEDULE: readonly {
  readonly name: string;
  readonly job: Job;
  readonly every: number;
  readonly lease: number | null;
}[] = [
  { name: "deliver-mail", job: deliverMail, every: SECOND, lease: null },
  { name: "read-bounces", job: readBounces, every: 30 * SECOND, lease: 5 * MINUTE },
  { name: "sign-head", job: signHead, every: 3 * SECOND, lease: null },
  { name: "ask-witnesses", job: askWitnesses, every: 30 * SECOND, lease: MINUTE },
  { name: "feed-events", job: feedEvents, every: 2 * SECOND, lease: 15 * MINUTE },
  { name: "check-log", job: checkLogNightly, every: 15 * MINUTE, lease: 6 * 60 * MINUTE },
  { name: "expire-transfers", job: expireTransfers, every: MINUTE, lease: 10 * MINUTE },
  { name: "mail-collected-reports", job: mailCollectedReports, every: MINUTE, lease: 5 * MINUTE },
  { name: "escalate-incidents", job: escalateIncidents, every: MINUTE, lease: 5 * MINUTE },
  { name: "tell-deadlines", job: tellDeadlines, every: 5 * MINUTE, lease: 5 * MINUTE },
  { name: "destroy-what-was-held", job: destroyWhatWasHeld, every: MINUTE, lease: 10 * MINUTE },
  { name: "certify-destruction", job: certifyDestructions, every: 3 * SECOND, lease: null },
  { name: "announce-removals", job: announceRemovals, every: 60 * MINUTE, lease: 60 * MINUTE },
  { name: "remove-records", job: removeRecords, every: 60 * MINUTE, lease: 6 * 60 * MINUTE },
  { name: "remind-receipts", job: remindReceipts, every: 15 * MINUTE, lease: 30 * MINUTE },
  { name: "remind-controls", job: remindControls, every: 60 * MINUTE, lease: 60 * MINUTE },
  { name: "remind-of-late", job: remindOfLate, every: 15 * MINUTE, lease: 30 * MINUTE },
  { name: "remind-media", job: remindMedia, every: 60 * MINUTE, lease: 60 * MINUTE },
  { name: "remind-agreements", job: remindAgreements, every: 60 * MINUTE, lease: 60 * MINUTE },
  { name: "remind-approvers", job: remindApprovers, every: 5 * MINUTE, lease: 15 * MINUTE },
  { name: "remind-arrangers", job: remindArrangers, every: 30 * MINUTE, lease: 30 * MINUTE },
  { name: "sweep-ephemera", job: sweepEphemera, every: 10 * MINUTE, lease: 10 * MINUTE },
  { name: "remove-abandoned-uploads", job: removeAbandonedUploads, every: 30 * MINUTE, lease: 60 * MINUTE },
];

/**
 * Runs every job now and then until `stop`, which waits for those under way. A job that fails is logged and runs again
 * at its next time: all of them can be cut off anywhere.
 */
export function startJobs(parts: JobParts, schedule: typeof SCHEDULE = SCHEDULE): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loops = schedule.map(async ({ name, job, every, lease }) => {
    while (!stopping.signal.aborted) {
      try {
        if (lease === null) await job(parts, parts.clock.now());
        else await runLeased(parts, name, lease, job);
      } catch (error) {
        parts.logTo.write(failedLine(name, parts.clock.now(), error));
      }
      await pause(every, stopping.signal);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

/** Ends early when it is aborted. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
