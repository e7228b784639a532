import { Type } from "typebox";
import { sha256Hex } from "../../bytes/digest.ts";
import { randomId } from "../../bytes/random.ts";
import { BlobError } from "../../domain/blobs.ts";
import { DomainError } from "../../domain/error.ts";
import { type Sealed, sealContent, startUpload, storeSenderGrant } from "../../domain/lifecycle/draft-arrows.ts";
import type { Recipient } from "../../domain/transfer.ts";
import type { ContentBody, UploadAnswer } from "../../domain/wire/sending.ts";
import { withRegistered } from "../drafts/registered.ts";
import { act } from "../drafts/take-back.ts";
import { ServerError } from "../error.ts";
import { type Row, row, type SenderVisit } from "../gate/row.ts";
import { refuseOtherRecoveryKey } from "../recovery-key/sealed-to-it.ts";
import { bodyPlainSize, sealedFile } from "./sending-sealed-files.ts";
import { uploadPath } from "./sending-view.ts";

const MIB = 1024 * 1024;
/** A thousand recipients with words and tokens, sealed to several keys. */
const GRANT_LIMIT = MIB;
/** Digests of 100,000 pieces (100 GB) and the names of many files. */
const CONTENT_LIMIT = 32 * MIB;
/** As far as the header of a body may go. */
const BEGINNING = 64 * 1024;

const base64 = (maxLength: number) => Type.String({ maxLength, pattern: "^[A-Za-z0-9+/]+={0,2}$" });
const digest = Type.String({ pattern: "^[0-9a-f]{64}$" });
const count = (minimum: number) => Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER });

const contentBody = Type.Object({
  manifest: base64(CONTENT_LIMIT),
  content: digest,
  totals: Type.Object({ items: count(1), bytes: count(0) }),
  access: Type.Record(Type.String(), Type.Object({ grant: base64(64 * 1024), tokenHash: digest })),
  recovery: Type.Union([Type.Null(), Type.Object({ key: digest, grant: base64(64 * 1024) })]),
  riskyReason: Type.String({ maxLength: 2000 }),
});

/** What a draft's client stores: the sender's grant, then the body (see `uploads/`), then manifest and grants. */
export const sendingSealRows: readonly Row[] = [
  row({
    method: "PUT",
    path: "/api/transfers/:ref/sender-grant",
    who: "sender",
    body: Type.Object({ grant: base64(GRANT_LIMIT) }),
    bodyLimit: GRANT_LIMIT + 1024,
    handle: async (visit, { grant }) => {
      sealedFile(grant, "pq", "Your own access");
      const before = await act(visit, async ({ tx, transfer, recipients, taken }) =>
        storeSenderGrant(transfer, await withRegistered(tx, recipients), grant, taken),
      );
      // What was uploaded under the old grant can be opened by nobody's key that is kept.
      if (before.transfer.uploadId) await visit.parts.blobs.remove(before.transfer.uploadId);
      return {};
    },
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/upload",
    who: "sender",
    body: Type.Object({ size: count(1) }),
    rates: [{ times: 30, seconds: 600, by: "target" }],
    handle: async (visit, { size }): Promise<UploadAnswer> => {
      const { parts, transfer } = visit;
      if (size > parts.limits.bodyBytes) {
        const message = "This is more than this server takes in one transfer. Nothing was stored: send it in parts.";
        throw new BlobError({ code: "too-large", message });
      }
      const id = randomId();
      await parts.blobs.create(id, size); // durable before the record names it; one that is never named is swept up
      try {
        await act(visit, (standing) => startUpload(standing.transfer, id, size, standing.taken));
      } catch (error) {
        await parts.blobs.remove(id);
        throw error;
      }
      visit.reply.status(201);
      return { url: uploadPath(transfer.reference, id) };
    },
  }),
  row({
    method: "PUT",
    path: "/api/transfers/:ref/content",
    who: "sender",
    body: contentBody,
    bodyLimit: CONTENT_LIMIT + 4 * MIB,
    handle: async (visit, body) => {
      const bodySize = await checkBody(visit, body);
      await checkManifest(body);
      if (body.recovery) sealedFile(body.recovery.grant, "pq", "Your organisation’s access");
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        const access = checkAccess(body, recipients);
        const { manifest, content, totals, recovery } = body;
        await refuseOtherRecoveryKey(tx, recovery?.key ?? null);
        const sealed: Sealed = {
          content: { bodyId: visit.transfer.uploadId ?? "", bodySize, manifest, content, totals },
          access,
          recovery,
          riskyReason: body.riskyReason.trim() || null,
        };
        return sealContent(transfer, recipients, sealed, taken);
      });
      return {};
    },
  }),
];

/** The body is complete and durable, and holds as many bytes as are stated. @returns its sealed size */
async function checkBody({ parts, transfer }: SenderVisit, body: ContentBody): Promise<number> {
  const { uploadId } = transfer;
  const found = uploadId ? await parts.blobs.stat(uploadId) : null;
  if (!uploadId || !found || found.length < found.size) {
    const message = "The files have not arrived completely. What arrived is kept: go on with the upload.";
    throw new DomainError({ code: "incomplete", message });
  }
  const beginning: Uint8Array[] = [];
  for await (const bytes of parts.blobs.read(uploadId, 0, Math.min(BEGINNING, found.size))) beginning.push(bytes);
  if (bodyPlainSize(Buffer.concat(beginning), found.size) !== body.totals.bytes) {
    throw new ServerError({
      code: "bad-request",
      message: "The stated size is not that of the sealed files. Seal them again.",
    });
  }
  return found.size;
}

async function checkManifest(body: ContentBody): Promise<void> {
  const manifest = sealedFile(body.manifest, "pq", "The list of files");
  if ((await sha256Hex(manifest)) !== body.content) {
    throw new ServerError({ code: "bad-request", message: "The list of files arrived damaged. Seal the files again." });
  }
}

/** OXM-2: every named recipient, and nobody else, gets a grant of the kind that they open, with a token of their own. */
function checkAccess(body: ContentBody, recipients: readonly Recipient[]): Sealed["access"] {
  const given = new Map(Object.entries(body.access));
  const tokens = new Set([...given.values()].map(({ tokenHash }) => tokenHash));
  if (given.size !== recipients.length || tokens.size !== given.size || !recipients.every(({ id }) => given.has(id))) {
    throw new DomainError({
      code: "changed",
      message: "The recipients are not those that this was sealed for. Nothing was changed: load the page again.",
    });
  }
  for (const { id, name, access } of recipients) {
    sealedFile(given.get(id)?.grant ?? "", access === "account" ? "pq" : "passphrase", `The access of ${name}`);
  }
  return given;
}
