import { Readable } from "node:stream";
import { fromBase64 } from "../../bytes/base64.ts";
import type { SealedContent } from "../../domain/transfer.ts";
import { ServerError } from "../error.ts";
import { type RecipientVisit, type Row, row } from "../gate/row.ts";
import { refuseUnlessOpen } from "./receiving-open.ts";
import type { Span } from "./receiving-range.ts";
import { reportStands } from "./receiving-report.ts";
import { noteRead } from "./receiving-reread.ts";
import { nowOf } from "./receiving-view.ts";
import { chosenSpan, describe, stretches } from "./sealed-body.ts";

/** The sealed manifest and body, for those who confirmed arrival. Reading them changes nothing. */
export const receivingContentRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/r/:id/manifest",
    who: "recipient",
    handle: async (visit) => {
      const { manifest } = await contentFor(visit);
      const bytes = fromBase64(manifest);
      describe(visit.reply, visit.transfer.reference, bytes.length);
      return Buffer.from(bytes.buffer);
    },
  }),
  row({
    method: "GET",
    path: "/api/r/:id/body",
    who: "recipient",
    handle: async (visit) => {
      const sealed = await contentFor(visit);
      const span = chosenSpan(visit, visit.transfer.reference, sealed);
      if (span) void visit.reply.send(Readable.from(await bytesFor(visit, sealed.bodyId, span), { objectMode: false }));
      return null;
    },
  }),
  row({
    method: "HEAD",
    path: "/api/r/:id/body",
    who: "recipient",
    handle: async (visit) => {
      const span = chosenSpan(visit, visit.transfer.reference, await contentFor(visit));
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

/** The bytes of a span; after a report of damage or a loss, with a note of what was handed out. */
async function bytesFor(visit: RecipientVisit, bodyId: string, span: Span): Promise<AsyncGenerator<Uint8Array>> {
  const bytes = await stretches(visit.parts, bodyId, span, () => refuseWhenOver(visit));
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

/** @throws ServerError when it was taken back, paused or destroyed meanwhile */
async function refuseWhenOver({ parts, recipient: { id }, transfer: { reference } }: RecipientVisit): Promise<void> {
  const [recipient, transfer] = [await parts.records.read.recipient(id), await parts.records.read.transfer(reference)];
  if (!recipient || !transfer) throw new ServerError({ code: "gone", message: "This package is not there any more." });
  refuseUnlessOpen(transfer, recipient, nowOf(parts), null);
}
