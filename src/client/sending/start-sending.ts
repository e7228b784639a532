import { fromBase64, toBase64 } from "../../bytes/base64.ts";
import { concat } from "../../bytes/concat.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import type { ContentBody, SendingView } from "../../domain/wire/sending.ts";
import { sealedSize } from "../../envelope/sizes.ts";
import type { ChunkCipher } from "../../seal/cipher.ts";
import { SealError } from "../../seal/error.ts";
import type { SenderGrant } from "../../seal/grants.ts";
import { recipientOf } from "../../seal/keys.ts";
import { layItems, PIECE_SIZE, sealManifest, summarise } from "../../seal/manifest.ts";
import { openSealing, readHeader } from "../../seal/opening.ts";
import { newSealing, type Sealing } from "../../seal/sealing.ts";
import { once } from "../../seal/stream.ts";
import { Control } from "../control.ts";
import { ClientError } from "../error.ts";
import type { Http } from "../http.ts";
import { type CheckRecoveryKey, recoveryKeyDigest } from "../keys/check-recovery-key.ts";
import { Meter, type Progress } from "../progress.ts";
import { sendingView, uploadAnswer } from "../views.ts";
import { newAccess, recipientGrants, recoverAccess, recoveryAccess, storeSenderGrant } from "./access.ts";
import { sealAndUpload } from "./body.ts";
import { checkCode } from "./check-code.ts";
import { type CheckSendingKeys, checkAllKeys } from "./keys.ts";
import type { Made, Order } from "./order.ts";
import type { PieceRecord, SendingRecord } from "./piece-record.ts";
import { type Pace, Upload, type Waiting } from "./upload.ts";

export interface SendingParts {
  readonly http: Http;
  readonly record: PieceRecord;
  readonly cipher: ChunkCipher;
  readonly pace: Pace;
  readonly checkKeys: CheckSendingKeys;
  readonly recoveryKey: CheckRecoveryKey;
  /** The sender's secret keys, newest first, by a passkey prompt for instance; asked for only when an upload can be resumed. */
  unlock(): Promise<readonly string[]>;
  report(state: SendingState): void;
}

/** What a sending reports. `resumed` is said once: whether it goes on where an earlier try stopped. */
export type SendingState =
  | { readonly kind: "begun"; readonly resumed: boolean }
  | { readonly kind: "progress"; readonly progress: Progress; readonly waiting: Waiting }
  | { readonly kind: "finishing" };

/** A sending in progress. */
export interface Sending {
  pause(): void;
  resume(): void;
  /** What was sent so far stays, and choosing the same files again goes on from there. */
  stop(): void;
  /** Settles when the server has everything but the signature. @throws ClientError, SealError */
  readonly done: Promise<Made>;
}

/**
 * Seals and uploads a draft's content and gives everybody access; it is signed afterwards (`signSending`). Goes on with an
 * earlier try where its record is on this device and every piece ever sent is proved the same; otherwise with a new
 * transfer key, sender's grant and upload.
 */
export function startSending(order: Order, parts: SendingParts): Sending {
  const control = new Control();
  return {
    pause: () => control.pause(),
    resume: () => control.resume(),
    stop: () => control.stop(),
    done: send(order, parts, control),
  };
}

async function send(order: Order, parts: SendingParts, control: Control): Promise<Made> {
  const view = await parts.http.get(`/api/transfers/${order.reference}`, sendingView, control.signal);
  refuseCarried(view);
  await checkAllKeys(view, parts.checkKeys);
  const recoveryKey = await parts.recoveryKey();
  const recovery = await recoveryKeyDigest(recoveryKey);
  const resumable = await findTry(order, view, recovery, parts);
  control.refuseStopped();
  if (resumable !== null) {
    try {
      return await carryOut(order, view, resumable, recoveryKey, parts, control);
    } catch (error) {
      if (!mustBeginAnew(error)) throw error;
    }
  }
  return carryOut(order, view, await beginTry(order, view, recovery, parts), recoveryKey, parts, control);
}

/** Whatever the page says that started it: what is carried leaves this device as its sender takes it, and never from here. */
function refuseCarried({ carried }: SendingView): void {
  if (!carried) return;
  const message =
    "This transfer goes by another method than a secure link, so nothing of it is uploaded, whatever this page says. Nothing was sent. Go back to the transfer and look how it goes.";
  throw new ClientError({ code: "refused", message });
}

/** Everything that belongs to one transfer key. */
interface Try {
  readonly access: SenderGrant;
  readonly sealing: Sealing;
  readonly record: SendingRecord;
  readonly resumed: boolean;
}

async function findTry(
  order: Order,
  view: SendingView,
  recovery: string | null,
  parts: SendingParts,
): Promise<Try | null> {
  const record = await parts.record.load(order.reference);
  if (record === null || view.upload === null || parts.http.resolve(view.upload.url) !== record.url) return null;
  const { header, prefix } = await readHeader(once(record.prefix));
  if (record.size !== sealedSize(header.length, plainSizeOf(order)) || view.upload.size !== record.size) return null;
  const access = await recoverAccess(view, record.grant, parts.unlock, recovery);
  if (access === null) return null;
  const sealing = await openSealing({ header, prefix }, { identities: [access.identity] });
  return { access, sealing, record, resumed: true };
}

async function beginTry(order: Order, view: SendingView, recovery: string | null, parts: SendingParts): Promise<Try> {
  const access = await newAccess(view, recovery);
  const sealing = await newSealing({ recipients: [await recipientOf(access.identity)] });
  const size = sealedSize(sealing.header.length, plainSizeOf(order));
  if (size > view.bodyLimit) throw tooLarge(view.bodyLimit);
  const grant = await storeSenderGrant(parts.http, view, access);
  const answer = await parts.http.send("POST", `/api/transfers/${order.reference}/upload`, { size }, uploadAnswer);
  const record: SendingRecord = {
    reference: order.reference,
    url: parts.http.resolve(answer.url),
    grant,
    prefix: concat([sealing.header, sealing.nonce]),
    size,
    digests: [],
    acknowledged: 0,
  };
  await parts.record.begin(record);
  return { access, sealing, record, resumed: false };
}

async function carryOut(
  order: Order,
  view: SendingView,
  { access, sealing, record, resumed }: Try,
  recoveryKey: string | null,
  parts: SendingParts,
  control: Control,
): Promise<Made> {
  const { http, pace, cipher } = parts;
  const known = {
    acknowledged: record.acknowledged,
    everSent: Math.min(record.size, record.digests.length * PIECE_SIZE),
  };
  let meter: Meter | null = null;
  const delivered = (bytes: number, waiting: Waiting) => {
    meter ??= new Meter(record.size, pace.now, bytes);
    parts.report({ kind: "progress", progress: meter.at(bytes), waiting });
  };
  const upload = new Upload({ http, control, pace, delivered }, record, known);
  if (resumed) await upload.find();
  parts.report({ kind: "begun", resumed });
  const pieces = await sealAndUpload(
    order.read(),
    plainSizeOf(order),
    sealing,
    { cipher, record: parts.record, upload },
    record,
  );
  parts.report({ kind: "finishing" });
  const recovery = await recoveryAccess(access, recoveryKey);
  const made = await finish(order, view, access, { pieces, size: record.size, recovery }, http);
  await parts.record.forget(order.reference);
  return made;
}

async function finish(
  order: Order,
  view: SendingView,
  access: SenderGrant,
  body: { readonly pieces: readonly string[]; readonly size: number; readonly recovery: ContentBody["recovery"] },
  http: Http,
): Promise<Made> {
  const { reference, subject, riskyReason } = order;
  const items = layItems(order.items);
  const summary = await summarise(body.pieces, body.size);
  const about = { version: 1, reference, items, body: summary } as const;
  const manifest = await sealManifest(
    subject === "" ? about : { ...about, subject },
    await recipientOf(access.identity),
  );
  const totals = { items: items.length, bytes: plainSizeOf(order) };
  const grants = await recipientGrants(view, access);
  const content = manifest.digest;
  await http.tell("PUT", `/api/transfers/${reference}/content`, {
    manifest: toBase64(manifest.bytes),
    content,
    totals,
    access: grants,
    recovery: body.recovery,
    riskyReason,
  });
  return {
    reference,
    content,
    totals: { ...totals, sealed: body.size },
    recipients: view.recipients.map((each) => ({
      name: each.name,
      address: each.address,
      access: each.access,
      token: grants[each.id]?.tokenHash ?? "",
    })),
    grants: await Promise.all(view.recipients.map(({ id }) => sha256Hex(fromBase64(grants[id]?.grant ?? "")))),
    recovery: access.recovery,
    items: items.map(({ name, kind, length }) => ({ name, kind, length })),
    subject,
    checkCode: await checkCode(access.identity, content),
  };
}

/** Other files were chosen, or the server has ended that upload: nothing more may go out under its key. */
function mustBeginAnew(error: unknown): boolean {
  if (error instanceof SealError) return error.code === "changed";
  return error instanceof ClientError && [404, 410].includes(error.refusal?.status ?? 0);
}

function plainSizeOf(order: Order): number {
  return order.items.reduce((sum, { length }) => sum + length, 0);
}

function tooLarge(limit: number): ClientError {
  const gigabytes = Math.floor(limit / 1e8) / 10;
  const message = `This is more than the ${gigabytes} GB that this server takes in one transfer. Nothing was sent. Send it in parts.`;
  return new ClientError({ code: "too-large", message });
}
