import { iso } from "../domain/clock.ts";
import type { Mailer } from "../domain/mail.ts";
import type { ApprovalNews, ArrangementNews, ReminderTexts } from "../jobs/parts.ts";
import { createSmtpMailer } from "../jobs/smtp-mailer.ts";
import { startJobs } from "../jobs/start-jobs.ts";
import { approvalNews } from "../server/approvals/approval-news.ts";
import { arrangementNews } from "../server/arrangements/arrangement-news.ts";
import { logAlarm } from "../server/notices/log-alarm.ts";
import { reminder } from "../server/notices/notices.ts";
import type { Parts } from "../server/parts.ts";
import type { Settings } from "../server/settings.ts";

/** Starts the jobs beside the server. @param mailer what mail goes through. @param bounces a Maildir that they come back to. @returns what stops them. */
export function startWork(parts: Parts, mailer: Mailer, bounces: string | null): () => Promise<void> {
  const { records, ephemera, outbox, blobs, clock, logTo, place, log } = parts;
  const texts: ReminderTexts = {
    reminderText: (recipient, transfer, sender, organisation) =>
      reminder({ recipient, transfer, sender, organisation, place, at: iso(clock.now()) }),
    alarmText: (organisation, says) => logAlarm(organisation, says, place),
  };
  const news: ApprovalNews = (read, request, moment, at) => approvalNews(read, request, moment, place, at);
  const arranged: ArrangementNews = (read, arrangement, moment, at) =>
    arrangementNews(read, arrangement, moment, place, at);
  const jobs = startJobs({
    approvalNews: news,
    arrangementNews: arranged,
    records,
    ephemera,
    outbox,
    blobs,
    clock,
    logTo,
    mailer,
    bounces,
    texts,
    log,
  });
  return () => jobs.stop();
}

/**
 * The mailer that the settings name. Without a mail server every message stays in the queue and is tried again.
 * @throws Error when a mail server is named without the address that mail comes from.
 */
export function mailerOf(settings: Settings): Mailer {
  const { smtpHost, smtpPort, smtpUser, smtpPasswordFile, mailFrom } = settings;
  if (smtpHost === "") {
    return {
      send: async () => ({ ok: false, permanent: false, why: "No mail server is configured (WAYBILL_SMTP_HOST)." }),
    };
  }
  if (mailFrom === "")
    throw new Error("WAYBILL_SMTP_HOST is set, but not the address that mail comes from: set WAYBILL_MAIL_FROM.");
  return createSmtpMailer({
    host: smtpHost,
    port: smtpPort,
    user: smtpUser || null,
    passwordFile: smtpPasswordFile || null,
    from: mailFrom,
  });
}
