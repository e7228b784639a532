import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import fc from "fast-check";
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from "../../bytes/base64.ts";
import type { ArriveBody, ReceiptBody } from "../../domain/wire/receiving.ts";
import { openedMark, receiptAnswer } from "../../log/receipt-answer.ts";
import type { Statement } from "../../log/statement.ts";
import { arrivalPublicKey, newArrivalKey, signWithArrivalKey, verifyWithArrivalKey } from "../../log/statement-keys.ts";
import { newToken, openSenderGrant, sealGrant } from "../../seal/grants.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { collect } from "../../seal/stream.ts";
import { webCryptoCipher } from "../../seal/webcrypto-cipher.ts";
import { generateSecret } from "../../seal/words.ts";
import {
  MEMBER_ID,
  OUTSIDER_ID,
  orderOf,
  SAMPLE_REFERENCE,
  SampleTransfer,
  sampleBytes,
} from "../../testing/sample-sending.ts";
import { Http } from "../http.ts";
import { confirmArrival, confirmReceipt, reportProblem, tellOpened } from "./acts.ts";
import { Items } from "./items.ts";
import { fetchView, type OpenedTransfer, openTransfer } from "./reception.ts";

const MIB = 1024 * 1024;
const CHUNK = 64 * 1024;
const MIA = "mia@council.example";
const OLU = "olu@chambers.example";
/** Sizes at and beside the borders of chunks and pieces, and nothing at all. */
const contents = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, MIB, 0, 2 * MIB + 17, 5].map((size, at) =>
  sampleBytes(size, at + 1),
);

let sample: SampleTransfer;
let words = "";
const never = new AbortController().signal;

before(async () => {
  sample = await SampleTransfer.start(true);
  let stored = "";
  const watched: typeof fetch = async (input, init) => {
    if (String(input).endsWith("/sender-grant")) stored = JSON.parse(String(init?.body)).grant;
    return fetch(input, init);
  };
  const http = new Http({ origin: sample.origin, fetch: watched, headers: () => ({}) });
  await sample.send(orderOf(...contents), undefined, { http }).done;
  const grant = await openSenderGrant(fromBase64(stored), [sample.sender.identity], { reference: SAMPLE_REFERENCE });
  words = grant.secrets[OUTSIDER_ID] ?? "";
});
after(() => sample.server.stop());
beforeEach(() => {
  for (const lie of Object.keys(sample.server.lies)) delete sample.server.lies[lie as keyof typeof sample.server.lies];
  sample.server.told.length = 0;
});

async function openAsMember(): Promise<OpenedTransfer> {
  const key = { identities: [sample.member.identity] };
  return openTransfer(sample.http(), await fetchView(sample.http(), MEMBER_ID), key, MIA);
}

async function openAsOutsider(secret: string): Promise<OpenedTransfer> {
  return openTransfer(sample.http(), await fetchView(sample.http(), OUTSIDER_ID), { secret }, OLU);
}

function itemsOf(opened: OpenedTransfer): Items {
  const patience = { wait: async () => undefined, tries: 3 };
  return new Items({ http: sample.http(), cipher: webCryptoCipher, patience }, opened);
}

describe("opening", () => {
  test("a member and an outsider with six words get the same list, subject and bytes, and their own tokens", async () => {
    const [mine, theirs] = [await openAsMember(), await openAsOutsider(words)];
    assert.deepEqual(mine.manifest, theirs.manifest);
    assert.equal(mine.manifest.subject, "The real subject");
    assert.notEqual(mine.token, theirs.token);
    const whole = await collect(itemsOf(theirs).all(never));
    assert.deepEqual(whole, new Uint8Array(Buffer.concat(contents)));
  });

  test("each item alone is the item that was sent, whatever its size", async () => {
    const opened = await openAsMember();
    const items = itemsOf(opened);
    for (const [at, item] of opened.manifest.items.entries()) {
      assert.deepEqual(await collect(items.item(item, never)), contents[at], item.name);
    }
  });

  test("wrong words and somebody else's key say so, and cost nothing else", async () => {
    await assert.rejects(openAsOutsider(generateSecret()), { code: "wrong-words" });
    const { identity } = await generateKeyPair();
    const view = await fetchView(sample.http(), MEMBER_ID);
    await assert.rejects(openTransfer(sample.http(), view, { identities: [identity] }, MIA), { code: "no-access" });
    assert.deepEqual(sample.server.told, []);
  });

  test("a lost connection while downloading goes on behind what has come", async () => {
    const opened = await openAsMember();
    for (const cut of [0, 1, CHUNK, MIB + 5]) {
      sample.server.lies.cutBodyAfter = cut;
      assert.deepEqual(await collect(itemsOf(opened).all(never)), new Uint8Array(Buffer.concat(contents)));
    }
  });

  test("stopping a download ends it as cancelled", async () => {
    const stop = new AbortController();
    const open = async () => {
      for await (const _ of itemsOf(await openAsMember()).all(stop.signal)) stop.abort();
    };
    await assert.rejects(open(), { code: "cancelled" });
  });
});

describe("a lying server", () => {
  const withGrant = (grant: string) => {
    sample.server.lies.receivingView = (view) => ({ ...view, grant });
  };

  test("that hands out another recipient's grant is found out, and it is not called wrong words", async () => {
    const { access } = sample.server.content ?? assert.fail("nothing was sent");
    withGrant(access[OUTSIDER_ID]?.grant ?? "");
    await assert.rejects(openAsMember(), { code: "lying-server" });
    withGrant(access[MEMBER_ID]?.grant ?? "");
    await assert.rejects(openAsOutsider(words), { code: "lying-server" });
  });

  test("that hands out this recipient's grant of another transfer, or an earlier one, is found out", async () => {
    const { identity } = await generateKeyPair();
    const to = { recipients: [sample.member.recipient] };
    const other = await sealGrant({ version: 1, reference: "WB-0000-0000", identity, token: newToken() }, to);
    withGrant(toBase64(other.bytes));
    await assert.rejects(openAsMember(), { code: "damaged" });
    const earlier = await sealGrant({ version: 1, reference: SAMPLE_REFERENCE, identity, token: newToken() }, to);
    withGrant(toBase64(earlier.bytes));
    await assert.rejects(openAsMember(), { code: "damaged" });
  });

  test("that alters a grant anywhere is found out before it is opened: it is damaged, never wrong words or another key", async () => {
    for (const [id, open] of [
      [MEMBER_ID, openAsMember],
      [OUTSIDER_ID, () => openAsOutsider(words)],
      [OUTSIDER_ID, () => openAsOutsider(generateSecret())],
    ] as const) {
      const honest = fromBase64(sample.server.content?.access[id]?.grant ?? "");
      for (let at = 0; at < honest.length; at += 7) {
        const altered = honest.slice();
        altered[at] = (altered[at] ?? 0) ^ 1;
        withGrant(toBase64(altered));
        await assert.rejects(open(), { code: "damaged" }, `byte ${at}`);
      }
    }
  });

  test("that names another token, or shows one more access than there are recipients, is found out", async () => {
    sample.server.lies.receivingView = (view) => ({ ...view, tokenHash: "00".repeat(32) });
    await assert.rejects(openAsMember(), { code: "lying-server" });
    sample.server.lies.receivingView = (view) => view;
    sample.server.lies.waybill = (waybill) => ({ ...waybill, grants: [...waybill.grants, "00".repeat(32)] });
    await assert.rejects(openAsMember(), { code: "lying-server" });
  });

  test("that alters the manifest anywhere, or hands out another, is found out", async () => {
    const length = fromBase64(sample.server.content?.manifest ?? "").length;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        sample.server.lies.manifest = (bytes) => {
          const altered = bytes.slice();
          altered[at] = (altered[at] ?? 0) ^ flip;
          return altered;
        };
        await assert.rejects(openAsMember(), { code: "damaged" });
      }),
      { numRuns: 20 },
    );
    sample.server.lies.manifest = (bytes) => bytes.slice(0, -1);
    await assert.rejects(openAsMember(), { code: "damaged" });
  });

  test("that alters the waybill is found out, even where it announces the altered one's digest", async () => {
    const lies: [string, (typeof sample.server.lies)["waybill"]][] = [
      ["damaged", (waybill) => ({ ...waybill, content: "00".repeat(32) })],
      ["lying-server", (waybill) => ({ ...waybill, reference: "WB-0000-0000" })],
      ["lying-server", (waybill) => ({ ...waybill, recipients: waybill.recipients.slice(1) })],
      ["lying-server", (waybill) => ({ ...waybill, recipients: [...waybill.recipients, ...waybill.recipients] })],
      ["lying-server", (waybill) => ({ ...waybill, recipients: waybill.recipients.map(() => "00".repeat(32)) })],
      ["lying-server", (waybill) => ({ ...waybill, totals: { ...waybill.totals, sealed: 1 } })],
      ["damaged", (waybill) => ({ ...waybill, totals: { ...waybill.totals, items: 1 } })],
      ["lying-server", (waybill) => ({ ...waybill, more: 1 })],
    ];
    for (const [code, lie] of lies) {
      sample.server.lies.waybill = lie ?? ((waybill) => waybill);
      await assert.rejects(openAsMember(), { code });
    }
  });

  test("that shows another waybill than the one whose arrival was confirmed is found out", async () => {
    const view = await fetchView(sample.http(), MEMBER_ID);
    sample.server.lies.waybill = (waybill) => ({ ...waybill, facts: { ...waybill.facts, purpose: "Something else" } });
    const later = await fetchView(sample.http(), MEMBER_ID);
    const key = { identities: [sample.member.identity] };
    const opening = openTransfer(sample.http(), later, key, MIA, view.waybillDigest);
    await assert.rejects(opening, { code: "lying-server" });
  });

  test("that flips a byte of the body anywhere is found out, and no byte of that piece is given out", async () => {
    const opened = await openAsMember();
    const whole = Buffer.concat(contents);
    await fc.assert(
      fc.asyncProperty(fc.nat(opened.manifest.body.size - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        sample.server.lies.body = (bytes, start, end) => {
          const altered = bytes.slice();
          if (at >= start && at < end) altered[at - start] = (altered[at - start] ?? 0) ^ flip;
          return altered;
        };
        let given = 0;
        const reading = async () => {
          for await (const bytes of itemsOf(opened).all(never)) {
            assert.ok(whole.subarray(given, given + bytes.length).equals(bytes));
            given += bytes.length;
          }
        };
        await assert.rejects(reading(), { code: "damaged" });
        assert.ok(given <= Math.floor(at / MIB) * MIB, `${given} bytes were given out, byte ${at} was flipped`);
      }),
      { numRuns: 25 },
    );
  });

  test("that cuts the body short, makes it longer, or swaps its ranges is found out", async () => {
    const opened = await openAsMember();
    const lies: (typeof sample.server.lies)["body"][] = [
      (bytes) => bytes.slice(0, -1),
      (bytes) => new Uint8Array(Buffer.concat([bytes, bytes.subarray(0, 1)])),
      (bytes, start) => (start >= MIB ? bytes.slice().fill(0, 0, 16) : bytes),
      (bytes, start) =>
        start >= MIB && bytes.length > 2 * MIB
          ? new Uint8Array(
              Buffer.concat([bytes.subarray(MIB, 2 * MIB), bytes.subarray(0, MIB), bytes.subarray(2 * MIB)]),
            )
          : bytes,
      () => new Uint8Array(0),
    ];
    for (const [number, lie] of lies.entries()) {
      sample.server.lies.body = lie ?? ((bytes) => bytes);
      await assert.rejects(collect(itemsOf(opened).all(never)), { code: "damaged" }, `lie ${number}`);
    }
  });
});

describe("what a recipient says", () => {
  test("SDT-28: arrival and receipt are signed statements over the waybill's digest, with the token", async () => {
    const key = await newArrivalKey();
    const arrivalKey = toBase64Url(await arrivalPublicKey(key));
    const signed: Statement[] = [];
    const sign = async (statement: Statement) => {
      signed.push(statement);
      return { arrivalKey, signature: toBase64Url(await signWithArrivalKey(key.privateKey, statement)) };
    };
    const parts = { http: sample.http(), rpId: "localhost", sign };
    sample.server.arrived = false;
    const view = await fetchView(sample.http(), MEMBER_ID);
    const digest = await confirmArrival(view, MIA, "", parts);
    sample.server.arrived = true;
    const opened = await openAsMember();
    await tellOpened(sample.http(), opened);
    await confirmReceipt(opened, MIA, parts);
    assert.equal(digest, opened.waybill.digest);
    assert.deepEqual(
      signed.map(({ kind, digest: about, answer, signer, role }) => [kind, about, answer, signer, role]),
      [
        ["arrive", digest, "", MIA, "recipient"],
        ["receive", digest, receiptAnswer(null, openedMark(opened.token, signed[1]?.nonce ?? "")), MIA, "recipient"],
      ],
    );
    const [arrive, told, receipt] = sample.server.told.map(({ body }) => body);
    assert.deepEqual(told, { token: opened.token });
    for (const [at, body] of ([arrive, receipt] as (ArriveBody | ReceiptBody)[]).entries()) {
      const by = "arrivalKey" in body.by ? body.by : assert.fail("not signed by the arrival key");
      const spki = fromBase64Url(by.arrivalKey);
      const statement = signed[at] ?? assert.fail("nothing was signed");
      assert.equal(await verifyWithArrivalKey(spki, fromBase64Url(by.signature), statement), true);
    }
  });

  test("nothing is signed for another site, or for somebody else", async () => {
    const view = await fetchView(sample.http(), MEMBER_ID);
    const sign = async () => assert.fail("it was signed");
    const parts = { http: sample.http(), rpId: "localhost", sign };
    await assert.rejects(confirmArrival({ ...view, rpId: "evil.example" }, MIA, "", parts), { code: "lying-server" });
    await assert.rejects(confirmArrival(view, OLU, "", parts), { code: "lying-server" });
  });

  test("before arrival there is nothing to open, and a problem can be reported at any time", async () => {
    sample.server.arrived = false;
    await assert.rejects(openAsMember(), { code: "no-access" });
    sample.server.arrived = true;
    await reportProblem(sample.http(), MEMBER_ID, { kind: "damaged", detail: "item 3" });
    assert.deepEqual(sample.server.told.at(-1)?.body, { kind: "damaged", detail: "item 3" });
  });
});
