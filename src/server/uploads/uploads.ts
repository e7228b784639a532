import type { FastifyReply, FastifyRequest } from "fastify";
import { BlobError } from "../../domain/blobs.ts";
import { refuseUnless } from "../../domain/lifecycle/step.ts";
import { ServerError } from "../error.ts";
import { type Row, row, type SenderVisit } from "../gate/row.ts";
import { arriving } from "./arriving.ts";

const PATH = "/api/transfers/:ref/upload/:upload";
const VERSION = "1.0.0";
const OFFSET_STREAM = "application/offset+octet-stream";

/**
 * The core protocol of tus 1.0 (tus.io/protocols/resumable-upload) on sealed bodies. Uploads are made by
 * POST /api/transfers/:ref/upload alone; why no library does it is in docs/adr/uploads.md.
 */
export const uploadRows: readonly Row[] = [
  row({
    method: "HEAD",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const { reply, parts } = visit;
      speakTus(visit.request, reply);
      const found = await parts.blobs.stat(uploadOf(visit));
      if (!found) throw noUpload();
      reply.headers({ "upload-offset": String(found.length), "upload-length": String(found.size) });
      void reply.header("cache-control", "no-store").status(200).send();
      return null;
    },
  }),
  row({
    method: "PATCH",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const { request, reply, parts, transfer } = visit;
      speakTus(request, reply);
      if (request.headers["content-type"] !== OFFSET_STREAM) {
        throw refusal("unsupported-type", `Parts of an upload are sent as ${OFFSET_STREAM}.`);
      }
      const id = uploadOf(visit);
      refuseUnless(transfer.state === "draft", "This transfer was signed already.");
      const offset = wholeNumber(request.headers["upload-offset"]);
      if (offset === null) throw refusal("bad-request", "Upload-Offset is missing or is no whole number.");
      await refuseTooMuch(visit, id, offset);
      const now = await parts.blobs.append(id, offset, arriving(request.raw)); // durable when it answers
      reply.header("upload-offset", String(now));
      void reply.status(204).send();
      return null;
    },
  }),
];

/** Every answer names the version, refusals too. @throws ServerError `other-version` */
function speakTus(request: FastifyRequest, reply: FastifyReply): void {
  reply.header("tus-resumable", VERSION);
  if (request.headers["tus-resumable"] === VERSION) return;
  reply.header("tus-version", VERSION);
  throw refusal("other-version", `This server speaks tus ${VERSION}. Send Tus-Resumable: ${VERSION}.`);
}

/** The id in the path, where it is this transfer's upload. @throws BlobError `no-such-blob` */
function uploadOf({ transfer, params }: SenderVisit): string {
  const id = params.upload ?? "";
  if (id === "" || id !== transfer.uploadId) throw noUpload();
  return id;
}

/** Refused before a byte is read where the length is known, so that the answer is not lost in a cut connection. */
async function refuseTooMuch({ parts, request }: SenderVisit, id: string, offset: number): Promise<void> {
  const announced = wholeNumber(request.headers["content-length"]) ?? 0;
  const found = await parts.blobs.stat(id);
  if (!found) throw noUpload();
  if (offset + announced <= found.size) return;
  throw new BlobError({
    code: "too-large",
    message: "More bytes came than this upload was made for. None was stored.",
  });
}

function wholeNumber(header: string | readonly string[] | undefined): number | null {
  return typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

function noUpload(): BlobError {
  const message = "There is no such upload. It may have been begun anew elsewhere: load the page again.";
  return new BlobError({ code: "no-such-blob", message });
}

function refusal(code: "bad-request" | "unsupported-type" | "other-version", message: string): ServerError {
  return new ServerError({ code, message: `${message} Nothing was stored.` });
}
