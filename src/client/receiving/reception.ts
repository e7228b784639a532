import { fromBase64 } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { ReceivingView } from "../../domain/wire/receiving.ts";
import { parseHeader } from "../../envelope/header.ts";
import { headerStrength, type Strength } from "../../envelope/strength.ts";
import { type GrantKey, openGrant, tokenDigest } from "../../seal/grants.ts";
import { type Manifest, openManifest } from "../../seal/manifest.ts";
import { ClientError, lying } from "../error.ts";
import { fetchManifest } from "../fetch-manifest.ts";
import type { Http } from "../http.ts";
import { receivingView } from "../views.ts";
import { sealTrouble } from "./seal-trouble.ts";
import { type CheckedWaybill, placeOf, readWaybill } from "./waybill.ts";

/** What is known when a transfer has been opened: everything in it was checked against the rest. */
export interface OpenedTransfer {
  readonly id: string;
  /** Where the server has its sealed parts, such as `/api/r/ID`. */
  readonly at: string;
  readonly waybill: CheckedWaybill;
  readonly manifest: Manifest;
  /** The transfer key. Keep it in memory only. */
  readonly identity: string;
  /** The receipt token: shows that the grant was opened. */
  readonly token: string;
  /** SIS-24: how to handle it, as the server says: lines to show before a receipt is signed. */
  readonly handling: readonly string[];
}

/** GET /api/r/:id */
export function fetchView(http: Http, id: string): Promise<ReceivingView> {
  return http.get(`/api/r/${id}`, receivingView);
}

/**
 * Opens a transfer after arrival. The server could hand out another's grant, another manifest or another waybill: each is
 * found out here, before anything is shown.
 * @param address the recipient's own, as this client knows it.
 * @param signedDigest the waybill's digest in this recipient's `arrive` statement, where this client still knows it.
 * @throws ClientError `wrong-words`, `no-access`, `damaged`, `lying-server`, `offline`, `refused`
 */
export async function openTransfer(
  http: Http,
  view: ReceivingView,
  key: GrantKey,
  address: string,
  signedDigest: string | null = null,
): Promise<OpenedTransfer> {
  const waybill = await checkedWaybill(view, signedDigest);
  const sealedGrant = await checkedGrant(view, waybill, key, address);
  const grant = await sealTrouble(() => openGrant(sealedGrant, key, { reference: view.reference }));
  if ((await tokenDigest(grant.token)) !== view.tokenHash) throw notNamed();
  const at = `/api/r/${view.id}`;
  const manifest = await checkedManifest(http, at, waybill, grant.identity);
  const { handling } = view;
  return { id: view.id, at, waybill, manifest, identity: grant.identity, token: grant.token, handling };
}

/**
 * The list of files at `at`, as the waybill commits to it.
 * @throws ClientError `damaged`, `lying-server`, `offline`, `refused`
 */
export async function checkedManifest(
  http: Http,
  at: string,
  waybill: CheckedWaybill,
  identity: string,
): Promise<Manifest> {
  const sealed = await fetchManifest(http, `${at}/manifest`);
  const expected = { digest: waybill.content, reference: waybill.reference };
  const manifest = await sealTrouble(() => openManifest(sealed, identity, expected));
  if (manifest.body.size !== waybill.totals.sealed)
    throw lying("the transfer record states another size than was sealed");
  const bytes = manifest.items.reduce((sum, { length }) => sum + length, 0);
  if (manifest.items.length !== waybill.totals.items || bytes !== waybill.totals.bytes) {
    throw new ClientError({
      code: "damaged",
      message: "The sender stated other totals than what is in the transfer. Nothing was opened. Ask the sender.",
    });
  }
  return manifest;
}

async function checkedWaybill(view: ReceivingView, signed: string | null): Promise<CheckedWaybill> {
  if (view.waybill === null) {
    throw new ClientError({ code: "no-access", message: "Confirm first that this has arrived. Nothing is lost." });
  }
  const digest = await sha256Hex(utf8(view.waybill));
  if (digest !== view.waybillDigest) throw lying("the transfer record is not the one that it announced");
  if (signed !== null && digest !== signed)
    throw lying("the transfer record is not the one whose arrival was confirmed");
  const waybill = readWaybill(view.waybill, digest);
  if (waybill.reference !== view.reference) throw lying("the transfer record is of another transfer");
  return waybill;
}

/**
 * The sealed grant, which has to be the one that the waybill commits to where it names this recipient, by the address that this
 * client knows: one that was altered, or is somebody else's, is found out before any words are tried.
 */
async function checkedGrant(
  view: ReceivingView,
  waybill: CheckedWaybill,
  key: GrantKey,
  address: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (view.grant === null || view.tokenHash === null) {
    throw new ClientError({ code: "no-access", message: "Access was taken back or has ended. Ask the sender." });
  }
  const { access, recipient, tokenHash } = view;
  const place = await placeOf(waybill, { name: recipient.name, address, access, token: tokenHash });
  if (place === null) throw notNamed();
  const bytes = bytesOf(view.grant);
  const digest = await sha256Hex(bytes);
  if (digest !== waybill.grants[place]) {
    throw waybill.grants.includes(digest) ? lying("the access that it hands out is not yours") : damagedGrant();
  }
  if (strengthOf(bytes) !== ("secret" in key ? "passphrase" : "pq"))
    throw lying("the access that it hands out is not yours");
  return bytes;
}

function bytesOf(grant: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(grant);
  } catch (cause) {
    throw damagedGrant(cause);
  }
}

function strengthOf(grant: Uint8Array<ArrayBuffer>): Strength {
  try {
    const header = parseHeader(grant);
    if (header !== null) return headerStrength(header);
  } catch (cause) {
    throw damagedGrant(cause);
  }
  throw damagedGrant();
}

function damagedGrant(cause?: unknown): ClientError {
  const message =
    "Your access to this transfer is damaged. Nothing was opened. Ask the sender to give you access again.";
  return new ClientError({ code: "damaged", message, cause });
}

function notNamed(): ClientError {
  return lying("the transfer record does not name you with the access that it hands out");
}
