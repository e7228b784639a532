import { fromBase64 } from "../../bytes/base64.ts";
import type { Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { fromUtf8, utf8 } from "../../bytes/text.ts";
import { RECOVERY_PACKAGE } from "../../domain/wire/recovery.ts";
import type { Extent } from "../../envelope/sizes.ts";
import { openBody, openExtent, rangeOf } from "../../seal/body.ts";
import type { Bytes, ChunkCipher } from "../../seal/cipher.ts";
import { damaged } from "../../seal/error.ts";
import { fieldsOf, REFERENCE, textOf } from "../../seal/fields.ts";
import { recipientOf } from "../../seal/keys.ts";
import { type Manifest, openManifest, PIECE_SIZE } from "../../seal/manifest.ts";
import { openRecoveryGrant } from "../../seal/recovery-grant.ts";
import { type CheckedWaybill, readWaybill } from "./waybill.ts";

/** A package that was exported to be opened with the recovery key. Whoever carried it could have altered every byte. */
export interface RecoveryPackage {
  /** Its first line, without the line feed. */
  readonly head: Uint8Array;
  /** Bytes behind the line feed. */
  readonly bodySize: number;
  /** Bytes [start, end) of those. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** The package opened: waybill, list of files and every byte checked against each other. */
export interface Recovered {
  readonly waybill: CheckedWaybill;
  readonly manifest: Manifest;
  /** Plaintext of one item, or of all; complete when it ends without an error. @throws SealError `damaged` */
  item(extent: Extent, signal: AbortSignal): AsyncGenerator<Bytes>;
  all(signal: AbortSignal): AsyncGenerator<Bytes>;
}

/**
 * Opens it with the recovery key's secret half, offline. Who sealed it is not proved here: the record says who, and that it was sealed to
 * this key; the organisation's own records have the sender's signature over it.
 * @param identities of the recovery key, and of those before it.
 * @throws SealError `damaged`, `no-access`, `bad-key`
 */
export async function openRecoveryPackage(
  from: RecoveryPackage,
  identities: readonly string[],
  cipher: ChunkCipher,
): Promise<Recovered> {
  const head = readHead(from.head);
  const waybill = await waybillOf(head);
  const grant = await openRecoveryGrant(head.grant, identities, { reference: head.reference });
  const keys = await Promise.all(identities.map(async (each) => sha256Hex(utf8(await recipientOf(each)))));
  if (waybill.recovery === null || !keys.includes(waybill.recovery)) {
    throw damaged("its record does not say that it was sealed to this recovery key");
  }
  const expected = { digest: waybill.content, reference: head.reference };
  const manifest = await openManifest(head.manifest, grant.identity, expected);
  if (manifest.body.size !== from.bodySize) throw damaged("it is cut off, or something follows it");
  const first = await collected(from.read(0, Math.min(PIECE_SIZE, from.bodySize)));
  const body = await openBody(first, manifest, grant.identity);
  async function* open(extent: Extent, signal: AbortSignal): AsyncGenerator<Bytes> {
    const { start, end } = rangeOf(body, manifest.body, extent).pieces;
    for await (const bytes of openExtent(from.read(start, end), body, manifest.body, extent, cipher)) {
      signal.throwIfAborted();
      yield bytes;
    }
  }
  const length = manifest.items.reduce((sum, item) => sum + item.length, 0);
  return { waybill, manifest, item: open, all: (signal) => open({ offset: 0, length }, signal) };
}

function readHead(bytes: Uint8Array) {
  let value: Json;
  try {
    value = JSON.parse(fromUtf8(bytes)) as Json; // every field of it is checked
  } catch (cause) {
    throw damaged("it does not begin like a package for a recovery key", cause);
  }
  const fields = fieldsOf(value, ["format", "reference", "waybill", "grant", "manifest"]);
  if (fields.format !== RECOVERY_PACKAGE) throw damaged("it is of a version that this program does not know");
  return {
    reference: textOf(fields.reference, REFERENCE),
    waybill: textOf(fields.waybill, /^\{/),
    grant: base64(textOf(fields.grant, /^/)),
    manifest: base64(textOf(fields.manifest, /^/)),
  };
}

async function waybillOf(head: { readonly reference: string; readonly waybill: string }): Promise<CheckedWaybill> {
  let waybill: CheckedWaybill;
  try {
    waybill = readWaybill(head.waybill, await sha256Hex(utf8(head.waybill)));
  } catch (cause) {
    throw damaged("its record is not what it should be", cause);
  }
  if (waybill.reference !== head.reference) throw damaged("its record is of another transfer");
  return waybill;
}

function base64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw damaged("its beginning is not what it should be", cause);
  }
}

async function collected(source: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of source) parts.push(new Uint8Array(part));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
