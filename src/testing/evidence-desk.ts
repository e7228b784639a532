import assert from "node:assert/strict";
import { randomBytes } from "../bytes/random.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { iso } from "../domain/clock.ts";
import { expire } from "../domain/lifecycle/transfer-arrows.ts";
import { EvidenceError } from "../evidence/error.ts";
import { type Evidence, NAMES, type PackFiles } from "../evidence/pack.ts";
import { readPack } from "../evidence/read-zip.ts";
import { verifyPack } from "../evidence/verify-pack.ts";
import { type Signer, signerOf, type VerifierKey } from "../log/keys.ts";
import { parseNote, parseSignatureLines, signatureLine } from "../log/note.ts";
import { carryOut } from "../server/carry-out.ts";
import { answerRequest, BULK, foundManaged, requestFor } from "./approver.ts";
import { addContact } from "./organisation.ts";
import { ReceivingDevice } from "./receiving-device.ts";
import { startServer, type TestServer } from "./server.ts";
import { type SigningSender, signedTransfer } from "./signed-transfer.ts";

/** The recipient of what the evidence is about. */
export const CLARA = "clara@chambers.example";

/** A transfer that went its whole way (agreed to by two, received, expired, destroyed), and its evidence. */
export interface EvidenceDesk {
  readonly server: TestServer;
  readonly sender: SigningSender;
  /** The line manager and the senior manager who agreed. */
  readonly line: SigningSender;
  readonly senior: SigningSender;
  readonly reference: string;
  readonly recipientId: string;
  /** The receipt token of the recipient. */
  readonly token: string;
  /** As its sender took it. */
  readonly pack: Uint8Array<ArrayBuffer>;
  /** What it says. */
  readonly evidence: Evidence;
  /** The texts of policies in it. */
  readonly policies: PackFiles;
  /** Somebody else's log, under the name of this one's. */
  readonly forger: Signer;
  /** The keys of the log and of the witness who cosigned it. */
  keys(): { readonly log: VerifierKey; readonly witnesses: readonly VerifierKey[] };
  /** Takes it once more. */
  taken(): Promise<Uint8Array<ArrayBuffer>>;
  /** What is found wrong with a pack; it fails when nothing is. */
  refused(bytes: Uint8Array<ArrayBuffer>, log?: VerifierKey): Promise<EvidenceError>;
  stop(): Promise<void>;
}

export async function openEvidenceDesk(): Promise<EvidenceDesk> {
  const server = await startServer({ limits: { rateFactor: 100 } });
  const { line, senior, sender } = await foundManaged(server);
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  const { reference, access } = await signedTransfer(sender, [CLARA], undefined, BULK);
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  const [recipientId = "", token = ""] = Object.entries(access.tokens)[0] ?? [];
  const device = await ReceivingDevice.proved(server, recipientId);
  assert.equal((await device.arrive()).status, 200);
  assert.equal((await device.opened(token)).status, 200);
  assert.equal((await device.receipt(token)).status, 200);
  const witness = await signerOf("witness.example/w1", "cosignature", randomBytes(32));
  await vouch(server, witness);
  await endByDate(server, reference);
  for (const { visitor, member } of [sender, line, senior]) await visitor.signIn(member.id); // the clock ended their sessions
  const taken = async () => {
    const answer = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers.get("content-disposition") ?? "", /\.evidence\.zip"/);
    return answer.bytes;
  };
  const keys = () => ({ log: server.parts.log.keeper.key, witnesses: [witness.key] });
  const pack = await taken();
  const files = await readPack(pack);
  return {
    ...{ server, sender, line, senior, reference, recipientId, token, pack, keys, taken },
    evidence: JSON.parse(fromUtf8(files.get(NAMES.evidence) ?? assert.fail())) as Evidence,
    policies: new Map([...files].filter(([name]) => name.startsWith("policies/"))),
    forger: await signerOf("waybill.example/log", "note", randomBytes(32)),
    async refused(bytes, log = keys().log) {
      const error = await verifyPack(bytes, { ...keys(), log }).catch((cause: unknown) => cause);
      assert.ok(error instanceof EvidenceError, `found nothing wrong, or broke: ${String(error)}`);
      return error;
    },
    stop: () => server.stop(),
  };
}

/** A witness cosigns the head that is signed now. */
async function vouch({ parts: { log }, clock }: TestServer, witness: Signer): Promise<void> {
  const head = (await log.keeper.sign(clock.now())) ?? assert.fail();
  const cosigned = await signatureLine(parseNote(head.note).text, witness, clock.now());
  const [{ name, id } = assert.fail()] = parseSignatureLines(`${cosigned}\n`);
  const time = Math.floor(clock.now().getTime() / 1000);
  await log.stored.saveCosignature(head, { name, id, time, line: cosigned });
}

async function endByDate({ records, clock }: TestServer, reference: string): Promise<void> {
  const transfer = (await records.read.transfer(reference)) ?? assert.fail();
  clock.advance(Date.parse(transfer.expiresAt) - clock.now().getTime() + 1000);
  const taken = { at: iso(clock.now()), by: { kind: "system" } as const };
  const ended = await expire(transfer, await records.read.recipients(reference), taken);
  await records.write((tx) => carryOut(tx, ended));
}
