import type { Json } from "../bytes/canonical-json.ts";
import { concat } from "../bytes/concat.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { fromHex } from "../bytes/hex.ts";
import type { Extent } from "../envelope/sizes.ts";
import { damaged, SealError } from "./error.ts";
import { DIGEST, fieldsOf, listOf, REFERENCE, sizeOf, textOf, version1 } from "./fields.ts";
import { isItemName } from "./item-names.ts";
import { openJson, type SealedDocument, sealJson } from "./sealed-json.ts";

/** Sealed bytes of a body that one digest covers. */
export const PIECE_SIZE = 1024 * 1024;

/** A file or a message in the body, with the stretch of plaintext that it is. */
export interface Item extends Extent {
  /** Folders separated by `/`; see `isItemName`. Use `safeNames` before saving. */
  readonly name: string;
  /** Media type as the sender's device named it: a hint, never to be trusted; empty where it is not known. */
  readonly type: string;
  readonly kind: "file" | "message";
}

/** What the sealed body must be. */
export interface BodySummary {
  /** Size in bytes of the whole sealed file, header included. */
  readonly size: number;
  readonly pieceSize: typeof PIECE_SIZE;
  /** SHA-256 of every sealed piece, in hexadecimal; the last piece may be shorter. */
  readonly pieces: readonly string[];
  /** SHA-256 over the concatenated 32-byte digests of the pieces, in hexadecimal. */
  readonly digest: string;
}

/** The sealed list of what a transfer holds. The SHA-256 of its sealed file is the waybill's content digest. */
export interface Manifest {
  readonly version: 1;
  readonly reference: string;
  /** The real subject; only here. */
  readonly subject?: string;
  /** One after another without a gap, in the order in which they lie in the body. */
  readonly items: readonly Item[];
  readonly body: BodySummary;
}

/** The items of a body from their names and lengths, one after another. @throws SealError `bad-input` */
export function layItems(items: readonly Omit<Item, "offset">[]): readonly Item[] {
  let offset = 0;
  const laid = items.map((item) => {
    const placed = { ...item, offset };
    offset += item.length;
    return placed;
  });
  try {
    checkItems(laid);
  } catch (cause) {
    const message = "Two items have the same name, or a name cannot be sent. Rename them, then add them again.";
    throw new SealError({ code: "bad-input", message, cause });
  }
  return laid;
}

/** The summary of a body from the digests of its pieces. */
export async function summarise(pieces: readonly string[], size: number): Promise<BodySummary> {
  return { size, pieceSize: PIECE_SIZE, pieces, digest: await digestOfDigests(pieces) };
}

/** Seals the manifest to the transfer key. `digest` of what it gives is the waybill's content digest. */
export function sealManifest(manifest: Manifest, transferRecipient: string): Promise<SealedDocument> {
  const { version, reference, subject, body } = manifest;
  const items = manifest.items.map(({ name, type, offset, length, kind }) => ({ name, type, offset, length, kind }));
  const summary = { size: body.size, pieceSize: body.pieceSize, pieces: body.pieces, digest: body.digest };
  const value = { version, reference, items, body: summary, ...(subject === undefined ? {} : { subject }) };
  return sealJson(value, { recipients: [transferRecipient] });
}

/**
 * Opens and checks a manifest that the server hands out.
 * @param expected the content digest of the signed waybill, and its reference.
 * @throws SealError `damaged` for anything but the very manifest that was signed, or one that breaks a rule of its format;
 *   `no-access` when the transfer key does not open it.
 */
export async function openManifest(
  sealed: Uint8Array,
  transferIdentity: string,
  expected: { readonly digest: string; readonly reference: string },
): Promise<Manifest> {
  const keys = { identities: [transferIdentity] };
  const manifest = await parseManifest(await openJson(sealed, keys, { digest: expected.digest, strengths: ["pq"] }));
  if (manifest.reference !== expected.reference) throw damaged("its list of files belongs to another transfer");
  return manifest;
}

/** Reads a manifest strictly: the sender may be hostile to the recipient. @throws SealError `damaged`. */
export async function parseManifest(value: Json): Promise<Manifest> {
  const fields = fieldsOf(value, ["version", "reference", "subject", "items", "body"]);
  version1(fields);
  const items = listOf(fields.items, parseItem);
  checkItems(items);
  const body = await parseBody(fields.body);
  const reference = textOf(fields.reference, REFERENCE);
  if (fields.subject === undefined) return { version: 1, reference, items, body };
  return { version: 1, reference, subject: textOf(fields.subject, /^[^\p{Cc}]{0,1000}$/u), items, body };
}

function parseItem(value: Json): Item {
  const fields = fieldsOf(value, ["name", "type", "offset", "length", "kind"]);
  const kind = textOf(fields.kind, /^(?:file|message)$/) === "message" ? "message" : "file";
  return {
    name: textOf(fields.name, /^/),
    type: textOf(fields.type, /^[\x20-\x7e]{0,255}$/),
    offset: sizeOf(fields.offset),
    length: sizeOf(fields.length),
    kind,
  };
}

async function parseBody(value: Json | undefined): Promise<BodySummary> {
  const fields = fieldsOf(value, ["size", "pieceSize", "pieces", "digest"]);
  const pieces = listOf(fields.pieces, (each) => textOf(each, DIGEST));
  const size = sizeOf(fields.size);
  if (fields.pieceSize !== PIECE_SIZE) throw damaged("its pieces are of an unknown size");
  if (pieces.length !== Math.ceil(size / PIECE_SIZE)) throw damaged("its digests do not fit its size");
  const digest = textOf(fields.digest, DIGEST);
  if (digest !== (await digestOfDigests(pieces))) throw damaged("its digests do not fit each other");
  return { size, pieceSize: PIECE_SIZE, pieces, digest };
}

/** Items lie one after another from 0, without gap or overlap, each under a name of its own that is allowed. */
function checkItems(items: readonly Item[]): void {
  const names = new Set<string>();
  let end = 0;
  for (const item of items) {
    if (item.offset !== end || !Number.isSafeInteger(end + item.length))
      throw damaged("its files overlap or leave gaps");
    end += item.length;
    const name = item.name.normalize("NFC");
    if (!isItemName(item.name) || names.has(name)) throw damaged("a file in it has a name that is not allowed");
    names.add(name);
  }
}

function digestOfDigests(pieces: readonly string[]): Promise<string> {
  return sha256Hex(concat(pieces.map(fromHex)));
}
