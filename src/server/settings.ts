import { parseFeedReceiver } from "../domain/feed-receiver.ts";
import { parseWitnesses } from "../log/witness.ts";

/** One setting: its environment variable, how it is read, its default and what it means. */
interface Setting<T> {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
  readonly read: (text: string) => T;
}

const text = (value: string) => value;
const whole = (least: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least) throw new Error(`must be a whole number of at least ${least}`);
  return number;
};

/** Every setting there is. The reference page is generated from this table. */
export const SETTINGS = {
  port: { name: "WAYBILL_PORT", fallback: "8420", meaning: "Port that the server listens on.", read: whole(0) },
  listen: {
    name: "WAYBILL_LISTEN",
    fallback: "localhost",
    meaning: "Address that the server listens on. Behind a proxy on the same machine, keep it.",
    read: text,
  },
  publicUrl: {
    name: "WAYBILL_PUBLIC_URL",
    fallback: "",
    meaning:
      "Address that people type, such as https://waybill.example.gov.uk. Empty: http://localhost with the port, for trying it out on this machine alone.",
    read: text,
  },
  trustProxy: {
    name: "WAYBILL_TRUST_PROXY",
    fallback: "",
    meaning: "Addresses of the proxies in front, comma-separated, whose X-Forwarded-For is believed. Empty: none.",
    read: (value: string) => (value === "" ? false : value),
  },
  data: {
    name: "WAYBILL_DATA",
    fallback: "data",
    meaning: "Folder of the database and the sealed bodies.",
    read: text,
  },
  keyFile: {
    name: "WAYBILL_KEY_FILE",
    fallback: "",
    meaning:
      "File of the database key, outside the data folder; made at the first start. Empty: waybill-key beside the data folder.",
    read: text,
  },
  policyFile: {
    name: "WAYBILL_POLICY",
    fallback: "",
    meaning:
      "File of the organisation's configuration of the rules; made at set-up. Empty: policy.yaml in the data folder.",
    read: text,
  },
  logKeyFile: {
    name: "WAYBILL_LOG_KEY_FILE",
    fallback: "",
    meaning:
      "File of the key that signs the heads of the log, outside the data folder; made at the first start. Empty: waybill-log-key beside the database key.",
    read: text,
  },
  witnesses: {
    name: "WAYBILL_WITNESSES",
    fallback: "",
    meaning:
      "Who vouches for the log: for each witness its verifier key, a space and its address, several with commas between. Empty: nobody, and pages say so.",
    read: parseWitnesses,
  },
  feed: {
    name: "WAYBILL_FEED",
    fallback: "",
    meaning:
      "Where every event goes as it happens, without names, addresses or contents: `tls://host:port` or `tcp://host:port` for syslog, or an https address for a signed webhook. A new address gets all of them from the first. [The log](evidence.md#live-feed) says what is sent. Empty: nowhere.",
    read: parseFeedReceiver,
  },
  feedSecretFile: {
    name: "WAYBILL_FEED_SECRET_FILE",
    fallback: "",
    meaning: "File of the secret that the webhook is signed with, 32 bytes or more. Needed with an https WAYBILL_FEED.",
    read: text,
  },
  feedCaFile: {
    name: "WAYBILL_FEED_CA_FILE",
    fallback: "",
    meaning:
      "PEM file of certificates by which the feed's receiver may vouch for itself, beside those that Node trusts.",
    read: text,
  },
  logFile: {
    name: "WAYBILL_LOG_FILE",
    fallback: "",
    meaning: "File that log lines are added to. Empty: standard output; on a terminal warnings and errors alone.",
    read: text,
  },
  bodyGigabytes: {
    name: "WAYBILL_BODY_GIGABYTES",
    fallback: "100",
    meaning: "Largest sealed body of one transfer, GB.",
    read: whole(1),
  },
  idleMinutes: {
    name: "WAYBILL_SESSION_IDLE_MINUTES",
    fallback: "60",
    meaning: "A session without any request ends after so many minutes.",
    read: whole(1),
  },
  sessionHours: {
    name: "WAYBILL_SESSION_HOURS",
    fallback: "12",
    meaning: "A session ends after so many hours, whatever happens.",
    read: whole(1),
  },
  smtpHost: {
    name: "WAYBILL_SMTP_HOST",
    fallback: "",
    meaning: "Mail server. Empty: mail waits in the queue, and the health page says so.",
    read: text,
  },
  smtpPort: { name: "WAYBILL_SMTP_PORT", fallback: "587", meaning: "Port of the mail server.", read: whole(1) },
  smtpUser: {
    name: "WAYBILL_SMTP_USER",
    fallback: "",
    meaning: "User name at the mail server. Empty: no sign-in.",
    read: text,
  },
  smtpPasswordFile: {
    name: "WAYBILL_SMTP_PASSWORD_FILE",
    fallback: "",
    meaning: "File that holds the password at the mail server.",
    read: text,
  },
  mailFrom: {
    name: "WAYBILL_MAIL_FROM",
    fallback: "",
    meaning: "Address that notices come from. Needed with WAYBILL_SMTP_HOST.",
    read: text,
  },
  notifyKeyFile: {
    name: "WAYBILL_NOTIFY_KEY_FILE",
    fallback: "",
    meaning:
      "File that holds an API key of GOV.UK Notify: recipients who prefer text messages are then told by text, too, that something came. Notify is handed their number, the organisation's name and the reference. Empty: no text is sent.",
    read: text,
  },
  notifyTemplate: {
    name: "WAYBILL_NOTIFY_TEMPLATE",
    fallback: "",
    meaning:
      "Id of the text message template there, whose only placeholder is ((text)). Needed with WAYBILL_NOTIFY_KEY_FILE.",
    read: text,
  },
  notifyUrl: {
    name: "WAYBILL_NOTIFY_URL",
    fallback: "https://api.notifications.service.gov.uk",
    meaning: "Address of GOV.UK Notify, without a path.",
    read: text,
  },
  bounces: {
    name: "WAYBILL_BOUNCES",
    fallback: "",
    meaning:
      "Maildir that mail to WAYBILL_MAIL_FROM is delivered into, by the mail server of this machine or a program that fetches it. Bounces in it are said on the timeline. Empty: only what the mail server refuses at once is.",
    read: text,
  },
} as const satisfies Record<string, Setting<unknown>>;

export type Settings = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]["read"]> };

/**
 * Reads every setting from the environment given, blanks counting as absent.
 * @throws Error naming each variable that is wrong and why, and each WAYBILL_ variable that does not exist (a typing error
 * must not silently leave a default in force).
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = [];
  const known = new Set<string>(Object.values(SETTINGS).map((setting) => setting.name));
  for (const name of Object.keys(environment)) {
    if (name.startsWith("WAYBILL_") && !known.has(name)) wrong.push(`${name} is not a setting`);
  }
  const entries = Object.entries(SETTINGS).map(([key, setting]) => {
    try {
      return [key, setting.read(environment[setting.name]?.trim() || setting.fallback)];
    } catch (cause) {
      wrong.push(`${setting.name} ${cause instanceof Error ? cause.message : "is wrong"}`);
      return [key, null];
    }
  });
  if (wrong.length > 0)
    throw new Error(`The settings are not right, and nothing was started:\n  ${wrong.join("\n  ")}`);
  // Each value was read by its own setting's `read`, so the record has the shape that the table says.
  return Object.fromEntries(entries) as Settings;
}
