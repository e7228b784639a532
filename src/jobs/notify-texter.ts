import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Mailer } from "../domain/mail.ts";
import { JobsError } from "./error.ts";

export interface NotifySettings {
  /** Such as https://api.notifications.service.gov.uk, without a path. */
  readonly url: string;
  /** A file that holds an API key as GOV.UK Notify shows it, `NAME-SERVICE-SECRET`, the last two UUIDs, and perhaps a line end. */
  readonly keyFile: string;
  /** UUID of a text message template whose only placeholder is `((text))`. */
  readonly template: string;
}

/** Milliseconds; below the lease of a message. */
const PATIENCE = 30_000;
const LONGEST = 2_000;
const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const KEY = new RegExp(`-?(${UUID})-(${UUID})$`, "i");

/**
 * Text messages through GOV.UK Notify. What is handed over is the number, and a text with the organisation's name and the
 * reference: never a secret, a name of a file or who sent what. A message that it refuses as such (status 400) is given up; after
 * anything else (key, limits, its own trouble) it is tried again.
 * @throws JobsError `no-password-file`, `not-a-notify-key`
 */
export function createNotifyTexter({ url, keyFile, template }: NotifySettings): Mailer {
  const { service, secret } = keyIn(keyFile);
  return {
    async send({ id, to, text }) {
      const body = { phone_number: to, template_id: template, personalisation: { text }, reference: id };
      try {
        const answer = await fetch(`${url}/v2/notifications/sms`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${token(service, secret, new Date())}`,
            "content-type": "application/json",
          },
          body: JSON.stringify(body),
          redirect: "error",
          signal: AbortSignal.timeout(PATIENCE),
        });
        if (answer.status === 201) return { ok: true };
        const said = (await answer.text()).slice(0, LONGEST);
        return { ok: false, permanent: answer.status === 400, why: `Status ${answer.status}: ${said}` };
      } catch (error) {
        return { ok: false, permanent: false, why: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** A JSON Web Token (RFC 7519, HS256), which Notify takes for thirty seconds from `now`. */
function token(service: string, secret: string, now: Date): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: service, iat: Math.floor(now.getTime() / 1000) };
  const signed = `${part({ typ: "JWT", alg: "HS256" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

function keyIn(file: string): { readonly service: string; readonly secret: string } {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new JobsError({
      code: "no-password-file",
      message: `The file with the key of GOV.UK Notify, ${file}, cannot be read.`,
      cause,
    });
  }
  const [, service, secret] = KEY.exec(text) ?? [];
  if (service !== undefined && secret !== undefined) return { service, secret };
  throw new JobsError({
    code: "not-a-notify-key",
    message: `${file} does not hold a key of GOV.UK Notify: a name and two UUIDs, with hyphens between.`,
  });
}
