import { iso } from "../domain/clock.ts";
import { isText, type Mailer } from "../domain/mail.ts";
import { USUAL_WORKING_TIME } from "../domain/working-time.ts";
import type { Feed } from "../jobs/feed/feed-events.ts";
import { makeFeed } from "../jobs/feed/make-feed.ts";
import { createNotifyTexter } from "../jobs/notify-texter.ts";
import type { ApprovalNews, ArrangementNews, IncidentNews, ReminderTexts } from "../jobs/parts.ts";
import { createSmtpMailer } from "../jobs/smtp-mailer.ts";
import { startJobs } from "../jobs/start-jobs.ts";
import { approvalNews } from "../server/approvals/approval-news.ts";
import { arrangementNews } from "../server/arrangements/arrangement-news.ts";
import { lateMail } from "../server/carrying/late-mail.ts";
import { carriedReminder } from "../server/carrying/on-its-way.ts";
import { incidentNews } from "../server/incidents/incident-news.ts";
import { logAlarm } from "../server/notices/log-alarm.ts";
import { reminder } from "../server/notices/notices.ts";
import { removalMail } from "../server/notices/removal-mail.ts";
import type { Parts } from "../server/parts.ts";
import { tellOfDaysThatAreOver } from "../server/release-gate/agreement-over.ts";
import { isWithheld } from "../server/release-gate/why-held.ts";
import type { Settings } from "../server/settings.ts";

/** Starts the jobs beside the server. @param mailer what mail goes through. @param bounces a Maildir that they come back to. @param feed who takes events as they happen. @returns what stops them. */
export function startWork(
  parts: Parts,
  mailer: Mailer,
  bounces: string | null,
  feed: Feed | null,
): () => Promise<void> {
  const { records, ephemera, outbox, blobs, clock, logTo, place, log } = parts;
  const texts: ReminderTexts = {
    reminderText: (recipient, transfer, sender, organisation) =>
      transfer.carriage
        ? carriedReminder({ recipient, transfer, sender, organisation, place })
        : reminder({ recipient, transfer, sender, organisation, place, at: iso(clock.now()) }),
    alarmText: (organisation, says) => logAlarm(organisation, says, place),
  };
  const news: ApprovalNews = (read, request, moment, at) => approvalNews(read, request, moment, place, at);
  const arranged: ArrangementNews = (read, arrangement, moment, at) =>
    arrangementNews(read, arrangement, moment, place, at);
  const reported: IncidentNews = (read, incident, at, why) => incidentNews(read, incident, place, at, why);
  const jobs = startJobs({
    approvalNews: news,
    withheld: (reference) => isWithheld(parts, reference),
    tellOfEnds: () => tellOfDaysThatAreOver(parts),
    answering: () => parts.policy.current?.settings.answering ?? USUAL_WORKING_TIME,
    arrangementNews: arranged,
    removalNews: (organisation, due) => removalMail(organisation, due, place),
    lateNews: (transfer, late, sender, at) => lateMail({ transfer, late, sender, place, at }),
    incidentNews: reported,
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
    feed: feed === null ? null : { ...feed, positions: parts.feed.positions, origin: place.origin },
  });
  return () => jobs.stop();
}

/**
 * The way to whoever takes the live feed, as the settings name it; null where nobody does.
 * @throws Error where a file is missing, or set for nothing
 */
export function feedOf({ feed, feedSecretFile, feedCaFile }: Settings): Feed | null {
  if (feed !== null) return makeFeed({ receiver: feed, secretFile: feedSecretFile, trustedFile: feedCaFile });
  if (feedSecretFile === "" && feedCaFile === "") return null;
  throw new Error(
    "WAYBILL_FEED_SECRET_FILE or WAYBILL_FEED_CA_FILE is set, but not where the feed goes: set WAYBILL_FEED.",
  );
}

/**
 * Who takes messages: mail and, where the settings name a key of GOV.UK Notify, text messages.
 * @throws Error when a mail server is named without the address that mail comes from, or a key without a template.
 */
export function messengerOf(settings: Settings): Mailer {
  const [mailer, texter] = [mailerOf(settings), texterOf(settings)];
  return { send: (message) => (isText(message) ? texter : mailer).send(message) };
}

function texterOf({ notifyKeyFile, notifyTemplate, notifyUrl }: Settings): Mailer {
  if (notifyKeyFile === "") {
    const why = "Nothing that sends text messages is configured (WAYBILL_NOTIFY_KEY_FILE).";
    return { send: async () => ({ ok: false, permanent: true, why }) };
  }
  if (notifyTemplate === "")
    throw new Error("WAYBILL_NOTIFY_KEY_FILE is set, but not the template of the text: set WAYBILL_NOTIFY_TEMPLATE.");
  return createNotifyTexter({ url: notifyUrl, keyFile: notifyKeyFile, template: notifyTemplate });
}

/**
 * The mailer that the settings name. Without a mail server every message stays in the queue and is tried again.
 * @throws Error when a mail server is named without the address that mail comes from.
 */
function mailerOf(settings: Settings): Mailer {
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
