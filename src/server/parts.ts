import type { Blobs } from "../domain/blobs.ts";
import type { Clock } from "../domain/clock.ts";
import type { Ephemera } from "../domain/ephemera.ts";
import type { FeedReceiver } from "../domain/feed-receiver.ts";
import type { Outbox } from "../domain/outbox.ts";
import type { FeedPositions } from "../domain/oversight.ts";
import type { Records } from "../domain/records.ts";
import type { RunningLog } from "../log/running-log.ts";
import type { RunningPolicy } from "../policy/running-policy.ts";
import type { Row } from "./gate/row.ts";

/** Everything that the server is made of. A handler gets it whole through its visit and uses two or three of its parts. */
export interface Parts {
  readonly records: Records;
  readonly ephemera: Ephemera;
  readonly outbox: Outbox;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly place: Place;
  readonly assets: Assets;
  /** Where log lines go: JSON, one a line, without addresses, contents or secrets. */
  readonly logTo: { write(line: string): void };
  readonly limits: Limits;
  readonly operation: Operation;
  /** Over the events of `records`. */
  readonly log: RunningLog;
  /** Who takes the live feed (null: nobody), and how far they have got. */
  readonly feed: { readonly receiver: FeedReceiver | null; readonly positions: FeedPositions };
  /** What decides; `current` is null before set-up. */
  readonly policy: RunningPolicy;
  /** Only the demo gives any: rows, template folders and scripts of its own, said on every page by its banner. */
  readonly extra: {
    readonly rows: readonly Row[];
    readonly templates: readonly string[];
    readonly scripts: readonly string[];
    readonly banner: {
      readonly text: string;
      readonly links: readonly { readonly text: string; readonly href: string }[];
    } | null;
  };
}

/** What the health page asks of the machine. */
export interface Operation {
  /** Whether there is a mail server to hand mail to; without one every message waits in the queue. */
  readonly sendsMail: boolean;
  /** Whether there is somebody who sends text messages: else none is queued. */
  readonly sendsTexts: boolean;
  /** Room on the disk that holds the sealed bodies, bytes. */
  freeBytes(): Promise<number>;
}

/** Where people reach this server. Links, uploads and WebAuthn verification use it, never the Host header. */
export interface Place {
  /** Such as https://waybill.example.gov.uk, without a path. */
  readonly origin: string;
  /** The host name of `origin`. */
  readonly rpId: string;
  readonly secure: boolean;
  /** Proxies in front whose X-Forwarded-For counts, as Fastify's trustProxy; false: none. */
  readonly trustProxy: boolean | string;
}

export interface Limits {
  /** Largest sealed body of one transfer, bytes. */
  readonly bodyBytes: number;
  readonly sessionIdleMinutes: number;
  readonly sessionHours: number;
  /** Multiplies every rate limit; 1 unless a load test says otherwise. */
  readonly rateFactor: number;
  /** Answers to reports without proof leave at multiples of this, so that how long they take says nothing; 0: at once. */
  readonly evenAnswerMs: number;
}

/** The bundled browser code: logical name, such as `entries/add.js`, to its file and SHA-256. */
export interface Assets {
  readonly folder: string;
  readonly files: Readonly<
    Record<string, { readonly file: string; readonly sha256: string; readonly integrity: string }>
  >;
}

/**
 * Reads an absolute http(s) URL without path as the place.
 * @throws Error when it is not one, or is plain http for anything but localhost (WebAuthn and cookies need a secure context).
 */
export function placeOf(publicUrl: string, trustProxy: boolean | string): Place {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : null;
  if (url?.pathname !== "/" || url.search || url.hash || url.username) {
    throw new Error(
      `“${publicUrl}” is not a public address. It looks like https://waybill.example.gov.uk, without a path.`,
    );
  }
  const secure = url.protocol === "https:";
  if (!secure && !(url.protocol === "http:" && url.hostname === "localhost")) {
    throw new Error(
      `“${publicUrl}” must begin with https://. Plain http is for http://localhost alone: passkeys work nowhere else.`,
    );
  }
  return { origin: url.origin, rpId: url.hostname, secure, trustProxy };
}
