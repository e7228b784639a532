import { Readable } from "node:stream";
import { fromBase64 } from "../../bytes/base64.ts";
import type { SealedContent } from "../../domain/transfer.ts";
import { ServerError } from "../error.ts";
import { type RecipientVisit, type Row, row } from "../gate/row.ts";
import { refuseUnlessOpen } from "./receiving-open.ts";
import { type Span, spanOf } from "./receiving-range.ts";
import { reportStands } from "./receiving-report.ts";
import { noteRead } from "./receiving-reread.ts";
import { nowOf } from "./receiving-view.ts";

/** Bytes sent between two looks at whether access was taken back meanwhile. */
const STRETCH = 16 * 1024 * 1024;

/** The sealed manifest and body, for those who confirmed arrival. Reading them changes nothing. */
export const receivingContentRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/r/:id/manifest",
    who: "recipient",
    handle: async (visit) => {
      const { manifest } = await contentFor(visit);
      const bytes = fromBase64(manifest);
      describe(visit, bytes.length);
      return Buffer.from(bytes.buffer);
    },
  }),
  row({
    method: "GET",
    path: "/api/r/:id/body",
    who: "recipient",
    handle: async (visit) => {
      const sealed = await contentFor(visit);
      const span = chosenSpan(visit, sealed);
      if (span) void visit.reply.send(Readable.from(await bytesFor(visit, sealed.bodyId, span), { objectMode: false }));
      return null;
    },
  }),
  row({
    method: "HEAD",
    path: "/api/r/:id/body",
    who: "recipient",
    handle: async (visit) => {
      const span = chosenSpan(visit, await contentFor(visit));
      if (span) void visit.reply.send();
      return null;
    },
  }),
];

/** @throws ServerError `gone`, `paused`; `not-allowed` before arrival (OXM-24). */
async function contentFor(visit: RecipientVisit): Promise<SealedContent> {
  const { parts, transfer, recipient } = visit;
  refuseUnlessOpen(transfer, recipient, nowOf(parts), await parts.records.read.member(transfer.senderId));
  if (recipient.arrival === null) {
    throw new ServerError({
      code: "not-allowed",
      message: "Confirm first that the package has arrived. Nothing is lost.",
    });
  }
  if (transfer.sealed === null || transfer.sealed.manifest === "") {
    throw new ServerError({ code: "gone", message: "The content of this package was destroyed. Ask the sender." });
  }
  return transfer.sealed;
}

/** Sets status and headers for what is asked; null when it answered 416 itself. */
function chosenSpan(visit: RecipientVisit, sealed: SealedContent): Span | null {
  const { request, reply } = visit;
  const size = sealed.bodySize;
  const etag = `"${sealed.content}"`;
  reply.header("accept-ranges", "bytes").header("etag", etag);
  const condition = request.headers["if-range"];
  const span = spanOf(condition === undefined || condition === etag ? request.headers.range : undefined, size);
  if (span === "unsatisfiable") {
    void reply.status(416).header("content-range", `bytes */${size}`).header("cache-control", "no-store").send({
      code: "bad-range",
      message: "That is not one range of bytes inside this body. Ask for bytes=first-last.",
    });
    return null;
  }
  if (span) reply.status(206).header("content-range", `bytes ${span.start}-${span.end - 1}/${size}`);
  const chosen = span ?? { start: 0, end: size };
  describe(visit, chosen.end - chosen.start);
  return chosen;
}

function describe({ reply, transfer }: RecipientVisit, length: number): void {
  reply
    .type("application/octet-stream")
    .header("content-length", String(length))
    .header("content-disposition", `attachment; filename="${transfer.reference}.age"`)
    .header("cache-control", "no-store");
}

/** The bytes of a span; after a report of damage or a loss, with a note of what was handed out. */
async function bytesFor(visit: RecipientVisit, bodyId: string, span: Span): Promise<AsyncGenerator<Uint8Array>> {
  const bytes = stretches(visit, bodyId, span);
  const reported = await reportStands(visit.parts.records.read, visit.recipient);
  return reported ? noted(visit, bytes, span) : bytes;
}

async function* noted(
  { parts, recipient, transfer }: RecipientVisit,
  bytes: AsyncIterable<Uint8Array>,
  span: Span,
): AsyncGenerator<Uint8Array> {
  const note = (end: number) => noteRead(parts, recipient, { start: span.start, end }, transfer.expiresAt);
  let end = span.start;
  try {
    for await (const part of bytes) {
      end += part.length;
      if (end === span.end) await note(end); // before the last bytes go: whoever has them all may say so at once
      yield part;
    }
  } finally {
    if (end < span.end) await note(end);
  }
}

/** The bytes in stretches; one that was taken back, paused or destroyed meanwhile breaks off, so that nothing looks complete. */
async function* stretches(visit: RecipientVisit, bodyId: string, span: Span): AsyncGenerator<Uint8Array> {
  const { parts } = visit;
  for (let at = span.start; at < span.end; at += STRETCH) {
    if (at > span.start) {
      const recipient = await parts.records.read.recipient(visit.recipient.id);
      const transfer = recipient && (await parts.records.read.transfer(recipient.reference));
      if (!transfer) return;
      refuseUnlessOpen(transfer, recipient, nowOf(parts), null);
    }
    yield* parts.blobs.read(bodyId, at, Math.min(at + STRETCH, span.end));
  }
}
