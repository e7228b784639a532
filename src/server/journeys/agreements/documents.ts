import { Type } from "typebox";
import { fromBase64 } from "../../../bytes/base64.ts";
import { sha256Hex } from "../../../bytes/digest.ts";
import { randomId } from "../../../bytes/random.ts";
import type { Reader } from "../../../domain/records.ts";
import type { KeptDocument } from "../../../domain/sharing-agreement.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type Visit } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";

/** The largest document, bytes: it is kept in the database, beside its agreement. */
export const LARGEST_DOCUMENT = 5_000_000;
const LARGEST_BASE64 = Math.ceil(LARGEST_DOCUMENT / 3) * 4;
const MOST_TITLE = 200;
const PDF = "%PDF-";

/** SDT-5: the signed documents of agreements. Every colleague may read them; the keepers of the register add and remove them. */
export const agreementDocumentRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/agreements/:id/documents",
    who: "keeper",
    body: Type.Object({
      title: Type.String({ maxLength: MOST_TITLE * 4 }),
      content: Type.String({ maxLength: LARGEST_BASE64, pattern: "^[A-Za-z0-9+/]*={0,2}$" }),
    }),
    bodyLimit: LARGEST_BASE64 + 4096,
    rates: [{ times: 60, seconds: 600, by: "caller" }],
    handle: async ({ parts, member, params }, { title, content }) => {
      const bytes = pdfIn(content);
      const said = title.trim();
      if (said === "" || said.length > MOST_TITLE) {
        throw refused(`Say what the document is, in ${MOST_TITLE} characters or fewer.`);
      }
      const document: KeptDocument = {
        ...{ id: randomId(), agreementId: params.id ?? "", title: said, digest: await sha256Hex(bytes) },
        ...{ size: bytes.length, addedAt: now(parts), addedBy: member.id, removedAt: null, content },
      };
      await parts.records.write(async (tx) => {
        if ((await tx.agreement(document.agreementId)) === null) throw notThere();
        await tx.saveAgreementDocument(document);
        const { agreementId, digest, addedAt } = document;
        const detail = { agreement: agreementId, what: "document-added", document: document.id, digest };
        await tx.append(ofMember("agreement-changed", member.id, addedAt, detail));
      });
      return {};
    },
  }),
  row({
    method: "GET",
    path: "/agreement-documents/:id",
    who: "colleague",
    handle: async (visit) => {
      const { content, title } = await documentOf(visit);
      const name = title.replaceAll(/[^\p{L}\p{N} ._-]/gu, "").slice(0, 100) || "Agreement";
      visit.reply
        .type("application/pdf")
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}.pdf`)
        .header("cache-control", "no-store");
      return Buffer.from(fromBase64(content));
    },
  }),
  row({
    method: "POST",
    path: "/agreement-documents/:id/remove",
    who: "keeper",
    handle: async (visit) => {
      const { parts, member } = visit;
      const { id, agreementId } = await documentOf(visit);
      const at = now(parts);
      await parts.records.write(async (tx) => {
        const document = await tx.agreementDocument(id);
        if (!document) throw notThere();
        await tx.saveAgreementDocument({ ...document, removedAt: document.removedAt ?? at, content: "" });
        const detail = { agreement: agreementId, what: "document-removed", document: id, digest: document.digest };
        await tx.append(ofMember("agreement-changed", member.id, at, detail));
      });
      return redirect(visit, `/agreements/${agreementId}/edit`);
    },
  }),
];

/** Those that are there, as the pages name them. */
export async function documentsOf(read: Reader, agreementId: string) {
  const found = (await read.agreementDocuments(agreementId)).filter(({ removedAt }) => removedAt === null);
  return Promise.all(found.map(async (each) => ({ ...each, by: await read.member(each.addedBy) })));
}

/** @throws ServerError `bad-request` for what is no PDF or too large */
function pdfIn(content: string): Uint8Array<ArrayBuffer> {
  const bytes = decoded(content);
  if (Buffer.from(bytes.subarray(0, PDF.length)).toString("latin1") !== PDF) {
    throw refused("This is not a PDF. Save the signed document as a PDF, and choose that.");
  }
  if (bytes.length > LARGEST_DOCUMENT)
    throw refused("This is larger than 5 MB. Save it smaller, or say where it is kept.");
  return bytes;
}

/** Nothing, where the characters are those of base64 and are none: the keeper's browser controls them. */
function decoded(content: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(content);
  } catch {
    return new Uint8Array(0);
  }
}

function refused(why: string): ServerError {
  return new ServerError({ code: "bad-request", message: `${why} Nothing was stored.` });
}

/** The document that the path names, unless it was removed. @throws ServerError `no-such-page` */
async function documentOf({ parts, params }: Visit): Promise<KeptDocument> {
  const document = await parts.records.read.agreementDocument(params.id ?? "");
  if (document?.removedAt === null) return document;
  throw notThere();
}

function notThere(): ServerError {
  return new ServerError({ code: "no-such-page", message: "There is no such document. Look under Agreements." });
}
