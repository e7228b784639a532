import { connect as connectPlainly, type Socket } from "node:net";
import { connect as connectEncrypted, rootCertificates } from "node:tls";
import type { FeedReceiver } from "../../domain/feed-receiver.ts";
import { JobsError } from "../error.ts";
import type { FeedLine } from "./feed-line.ts";

/** Milliseconds that the receiver has for each batch. */
export const PATIENCE = 10_000;

/**
 * Milliseconds between the last byte and the end of the connection. A receiver that closes it earlier has not read to the end: it failed, or
 * was stopped.
 */
const LINGER = 200;

/** Facility 13 is “log audit”; severity 6 informational, 1 action must be taken at once (RFC 5424, 6.2.1). */
const AUDIT = 13 * 8;
const SEVERITY: Readonly<Record<string, number>> = { "log-alarm": 1 };

/**
 * One message of RFC 5424. Its text is the line as ASCII JSON, so that it needs no byte order mark. @param host of the server's public
 * address
 */
export function syslogMessage(line: FeedLine, host: string): string {
  const priority = AUDIT + (SEVERITY[line.kind ?? ""] ?? 6);
  const json = JSON.stringify(line).replaceAll(/[^\x20-\x7e]/g, (each) => {
    return `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `<${priority}>1 ${line.at ?? "-"} ${host.slice(0, 255)} waybill - ${(line.kind ?? "removed").slice(0, 32)} - ${json}`;
}

/**
 * Sends a batch over a connection of its own, with octet counting (RFC 6587, RFC 5425). Syslog acknowledges nothing: a batch counts as
 * taken when the receiver closes its side after ours, and is sent again otherwise.
 * @param trusted PEM certificates to trust beside the usual ones
 * @throws JobsError `feed-refused`
 */
export async function sendSyslog(
  { host, port, encrypted }: Extract<FeedReceiver, { readonly kind: "syslog" }>,
  lines: readonly FeedLine[],
  from: string,
  trusted: string | null,
  patience = PATIENCE,
): Promise<void> {
  const frames = lines.map((line) => {
    const message = syslogMessage(line, from);
    return `${Buffer.byteLength(message)} ${message}`;
  });
  await new Promise<void>((resolve, reject) => {
    const ca = trusted === null ? {} : { ca: [...rootCertificates, trusted] };
    const socket: Socket = encrypted
      ? connectEncrypted({ host, port, servername: host, minVersion: "TLSv1.2", ...ca })
      : connectPlainly({ host, port });
    const fail = (why: string, cause?: unknown) => {
      socket.destroy();
      reject(new JobsError({ code: "feed-refused", message: why, cause }));
    };
    socket.setTimeout(patience, () => fail("It did not take the events in time, or did not close the connection."));
    socket.on("error", (error) => fail(`It cannot be reached: ${error.message}`, error));
    let ending: NodeJS.Timeout | undefined;
    socket.on(encrypted ? "secureConnect" : "connect", () => {
      socket.write(frames.join(""), (error) => {
        if (!error) ending = setTimeout(() => socket.end(), LINGER);
      });
    });
    socket.on("end", () => {
      if (socket.writableFinished) resolve();
      else fail("It closed the connection before it had everything.");
    });
    socket.on("close", () => {
      clearTimeout(ending);
      fail("It closed the connection before it had everything.");
    });
    socket.resume();
  });
}
