import { readFileSync } from "node:fs";
import type { FeedReceiver } from "../../domain/feed-receiver.ts";
import { JobsError } from "../error.ts";
import type { Feed } from "./feed-events.ts";
import { sendSyslog } from "./syslog.ts";
import { sendWebhook } from "./webhook.ts";

/** Bytes that a secret has at least: as long as what it makes (RFC 2104, 3). */
const SECRET_BYTES = 32;

export interface FeedOptions {
  readonly receiver: FeedReceiver;
  /** File of the webhook's secret; empty for syslog. */
  readonly secretFile: string;
  /** PEM file of certificates to trust beside the usual ones; empty: none. */
  readonly trustedFile: string;
}

/** @throws JobsError `bad-feed`: what is missing or fits nothing is named before anything starts */
export function makeFeed({ receiver, secretFile, trustedFile }: FeedOptions): Feed {
  const trusted = trustedFile === "" ? null : readTrusted(trustedFile);
  if (receiver.kind === "webhook") {
    const { address } = receiver;
    const secret = readSecret(secretFile);
    return {
      receiver,
      send: (lines, origin, now) => sendWebhook({ address, secret, trusted }, lines, { origin, now }),
    };
  }
  if (secretFile !== "")
    throw wrong("WAYBILL_FEED_SECRET_FILE is set, but syslog is not signed: leave it out, or use a webhook.");
  if (trusted !== null && !receiver.encrypted)
    throw wrong("WAYBILL_FEED_CA_FILE is set, but tcp:// is not encrypted: use tls://, or leave it out.");
  return { receiver, send: (lines, origin) => sendSyslog(receiver, lines, new URL(origin).hostname, trusted) };
}

/** As the file has it, without a newline at its end. */
function readSecret(path: string): Uint8Array {
  if (path === "")
    throw wrong("WAYBILL_FEED is a webhook, which is signed: name a file with a secret, WAYBILL_FEED_SECRET_FILE.");
  const bytes = readBytes(path, "WAYBILL_FEED_SECRET_FILE");
  const secret = Buffer.from(bytes.toString("latin1").replace(/\r?\n$/, ""), "latin1");
  if (secret.length >= SECRET_BYTES) return secret;
  throw wrong(
    `The secret in ${path} (WAYBILL_FEED_SECRET_FILE) has ${secret.length} bytes: make one of ${SECRET_BYTES} or more, such as with openssl rand -hex 32.`,
  );
}

function readTrusted(path: string): string {
  const pem = readBytes(path, "WAYBILL_FEED_CA_FILE").toString("utf8");
  if (pem.includes("-----BEGIN CERTIFICATE-----")) return pem;
  throw wrong(`${path} (WAYBILL_FEED_CA_FILE) holds no certificate in PEM.`);
}

function readBytes(path: string, setting: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw wrong(`The file ${path} (${setting}) cannot be read.`, cause);
  }
}

function wrong(message: string, cause?: unknown): JobsError {
  return new JobsError({ code: "bad-feed", message: `${message} Nothing was started.`, cause });
}
