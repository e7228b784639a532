import { createHmac } from "node:crypto";
import { request } from "node:https";
import { rootCertificates } from "node:tls";
import { JobsError } from "../error.ts";
import type { FeedLine } from "./feed-line.ts";
import { PATIENCE } from "./syslog.ts";

/** What the receiver checks: HMAC-SHA256 of the timestamp, a full stop and the body, hexadecimal. @param timestamp seconds since 1970 */
export function signatureOf(secret: Uint8Array, timestamp: number, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
}

/**
 * Posts a batch. Any answer of 200 to 299 takes it; redirects are not followed, so that nobody else gets it.
 * @param trusted PEM certificates to trust beside the usual ones
 * @throws JobsError `feed-refused`
 */
export async function sendWebhook(
  {
    address,
    secret,
    trusted,
  }: { readonly address: string; readonly secret: Uint8Array; readonly trusted: string | null },
  lines: readonly FeedLine[],
  { origin, now, patience = PATIENCE }: { readonly origin: string; readonly now: Date; readonly patience?: number },
): Promise<void> {
  const body = JSON.stringify({ version: 1, origin, events: lines });
  const timestamp = Math.floor(now.getTime() / 1000);
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string, cause?: unknown) => reject(new JobsError({ code: "feed-refused", message: why, cause }));
    const asked = request(
      address,
      {
        method: "POST",
        timeout: patience,
        agent: false, // a connection of its own: none that broke meanwhile is used again
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "waybill-timestamp": String(timestamp),
          "waybill-signature": `v1=${signatureOf(secret, timestamp, body)}`,
        },
        ...(trusted === null ? {} : { ca: [...rootCertificates, trusted] }),
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => {
          const { statusCode = 0 } = answer;
          if (statusCode >= 200 && statusCode < 300) resolve();
          else fail(`It answered with status ${statusCode}.`);
        });
        answer.on("error", (error) => fail(`Its answer broke off: ${error.message}`, error));
      },
    );
    asked.on("timeout", () => asked.destroy(new Error("no answer in time")));
    asked.on("error", (error) => fail(`It cannot be reached: ${error.message}`, error));
    asked.end(body);
  });
}
