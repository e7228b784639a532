import { toBase64 } from "../bytes/base64.ts";
import { randomBytes, randomId } from "../bytes/random.ts";
import { DAY, iso } from "../domain/clock.ts";
import type { Contact } from "../domain/contact.ts";
import type { Proof, Step } from "../domain/lifecycle/step.ts";
import { approve, release, request } from "../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../domain/member.ts";
import { newReference } from "../domain/reference.ts";
import type { Recipient, Transfer } from "../domain/transfer.ts";
import { buildWaybill, fixWaybill } from "../domain/waybill.ts";
import { type Piece, sealBody } from "../seal/body.ts";
import { type Grant, newToken, sealGrant, tokenDigest } from "../seal/grants.ts";
import { generateKeyPair, type KeyPair } from "../seal/keys.ts";
import { layItems, sealManifest, summarise } from "../seal/manifest.ts";
import { newSealing } from "../seal/sealing.ts";
import { platformCipher } from "../seal/webcrypto-cipher.ts";
import { carryOut } from "../server/carry-out.ts";
import { grantByWords, knownWords } from "./known-words.ts";
import { DECIDED, SEALED, sampleRecipient, sampleTransfer } from "./samples.ts";
import type { TestServer } from "./server.ts";

/** Somebody who is sent a transfer: a contact by six words, or a member by their key pair. */
export type ReleasedTo = { readonly contact: Contact } | { readonly member: Member; readonly keys: KeyPair };

export interface ReleasedTransfer {
  readonly reference: string;
  /** The transfer key. */
  readonly identity: string;
  readonly bodySize: number;
  /** As the order of `to`. */
  readonly recipients: readonly {
    readonly id: string;
    readonly token: string;
    /** Empty for members. */
    readonly words: string;
  }[];
}

/** Stands where the sender’s signature would be: it is over nothing, and proves nothing. */
const UNSIGNED: Proof = { statement: "{}", signature: "", publicKey: "", keyKind: "passkey" };

/** A transfer with one file, really sealed, signed for and released without its sender's browser. */
export async function releaseTransfer(
  server: TestServer,
  sender: Member,
  to: readonly ReleasedTo[],
  content: Uint8Array<ArrayBuffer>,
  changes: Partial<Transfer> = {},
): Promise<ReleasedTransfer> {
  const reference = newReference(randomBytes);
  const now = server.clock.now();
  const key = await generateKeyPair();
  const pieces = await sealedPieces(content, key.recipient);
  const bodySize = pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const bodyId = randomId();
  await server.parts.blobs.create(bodyId, bodySize);
  await server.parts.blobs.append(
    bodyId,
    0,
    (async function* () {
      for (const { bytes } of pieces) yield bytes;
    })(),
  );
  const body = await summarise(
    pieces.map(({ digest }) => digest),
    bodySize,
  );
  const items = layItems([{ name: "Case papers.txt", type: "text/plain", length: content.length, kind: "file" }]);
  const manifest = await sealManifest({ version: 1, reference, items, body }, key.recipient);
  const made = await Promise.all(to.map((each, position) => rowFor(each, reference, position, key.identity)));
  const rows = made.map(({ row }) => row);
  const draft = sampleTransfer({
    reference,
    senderId: sender.id,
    createdAt: iso(now),
    expiresAt: iso(new Date(now.getTime() + 14 * DAY)),
    senderGrant: "c2VhbGVk",
    uploadId: bodyId,
    sealed: {
      ...SEALED,
      bodyId,
      bodySize,
      manifest: toBase64(manifest.bytes),
      content: manifest.digest,
      totals: { items: 1, bytes: content.length },
    },
    ...changes,
  });
  const waybill = await fixWaybill(await buildWaybill(draft, rows, sender, "Example Council", DECIDED));
  const taken = { at: iso(now), by: { kind: "member", id: sender.id } } as const;
  await server.records.write(async (tx) => {
    await carryOut(tx, { transfer: draft, recipients: rows, events: [] });
    let step: Step = request(draft, rows, waybill, UNSIGNED, taken);
    await carryOut(tx, step);
    step = approve(step.transfer, taken);
    await carryOut(tx, step);
    await carryOut(tx, release(step.transfer, rows, taken));
  });
  const recipients = made.map(({ row, token, words }) => ({ id: row.id, token, words }));
  return { reference, identity: key.identity, bodySize, recipients };
}

async function sealedPieces(content: Uint8Array<ArrayBuffer>, recipient: string): Promise<readonly Piece[]> {
  const plain = (async function* () {
    yield content;
  })();
  const pieces: Piece[] = [];
  const sealing = await newSealing({ recipients: [recipient] });
  for await (const piece of sealBody(plain, sealing, await platformCipher())) pieces.push(piece);
  return pieces;
}

async function rowFor(to: ReleasedTo, reference: string, position: number, identity: string) {
  const token = newToken();
  const { grant, words } = await sealedFor(to, { version: 1, reference, identity, token });
  const access = { grant: toBase64(grant), tokenHash: await tokenDigest(token) };
  const row: Recipient = sampleRecipient({ id: randomId(), reference, position, ...access, ...person(to) });
  return { row, token, words };
}

async function sealedFor(to: ReleasedTo, grant: Grant) {
  if ("member" in to) return { grant: (await sealGrant(grant, { recipients: [to.keys.recipient] })).bytes, words: "" };
  const known = await knownWords();
  return { grant: await grantByWords(grant, known), words: known.words };
}

function person(to: ReleasedTo): Partial<Recipient> {
  if ("member" in to) {
    const { id, name, address } = to.member;
    return {
      party: { kind: "member", memberId: id },
      name,
      address,
      organisation: "Example Council",
      language: "en",
      access: "account",
    };
  }
  const { id, name, organisation, addresses, language, team } = to.contact;
  return {
    party: { kind: "contact", contactId: id },
    name,
    address: addresses[0]?.address ?? "",
    organisation,
    language,
    team,
    access: "words",
  };
}
