import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { randomBytes, randomId } from "../../src/bytes/random.ts";
import { fromUtf8 } from "../../src/bytes/text.ts";
import { DAY, iso } from "../../src/domain/clock.ts";
import { checkStatements } from "../../src/evidence/check-statements.ts";
import { checkWaybills } from "../../src/evidence/check-waybills.ts";
import { EvidenceError } from "../../src/evidence/error.ts";
import { type Evidence, NAMES } from "../../src/evidence/pack.ts";
import { readEvidence } from "../../src/evidence/read-evidence.ts";
import { readPack } from "../../src/evidence/read-zip.ts";
import { signerOf } from "../../src/log/keys.ts";
import { STATEMENT_KINDS, type Statement, standingInFor, statementBytes } from "../../src/log/statement.ts";
import {
  arrivalPublicKey,
  newArrivalKey,
  signWithArrivalKey,
  verifyWithArrivalKey,
  verifyWithEd25519,
} from "../../src/log/statement-keys.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor } from "../../src/testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { type SigningSender, signedTransfer } from "../../src/testing/signed-transfer.ts";

// A signature of one kind, for one waybill, by one role, is accepted nowhere else: tried for every pair.

const CLARA = "clara@chambers.example";
/** What stands in an event of a signature. */
const SIGNED = ["statement", "signature", "publicKey", "keyKind", "clientDataJSON", "authenticatorData"] as const;

/** In whose place a statement may be signed. */
const PLACES = ["", "lena@council.example", "sefa@council.example"];

let server: TestServer;
let packs: readonly Evidence[];

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const line = await addSigner(server, "Lena Line");
  const senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  const sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  const first = await receivedPack(sender, line, senior);
  const deputy = await addSigner(server, "Dee Deputy");
  await deputise(line, deputy);
  packs = [first, await receivedPack(sender, deputy, senior)];
});
after(() => server.stop());

/** A transfer that two agreed to, and that its recipient received, as its pack has it. */
async function receivedPack(sender: SigningSender, line: SigningSender, senior: SigningSender): Promise<Evidence> {
  const { reference, access } = await signedTransfer(sender, [CLARA], undefined, BULK);
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
  const [recipientId = "", token = ""] = Object.entries(access.tokens)[0] ?? [];
  const device = await ReceivingDevice.proved(server, recipientId);
  await device.arrive();
  await device.opened(token);
  assert.equal((await device.receipt(token)).status, 200);
  const answer = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  const files = await readPack(answer.bytes);
  return readEvidence(files.get(NAMES.evidence) ?? assert.fail());
}

/** The deputy answers in the other's place for two days. */
async function deputise({ member: { id: principalId } }: SigningSender, { member }: SigningSender): Promise<void> {
  const from = iso(server.clock.now());
  const until = iso(new Date(Date.parse(from) + 2 * DAY));
  const time = { from, until, createdAt: from, endedAt: null };
  await server.records.write(async (tx) => {
    await tx.saveDeputy({ id: "dee", principalId, deputyId: member.id, appointedBy: principalId, ...time });
    await tx.append(sampleEvent({ kind: "deputy-named", at: from }));
  });
}

type SignedEvent = Evidence["events"][number];
const signedIn = ({ events }: Evidence) => events.filter(({ detail }) => typeof detail.statement === "string");

/** The evidence with one event's signature in the place of another's. */
function swapped(evidence: Evidence, from: SignedEvent, to: SignedEvent): Evidence {
  const kept = Object.entries(to.detail).filter(([name]) => !SIGNED.some((each) => each === name));
  const given = Object.entries(from.detail).filter(([name]) => SIGNED.some((each) => each === name));
  const detail = Object.fromEntries([...kept, ...given]);
  return { ...evidence, events: evidence.events.map((each) => (each.seq === to.seq ? { ...each, detail } : each)) };
}

suite("Statements", () => {
  test("a pack as it is passes, a deputy's too: what is tried below can pass", async () => {
    for (const evidence of packs) {
      const checked = await checkStatements(evidence, await checkWaybills(evidence));
      const kinds = checked.map(({ statement }) => statement.kind);
      assert.deepEqual(kinds, ["send", "approve", "approve", "arrive", "receive"]);
    }
  });

  test("no signature counts in the place of another, of whatever kind, role or waybill: every pair of two transfers", async () => {
    let tried = 0;
    for (const evidence of packs) {
      const waybills = await checkWaybills(evidence);
      for (const to of signedIn(evidence)) {
        for (const from of packs.flatMap(signedIn)) {
          if (from.seq === to.seq) continue;
          const made = swapped(evidence, from, to);
          await assert.rejects(
            checkStatements(made, waybills),
            EvidenceError,
            `${from.seq} ${from.kind} as ${to.kind}`,
          );
          tried++;
        }
      }
    }
    assert.equal(tried, 2 * 5 * 9);
  });

  test("what is signed as one kind, in one role, for one waybill verifies as no other: every pair, by every kind of key", async () => {
    const base = {
      answer: "",
      signer: "ada@council.example",
      rpId: "council.example",
      nonce: randomId(),
    } as const;
    const all: Statement[] = STATEMENT_KINDS.flatMap((kind) =>
      ["sender", "line-manager", "recipient"].flatMap((role) =>
        ["aa".repeat(32), "bb".repeat(32)].flatMap((digest) =>
          (role === "line-manager" ? PLACES : [""]).map((place) => ({
            ...base,
            ...standingInFor(place),
            kind,
            role,
            digest,
          })),
        ),
      ),
    );
    const arrival = await newArrivalKey();
    const spki = await arrivalPublicKey(arrival);
    const log = await signerOf("council.example/log", "note", randomBytes(32));
    for (const one of all) {
      const [byArrival, byLog] = [
        await signWithArrivalKey(arrival.privateKey, one),
        await log.sign(statementBytes(one)),
      ];
      const texts = new Set<string>();
      for (const other of all) {
        const same = one === other;
        texts.add(fromUtf8(statementBytes(other)));
        assert.equal(await verifyWithEd25519(log.key.publicKey, byLog, other), same);
        // ECDSA is slower: the kinds are tried each with each, the rest by the bytes that differ
        if (one.role === "sender" && other.role === "sender" && one.digest === other.digest)
          assert.equal(await verifyWithArrivalKey(spki, byArrival, other), same);
      }
      assert.equal(texts.size, all.length, "no two statements have the same bytes");
    }
  });

  test("over the network too: what was signed to confirm arrival is no receipt, another transfer's receipt neither, and no nonce is used twice", async () => {
    const [first, second] = await Promise.all(
      packs.map(async ({ recipients: [to] }) => ReceivingDevice.proved(server, to?.id ?? "")),
    );
    assert.ok(first && second);
    const post = async (statement: Statement, kind: "arrive" | "receipt", by = first) =>
      (
        await by.api("POST", `/api/r/${by.id}/${kind}`, {
          ...{ nonce: statement.nonce, token: "A".repeat(43), reader: "" },
          by: await by.sign(statement),
        })
      ).status;
    const arrive = await first.statement("arrive");
    assert.equal(await post({ ...arrive, kind: "receive" }, "arrive"), 403);
    assert.equal(await post(arrive, "arrive"), 403, "the nonce is spent");
    const receive = await first.statement("receive");
    assert.equal(await post({ ...receive, kind: "arrive" }, "receipt"), 403);
    const elsewhere = await second.statement("receive");
    assert.equal(await post({ ...(await first.statement("receive")), digest: elsewhere.digest }, "receipt"), 403);
    assert.equal(await post(elsewhere, "receipt"), 403, "another row's nonce");
    for (const kind of STATEMENT_KINDS.filter((each) => each !== "receive")) {
      assert.equal(await post({ ...(await first.statement("receive")), kind }, "receipt"), 403, kind);
    }
  });
});
