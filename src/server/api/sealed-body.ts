import type { FastifyReply } from "fastify";
import type { Blobs } from "../../domain/blobs.ts";
import type { SealedContent } from "../../domain/transfer.ts";
import { ServerError } from "../error.ts";
import type { Visit } from "../gate/row.ts";
import type { Parts } from "../parts.ts";
import { type Span, spanOf } from "./receiving-range.ts";

/** Bytes sent between two looks at whether access was taken back meanwhile. */
const STRETCH = 16 * 1024 * 1024;

/** Sets status and headers for the bytes of a sealed body that are asked for; null when it answered 416 itself. */
export function chosenSpan({ request, reply }: Visit, reference: string, sealed: SealedContent): Span | null {
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
  describe(reply, reference, chosen.end - chosen.start);
  return chosen;
}

/** The headers of sealed bytes. */
export function describe(reply: FastifyReply, reference: string, length: number): void {
  reply
    .type("application/octet-stream")
    .header("content-length", String(length))
    .header("content-disposition", `attachment; filename="${reference}.age"`)
    .header("cache-control", "no-store");
}

/**
 * The bytes in stretches; what was taken back, paused or destroyed meanwhile breaks off, so that nothing looks complete.
 * @param again throws when it may not go on
 * @throws ServerError `cut-body`: asking again would bring the same short bytes for ever
 */
export async function stretches(
  { blobs }: Parts,
  bodyId: string,
  span: Span,
  again: () => Promise<void>,
): Promise<AsyncGenerator<Uint8Array>> {
  if (!(await blobs.whole(bodyId))) throw cut();
  return inStretches(blobs, bodyId, span, again);
}

async function* inStretches(
  blobs: Blobs,
  bodyId: string,
  span: Span,
  again: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for (let at = span.start; at < span.end; at += STRETCH) {
    if (at > span.start) await again();
    yield* blobs.read(bodyId, at, Math.min(at + STRETCH, span.end));
  }
}

function cut(): ServerError {
  return new ServerError({
    code: "cut-body",
    message: "The sealed content on this server is damaged: part of it is missing. The sender can send it again.",
  });
}
