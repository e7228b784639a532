import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readPdf } from "../../testing/read-pdf.ts";
import { paperText } from "../paper-text.ts";
import { renderPdf } from "../pdf/render-pdf.ts";
import type { CarriedPaper } from "./carried-paper.ts";
import { firstFree, LABEL_GRIDS, mediumLabels, outerLabel } from "./labels.ts";
import { contentsSheet, faxCover, innerSheet } from "./sheets.ts";

const LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";

function about(changes: Partial<CarriedPaper> = {}, recipient: Partial<CarriedPaper["recipient"]> = {}): CarriedPaper {
  return {
    reference: "WB-7F3K-Q2XV",
    date: "2026-11-22T10:00:00.000Z",
    organisation: { name: "Ministry of Examples", phone: "020 7946 0000", website: "www.examples.test" },
    returnAddress: ["Ministry of Examples", "1 Example Street", "London", "SW1A 9ZZ"],
    originator: { name: "Sam Sender", phone: "020 7946 0001" },
    host: "waybill.examples.test",
    origin: "https://waybill.examples.test",
    recipient: {
      name: "Clara Counsel",
      organisation: "Example Chambers",
      postal: ["1 Temple Gardens", "London", "EC4Y 9BB"],
      dx: "DX 0001 London Chancery Lane",
      language: "en",
      code: "K7QX-2MPA",
      ...recipient,
    },
    items: 3,
    pages: 12,
    addresseeOnly: true,
    service: "Royal Mail special delivery, by 9am",
    medium: "STICK-0142",
    handling: ["Keep it locked or encrypted."],
    ...changes,
  };
}

const readOf = async (paper: Parameters<typeof renderPdf>[0]) => readPdf(await renderPdf(paper));
/** On which label of which A4 sheet the texts stand that match, counted from 1. */
async function placesOf(paper: Parameters<typeof renderPdf>[0], wanted: RegExp) {
  const { page: sheet, label, left, top, across } = LABEL_GRIDS.a4;
  const MM = 72 / 25.4;
  return (await readOf(paper)).texts
    .filter(({ text }) => wanted.test(text))
    .map(({ page, left: x, bottom: y }) => {
      const column = Math.floor((x / MM - left) / (label.width + across));
      const row = Math.floor((y / MM - top) / label.height);
      assert.ok(y / MM < sheet.height && column < 2, "on the sheet");
      return { page, place: 2 * row + column + 1 };
    });
}
const textOf = async (paper: Parameters<typeof renderPdf>[0]) =>
  (await readOf(paper)).texts.map(({ text }) => text).join(" ");

suite("Papers that go with what is carried", () => {
  test("SIS-7, SIS-8, SIS-11: the outer label has addressee, return address and ADDRESSEE ONLY, and no marking", async () => {
    for (const size of ["a4", "printer"] as const) {
      const text = await textOf(outerLabel(about(), size, "post"));
      for (const said of ["ADDRESSEE ONLY", "Clara Counsel", "EC4Y 9BB", "return to", "SW1A 9ZZ", "WB-7F3K-Q2XV"]) {
        assert.ok(text.includes(said), `${said}: ${text}`);
      }
      assert.doesNotMatch(text, /OFFICIAL|SENSITIVE|CONFIDENTIAL|STICK|K7QX/i);
    }
    assert.doesNotMatch(await textOf(outerLabel(about({ addresseeOnly: false }), "a4", "post")), /ADDRESSEE/);
    assert.match(await textOf(outerLabel(about(), "a4", "dx")), /DX 0001/);
  });

  test("A sheet of labels is used up: the first that is free is printed on, and what does not fit goes onto a new sheet", async () => {
    const media = Array.from({ length: 3 }, (_, at) => ({ serial: `STICK-${at}`, owner: "Court support" }));
    const from = { organisation: "Ministry", phone: "020 7946 0000", date: "2026-11-22T10:00:00.000Z" };
    for (const first of [1, 4, 8]) {
      const places = (await placesOf(mediumLabels(media, from, "a4", first), /^STICK/)).map(({ page, place }) => [
        page,
        place,
      ]);
      assert.deepEqual(
        places,
        [0, 1, 2].map((at) => [first + at > 8 ? 2 : 1, ((first - 1 + at) % 8) + 1]),
      );
      const [outer] = await placesOf(outerLabel(about(), "a4", "post", first), /^Clara/);
      assert.equal(outer?.place, first);
    }
    const { pages } = await readOf(outerLabel(about(), "printer", "post", 8));
    assert.equal(pages.length, 1, "a label printer has one on each");
    assert.deepEqual(
      ["1", "8", "9", "0", "-1", "x", undefined].map(firstFree),
      [1, 8, 1, 1, 1, 1, 1],
      "the address is anybody's",
    );
  });

  test("SIS-11: without a return address, or the recipient's own, no label is printed, and it says what to do", () => {
    assert.throws(() => outerLabel(about({ returnAddress: null }), "a4", "post"), /post\.returnAddress/);
    assert.throws(() => outerLabel(about({}, { postal: [] }), "a4", "post"), /No postal address of Clara Counsel/);
    assert.throws(() => outerLabel(about({}, { dx: "" }), "a4", "dx"), /No DX address/);
  });

  test("SDT-14, SDT-26, SIS-23, SIS-24: the sheet has reference, counts, code, responsibilities and a receipt, in both languages", () => {
    const english = paperText(contentsSheet(about()));
    for (const said of [
      "WB-7F3K-Q2XV",
      "12",
      "STICK-0142",
      "K7QX-2MPA",
      "Your responsibilities",
      "not for you",
      "signature",
    ]) {
      assert.ok(english.includes(said), said);
    }
    assert.match(paperText(contentsSheet(about({}, { language: "cy" }))), /Eich cyfrifoldebau[\s\S]*llofnod/);
    const cover = paperText(faxCover(about()));
    for (const said of ["Sam Sender", "020 7946 0001", "Clara Counsel", "12, this one not counted"]) {
      assert.ok(cover.includes(said), said); // SIS-23: originator, recipient, page count
    }
    assert.doesNotMatch(paperText(innerSheet(about())), /K7QX|12/);
  });

  test("SDT-23: labels of media have serial, owner and what to do if found", async () => {
    const media = Array.from({ length: 9 }, (_, at) => ({ serial: `STICK-${at}`, owner: "Court support" }));
    const text = await textOf(
      mediumLabels(media, { organisation: "Ministry", phone: "020 7946 0000", date: "2026-11-22T10:00:00.000Z" }, "a4"),
    );
    for (const { serial } of media) assert.ok(text.includes(serial));
    assert.match(text, /If found, call 020 7946 0000/);
  });

  test("SDT-28: it says how many of what, and asks nothing about a fax", () => {
    assert.match(paperText(contentsSheet(about())), /^Files: 3$/m);
    assert.match(paperText(contentsSheet(about({ medium: null }))), /^Papers or things: 3$/m);
    for (const language of ["en", "cy"] as const)
      assert.doesNotMatch(paperText(contentsSheet(about({}, { language }))), /fax|ffacs/i);
  });

  test("Long names and addresses stay on their label and page", async () => {
    const long = about(
      { organisation: { name: `${LONG} ${LONG}`, phone: "020 7946 0000", website: "www.examples.test" } },
      { name: `${LONG} ${LONG}`, organisation: LONG, postal: [LONG, `${LONG} ${LONG}`, "EC4Y 9BB"] },
    );
    for (const paper of [outerLabel(long, "a4", "post"), contentsSheet(long), innerSheet(long), faxCover(long)]) {
      const { texts, pages } = await readOf(paper);
      for (const { page, left, right, bottom, text } of texts) {
        const { width = 0, height = 0 } = pages[page - 1] ?? {};
        assert.ok(left >= 0 && right <= width && bottom <= height, text);
      }
    }
  });
});
