import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Waybill } from "../../domain/waybill.ts";
import { fromRow, toRow } from "../../store/columns.ts";
import { transfer as columns } from "../../store/transfer-columns.ts";
import { type CarryingDesk, openCarryingDesk } from "../../testing/carrying-desk.ts";
import { readPdf } from "../../testing/read-pdf.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

const DIGESTS = ["ab", "cd", "ef"].map((each) => each.repeat(32));
const MADE = { items: "3", package: "pdf", bytes: "3000", digest: DIGESTS.join(" ") };

/** Three PDFs with one password, agreed to, sent and there, and the password told: everything but the receipt. */
async function arrived() {
  const reference = await desk.agreed("email", { ...MADE, device: "managed", reason: "They cannot reach the link" });
  assert.equal((await desk.carry(reference, {})).status, 303);
  const [id = "", code = ""] = Object.entries((await desk.transfer(reference)).carriage?.codes ?? {})[0] ?? [];
  const at = `/transfers/${reference}/carried/${id}`;
  await desk.sender.visitor.form(`${at}/arrival`, { by: "phone" });
  await desk.sender.visitor.form(`${at}/password`, { answer: "not-needed", why: "They have it from last time" });
  return { reference, id, code, at };
}
const printed = async (path: string) =>
  (await readPdf((await desk.sender.visitor.get(path)).bytes)).texts.map(({ text }) => text).join(" ");

suite("Several documents, each with the same password", () => {
  test("SDT-15, SDT-28: one digest for each: in the waybill, on the checklist and on the sheet; an earlier record has one", async () => {
    const { reference, id } = await arrived();
    const transfer = await desk.transfer(reference);
    assert.deepEqual(transfer.carriage?.fixed.package, { kind: "pdf", bytes: 3000, digests: DIGESTS });
    const waybill = JSON.parse(transfer.waybill?.text ?? "{}") as Waybill;
    assert.deepEqual([waybill.content, waybill.totals.items], [DIGESTS.join(" "), 3]);
    const checklist = await printed(`/transfers/${reference}/papers/checklist`);
    assert.match(checklist, /a PDF with a password, 3 files, 3,000 bytes/);
    for (const [at, digest] of DIGESTS.entries())
      assert.ok(checklist.replaceAll(" ", "").includes(`${at + 1}:${digest}`), checklist);
    const sheet = await printed(`/transfers/${reference}/papers/how-to-open/${id}?language=en`);
    assert.match(sheet, new RegExp(`Open ${reference}-1\\.pdf, ${reference}-2\\.pdf, ${reference}-3\\.pdf`));
    assert.match(sheet, /the same for all of them/);

    const row = toRow(columns, transfer);
    const carriage = JSON.parse(row.carriage ?? "{}") as { fixed: object };
    const before = { ...carriage, fixed: { ...carriage.fixed, package: { kind: "zip", bytes: 9, digest: "ab" } } };
    const read = fromRow("transfer", columns, { ...row, carriage: JSON.stringify(before) });
    assert.deepEqual(read.carriage?.fixed.package, { kind: "zip", bytes: 9, digests: ["ab"] });
  });

  test("SDT-28, SDT-29: any of them, or all, shows that it is what was sent; one that is not is no receipt", async () => {
    const { reference, id, at } = await arrived();
    const said = { by: "email", note: "", handling: "yes" };
    const stranger = "12".repeat(32);
    const wrong = await desk.sender.visitor.page(`${at}/receipt`, { ...said, digest: `${DIGESTS[1]} ${stranger}` });
    assert.equal(wrong.status, 422);
    assert.equal((await desk.server.records.read.incidentsOf(reference))[0]?.kind, "damaged");
    const seen = `${DIGESTS[2]}  ${reference}-3.pdf ${DIGESTS[0]?.toUpperCase()}  ${reference}-1.pdf`;
    const good = await desk.sender.visitor.form(`${at}/receipt`, { ...said, digest: seen });
    assert.deepEqual([good.status, (await desk.server.records.read.recipient(id))?.state], [303, "received"]);
    const events = await desk.server.records.read.eventsOf(reference);
    const receipt = events.findLast(({ kind }) => kind === "receipt-recorded");
    assert.equal(receipt?.detail.digest, `${DIGESTS[2]} ${DIGESTS[0]}`);
    await desk.verified(reference);
  });

  test("SDT-15: what is one file has one digest, and no file two", async () => {
    const reference = await desk.drafted("email", { items: "3", package: "none", bytes: "9", device: "managed" });
    const state = (body: Record<string, string>) =>
      desk.sender.visitor.page(`/transfers/${reference}/carriage`, { ...MADE, device: "managed", ...body });
    for (const [body, says] of [
      [{ package: "zip" }, /in one package of this kind/],
      [{ digest: `${DIGESTS[0]} ${DIGESTS[0]}` }, /stands here twice/],
      [{ digest: `${DIGESTS[0]} abc` }, /64 characters/],
      [{ digest: Array.from({ length: 51 }, (_, at) => String(at).padStart(64, "0")).join(" ") }, /of 50 documents/],
    ] as const) {
      const answer = await state(body);
      assert.equal(answer.status, 422);
      assert.match(answer.text, says);
    }
    assert.equal((await state({})).status, 303);
    const page = (await desk.sender.visitor.get(`/transfers/${reference}/carriage`)).text;
    assert.match(page, /3 files, each with the same password/);
    for (const digest of DIGESTS) assert.ok(page.includes(digest));
  });
});
