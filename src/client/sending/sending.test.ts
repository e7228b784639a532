import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { sha256Hex } from "../../bytes/digest.ts";
import { fixWaybill } from "../../domain/waybill.ts";
import { PIECE_SIZE } from "../../seal/manifest.ts";
import { orderOf, SampleTransfer, sampleBytes } from "../../testing/sample-sending.ts";
import { type Came, WIRE_DECIDED, WIRE_EXPIRES, WIRE_FACTS, WIRE_ORIGINATOR } from "../../testing/wire-server.ts";
import { Http } from "../http.ts";
import { distinctNames } from "./distinct-names.ts";
import { MemoryPieceRecord } from "./piece-record.ts";
import { type SendingSignature, signSending } from "./sign-sending.ts";

const MIB = 1024 * 1024;
let sample: SampleTransfer;
before(async () => {
  sample = await SampleTransfer.start();
});
after(() => sample.server.stop());

/** Every byte that ever came under one body key must be the same wherever it came twice. One upload has one key. */
function assertNeverTwoPlaintexts(came: readonly Came[]): void {
  const bodies = new Map<string, Int16Array>();
  for (const { url, offset, bytes } of came) {
    const body = bodies.get(url) ?? new Int16Array(32 * MIB).fill(-1);
    bodies.set(url, body);
    for (let at = 0; at < bytes.length; at++) {
      const before = body[offset + at] ?? -1;
      if (before >= 0 && before !== bytes[at]) {
        assert.fail(`byte ${offset + at} of ${url} went out with two values under one key`);
      }
      body[offset + at] = bytes[at] ?? 0;
    }
  }
}

const httpOn = (fetch: typeof globalThis.fetch) => new Http({ origin: sample.origin, fetch, headers: () => ({}) });

describe("sending", () => {
  test("the sender's grant is stored before the upload is made, and content comes after its last byte", async () => {
    sample.server.asked.length = 0;
    const made = await sample.sent(orderOf(sampleBytes(3 * MIB), new Uint8Array(0), sampleBytes(5000)));
    const order = ["sender-grant", "/upload", "PATCH", "/content"].map((part) =>
      sample.server.asked.findIndex((each) => each.includes(part)),
    );
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    assert.equal(made.totals.items, 3);
    assert.equal(made.totals.bytes, 3 * MIB + 5000);
    assert.equal(sample.server.content?.content, made.content);
    assert.equal((await sample.server.waybill()).totals.sealed, made.totals.sealed);
  });

  test("SDT-8: what is carried is sealed and uploaded by nobody, whatever the page says that asks for it", async () => {
    sample.server.carried = true;
    sample.server.asked.length = 0;
    try {
      await assert.rejects(sample.sent(orderOf(sampleBytes(9))), { code: "refused", message: /Nothing was sent/ });
    } finally {
      sample.server.carried = false;
    }
    assert.deepEqual(
      sample.server.asked.filter((each) => !each.startsWith("GET")),
      [],
    );
  });

  test("1,000 small files take as many requests as one file of their size", async () => {
    const small = Array.from({ length: 1000 }, (_, at) => sampleBytes(5000, at));
    sample.server.asked.length = 0;
    await sample.sent(orderOf(...small));
    const many = sample.server.asked.length;
    sample.server.asked.length = 0;
    await sample.sent(orderOf(sampleBytes(5_000_000)));
    assert.equal(many, sample.server.asked.length);
  });

  test("every piece is recorded before any of its bytes has left", async () => {
    const record = new MemoryPieceRecord();
    const append = record.append.bind(record);
    let recorded = 0;
    record.append = async (upload, first, digests, acknowledged) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await append(upload, first, digests, acknowledged);
      recorded = first + digests.length;
    };
    const watched: typeof fetch = async (input, init) => {
      if (init?.method === "PATCH" && init.body instanceof Blob) {
        const end = Number(new Headers(init.headers).get("upload-offset")) + init.body.size;
        assert.ok(end <= recorded * PIECE_SIZE, `bytes up to ${end} leave, ${recorded} pieces are recorded`);
      }
      return fetch(input, init);
    };
    await sample.send(orderOf(sampleBytes(20 * MIB)), record, { http: httpOn(watched) }).done;
    assert.equal(recorded, 21);
  });

  test("a connection that is cut anywhere costs nothing: the upload goes on from the server's offset", async () => {
    const bytes = sampleBytes(4 * MIB);
    for (const cutUploadAfter of [0, 1, 65_551, MIB, 2 * MIB + 77]) {
      sample.server.lies.cutUploadAfter = cutUploadAfter;
      const made = await sample.sent(orderOf(bytes));
      assert.equal(sample.server.content?.content, made.content);
    }
    assertNeverTwoPlaintexts(sample.server.came);
  });

  test("pause stops the sending, and resume finishes it", async () => {
    const sending = sample.send(orderOf(sampleBytes(12 * MIB)), new MemoryPieceRecord(), {
      report: (state) => {
        if (state.kind === "progress" && state.progress.bytes < 4 * MIB) {
          sending.pause();
          setImmediate(() => sending.resume());
        }
      },
    });
    const made = await sending.done;
    assert.equal(sample.server.content?.content, made.content);
  });

  test("a server that is away for too long is reported as offline, and the same try goes on later", async () => {
    const record = new MemoryPieceRecord();
    const order = orderOf(sampleBytes(3 * MIB));
    const broken: typeof fetch = async (input, init) => {
      if (init?.method === "PATCH") throw new TypeError("fetch failed");
      return fetch(input, init);
    };
    await assert.rejects(sample.send(order, record, { http: httpOn(broken) }).done, { code: "offline" });
    sample.states.length = 0;
    await sample.sent(order, record);
    assert.deepEqual(
      sample.states.find(({ kind }) => kind === "begun"),
      { kind: "begun", resumed: true },
    );
  });

  test("a file that grows or shrinks while it is read is not sent", async () => {
    for (const change of [-1, 1]) {
      const order = orderOf(sampleBytes(MIB));
      const grown = { ...order, read: orderOf(sampleBytes(MIB + change)).read };
      await assert.rejects(sample.sent(grown), { code: "changed-files" });
    }
  });
});

describe("a lying server", () => {
  test("that claims bytes which were never sent is found out", async () => {
    sample.server.lies.head = () => 3 * MIB;
    sample.server.lies.cutUploadAfter = 10;
    await assert.rejects(sample.sent(orderOf(sampleBytes(4 * MIB))), { code: "lying-server" });
    sample.server.lies.head = (offset) => offset;
    for (const lie of [(offset: number) => offset + 1, () => 0, () => 4 * MIB]) {
      sample.server.lies.patched = lie;
      await assert.rejects(sample.sent(orderOf(sampleBytes(4 * MIB))), { code: "lying-server" });
    }
    sample.server.lies.patched = (offset) => offset;
  });

  test("that no longer has what it acknowledged is found out, also by the next try", async () => {
    const record = new MemoryPieceRecord();
    const order = orderOf(sampleBytes(36 * MIB));
    const stopped = sample.send(order, record, {
      report: (state) => {
        if (state.kind === "progress" && state.progress.bytes >= 18 * MIB) stopped.stop();
      },
    });
    await assert.rejects(stopped.done, { code: "cancelled" });
    assert.ok(((await record.load(order.reference))?.acknowledged ?? 0) > 0);
    sample.server.lies.head = () => 0;
    await assert.rejects(sample.sent(order, record), { code: "lying-server" });
    sample.server.lies.head = (offset) => offset;
  });

  test("that gives somebody else's key for a recipient is found out before anything is sealed", async () => {
    sample.server.asked.length = 0;
    sample.server.lies.sendingView = (view) => ({
      ...view,
      recipients: view.recipients.map((each) => ({ ...each, keys: view.senderKeys })),
    });
    await assert.rejects(sample.sent(orderOf(sampleBytes(10))), { code: "lying-server" });
    assert.deepEqual(sample.server.asked, ["GET /api/transfers/WB-7F3K-Q2XV"]);
    delete sample.server.lies.sendingView;
  });

  test("that sends the upload to another site gets nothing there", async () => {
    sample.server.lies.sendingView = (view) => ({
      ...view,
      upload: { url: "https://evil.example/x", offset: 0, size: 1 },
    });
    const record = new MemoryPieceRecord();
    await record.begin({ ...nothing, reference: "WB-7F3K-Q2XV" });
    await assert.rejects(sample.sent(orderOf(sampleBytes(10)), record), { code: "bad-answer" });
    delete sample.server.lies.sendingView;
  });
});

const nothing = { url: "", grant: "", prefix: new Uint8Array(), size: 1, digests: [], acknowledged: 0 };

describe("resuming after the page was closed", () => {
  /** Sends until `pieces` are acknowledged, then closes the page. */
  async function closedAfter(bytes: Uint8Array<ArrayBuffer>, cutAt: number): Promise<MemoryPieceRecord> {
    const record = new MemoryPieceRecord();
    sample.server.lies.cutUploadAfter = cutAt;
    const first = sample.send(orderOf(bytes), record, {
      report: (state) => {
        if (state.kind === "progress" && state.waiting !== null) first.stop();
      },
    });
    await assert.rejects(first.done, { code: "cancelled" });
    return record;
  }

  test("at every piece boundary and beside it, the same files go on under the same key", async () => {
    const bytes = sampleBytes(4 * MIB);
    for (let piece = 0; piece <= 4; piece++) {
      for (const beside of [-1, 0, 1]) {
        const cut = piece * PIECE_SIZE + beside;
        if (cut < 0) continue;
        const record = await closedAfter(bytes, cut);
        const before = (await record.load("WB-7F3K-Q2XV"))?.url;
        sample.states.length = 0;
        sample.server.came.length = 0;
        await sample.sent(orderOf(bytes), record);
        assert.deepEqual(
          sample.states.find(({ kind }) => kind === "begun"),
          { kind: "begun", resumed: true },
        );
        assert.ok(sample.server.came.every(({ url }) => before?.endsWith(url)));
        assert.ok(
          sample.server.came.every(({ offset }) => offset >= cut),
          "only what was missing came again",
        );
        assert.equal(await record.load("WB-7F3K-Q2XV"), null);
      }
    }
  });

  test("other files never go out under a key that has been used, wherever they differ and the line was cut", async () => {
    const size = 3 * MIB + 100;
    await fc.assert(
      fc.asyncProperty(fc.nat(size - 1), fc.nat(size - 1), fc.integer({ min: 1, max: 255 }), async (cut, at, flip) => {
        const bytes = sampleBytes(size);
        sample.server.came.length = 0;
        const record = await closedAfter(bytes, cut);
        const before = await record.load("WB-7F3K-Q2XV");
        const other = bytes.slice();
        other[at] = (other[at] ?? 0) ^ flip;
        const made = await sample.sent(orderOf(other), record);
        assert.equal(sample.server.content?.content, made.content);
        // This body fits one batch, so all its pieces were recorded as sent before: the change must have ended that key.
        assert.equal(before?.digests.length, 4);
        assert.notEqual(sample.server.came.at(-1)?.url, before?.url.slice(sample.origin.length));
        assertNeverTwoPlaintexts(sample.server.came);
      }),
      { numRuns: 12 },
    );
  });

  test("pieces from before the server's offset are proved as well, not only those from it on", async () => {
    const bytes = sampleBytes(4 * MIB);
    const record = await closedAfter(bytes, 3 * PIECE_SIZE);
    const before = await record.load("WB-7F3K-Q2XV");
    const other = bytes.slice();
    other[10] = 255 - (other[10] ?? 0);
    sample.server.came.length = 0;
    await sample.sent(orderOf(other), record);
    assert.ok(sample.server.came.every(({ url }) => !before?.url.endsWith(url)));
  });

  test("two windows with other files cannot both go on: the record takes one digest for each piece", async () => {
    const record = new MemoryPieceRecord();
    await record.begin({ ...nothing, reference: "WB-7F3K-Q2XV", url: "here" });
    const upload = { reference: "WB-7F3K-Q2XV", url: "here" };
    const [one, two] = [await sha256Hex(sampleBytes(1)), await sha256Hex(sampleBytes(2))];
    await record.append(upload, 0, [one], 0);
    await record.append(upload, 0, [one, two], 0);
    await assert.rejects(record.append(upload, 0, [two], 0), { code: "elsewhere" });
    await assert.rejects(record.append(upload, 3, [two], 0), { code: "elsewhere" });
    await assert.rejects(record.append({ ...upload, url: "there" }, 2, [two], 0), { code: "elsewhere" });
    assert.deepEqual((await record.load("WB-7F3K-Q2XV"))?.digests, [one, two]);
  });
});

describe("signing (SIS-23)", () => {
  const seen = { originator: WIRE_ORIGINATOR, facts: WIRE_FACTS, expires: WIRE_EXPIRES, ...WIRE_DECIDED };
  const signature: SendingSignature = { device: { keyId: "key", signature: "c2ln" } };

  test("signs the digest of exactly the waybill that was made and seen", async () => {
    const made = await sample.sent(orderOf(sampleBytes(10)));
    const signed: string[] = [];
    await signSending(made, seen, {
      http: sample.http(),
      rpId: "localhost",
      sign: async (statement) => {
        signed.push(statement.digest);
        return signature;
      },
    });
    assert.deepEqual(signed, [(await fixWaybill(await sample.server.waybill())).digest]);
    assert.deepEqual(sample.server.told.at(-1)?.body, { nonce: "bm9uY2U", ...signature });
  });

  test("any other waybill is not signed, and the message names what differs", async () => {
    const made = await sample.sent(orderOf(sampleBytes(10)));
    const sign = async () => assert.fail("it was signed");
    const parts = { http: sample.http(), rpId: "localhost", sign };
    const lies: [string, (typeof sample.server.lies)["waybill"]][] = [
      [
        "recipients",
        (waybill) => ({
          ...waybill,
          recipients: waybill.recipients.slice(1),
        }),
      ],
      ["recipients", (waybill) => ({ ...waybill, recipients: [...waybill.recipients, ...waybill.recipients] })],
      ["recipients", (waybill) => ({ ...waybill, recipients: waybill.recipients.map(() => "00".repeat(32)) })],
      ["content", (waybill) => ({ ...waybill, content: "00".repeat(32) })],
      ["totals", (waybill) => ({ ...waybill, totals: { ...waybill.totals, items: 9 } })],
      ["facts", (waybill) => ({ ...waybill, facts: { ...waybill.facts, personal: false } })],
      ["expires", (waybill) => ({ ...waybill, expires: "2027-01-01T00:00:00.000Z" })],
      ["originator", (waybill) => ({ ...waybill, originator: { ...waybill.originator, name: "Somebody" } })],
      ["extra", (waybill) => ({ ...waybill, extra: 1 })],
    ];
    for (const [where, lie] of lies) {
      sample.server.lies.waybill = lie ?? ((waybill) => waybill);
      await assert.rejects(signSending(made, seen, parts), { code: "changed-record", message: new RegExp(where) });
    }
    delete sample.server.lies.waybill;
    await assert.rejects(signSending(made, seen, { ...parts, rpId: "example.org" }), { code: "lying-server" });
  });
});

test("names of chosen files are made distinct, whatever they are", () => {
  assert.deepEqual(distinctNames(["a/b.txt", "a/b.txt", "/a//b.txt", "..", "é", "é"]), [
    "a/b.txt",
    "a/b (2).txt",
    "a/b (3).txt",
    "unnamed",
    "é",
    "é (2)",
  ]);
});
