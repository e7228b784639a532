import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import type { Mailer } from "../domain/mail.ts";
import { JobsError } from "./error.ts";

export interface SmtpSettings {
  readonly host: string;
  /** 465 begins with TLS; other ports must offer STARTTLS. */
  readonly port: number;
  /** Null: without signing in. */
  readonly user: string | null;
  /** A file that holds the password and perhaps a line end. */
  readonly passwordFile: string | null;
  /** What notices come from, such as `Example Council <waybill@council.example>`. */
  readonly from: string;
}

const LOCAL = ["localhost", "127.0.0.1", "::1"];
/** Milliseconds; together below the lease of a message. */
const LIMITS = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 60_000, dnsTimeout: 15_000 };
/**
 * What a 5xx answer says about this message; after others (sign-in, sender) the operator can mend it, and it is tried
 * again.
 */
const ABOUT_THE_MESSAGE = ["RCPT TO", "DATA"];

/**
 * A mailer through one SMTP server. TLS with a valid certificate is required, except to a server on this machine.
 * @throws JobsError `no-password-file`
 */
export function createSmtpMailer(settings: SmtpSettings): Mailer & { close(): void } {
  const local = LOCAL.includes(settings.host);
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.port === 465,
    requireTLS: !local,
    ignoreTLS: local, // what listens there has a certificate of its own making, if any
    tls: { minVersion: "TLSv1.2" },
    ...(settings.user === null ? {} : { auth: { user: settings.user, pass: password(settings) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...LIMITS,
  });
  return {
    async send({ id, to, subject, text }) {
      try {
        await transport.sendMail({
          from: settings.from,
          to: { name: "", address: to },
          subject,
          text,
          messageId: `<${id}@${settings.from.replace(/^.*@|>$/g, "")}>`, // the same when it is tried again
          headers: { "Auto-Submitted": "auto-generated" }, // RFC 3834: no automatic answers
        });
        return { ok: true };
      } catch (error) {
        return {
          ok: false,
          permanent: isPermanent(error),
          why: whyOf(error),
        };
      }
    },
    close: () => transport.close(),
  };
}

/** `error` is nodemailer's, whose message quotes the mail server. */
function isPermanent(error: unknown): boolean {
  if (!(error instanceof Error) || !("responseCode" in error) || !("command" in error)) return false;
  const code = Number(error.responseCode);
  return code >= 500 && code < 600 && ABOUT_THE_MESSAGE.includes(String(error.command));
}

/** Of a message that is refused what their mail server answered, in its own words alone; else what went wrong on the way. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const answer = isPermanent(error) && "response" in error ? error.response : "";
  return typeof answer === "string" && answer !== "" ? answer : error.message;
}

function password({ passwordFile }: SmtpSettings): string {
  try {
    return passwordFile === null ? "" : readFileSync(passwordFile, "utf8").replace(/\r?\n$/, "");
  } catch (cause) {
    throw new JobsError({
      code: "no-password-file",
      message: `The password of the mail server cannot be read from ${passwordFile}. No mail was lost. Make the file readable for the server.`,
      cause,
    });
  }
}
