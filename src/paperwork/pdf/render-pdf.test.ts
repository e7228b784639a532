import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { suite, test } from "node:test";
import fc from "fast-check";
import { requireProgram } from "../../testing/programs.ts";
import { qpdfText, readPdf } from "../../testing/read-pdf.ts";
import type { Block, Paper } from "../paper.ts";
import { facts, heading, list, paragraph } from "../paper.ts";
import { paperText } from "../paper-text.ts";
import { renderPdf } from "./render-pdf.ts";
import { MM } from "./tagged-pdf.ts";

const PLACE = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".repeat(4);
const ADDRESS = `${"a-very-long-mailbox.".repeat(9)}clerk@${"sub-domain.".repeat(20)}example.gov.uk`;
const LINK = "https://waybill.example.gov.uk/c/WB-7F3K-Q2XV";

function paper(...blocks: readonly Block[]): Paper {
  const [title, author] = ["Record of WB-7F3K-Q2XV & <others>", "Example & Sons <Council>"];
  return { title, author, language: "en-GB", date: "2026-11-22T10:00:00.000Z", foot: "WB-7F3K-Q2XV", blocks };
}

const whole = paper(
  heading(2, "Who"),
  facts(["Reference", "WB-7F3K-Q2XV"], ["Where", PLACE], ["Address", ADDRESS]),
  paragraph("Łódź, Ελλάδα, Москва, देवनागरी"),
  list("One", "Two ".repeat(200)),
  heading(3, "When"),
  {
    kind: "table",
    caption: "What happened",
    head: ["When", "Who", ADDRESS],
    rows: Array.from({ length: 70 }, (_, at) => [`Row ${at}`, PLACE, at === 40 ? "long ".repeat(3000) : "Arrived"]),
  },
  { kind: "paragraph", text: "Somebody’s words", style: "inset" },
  { kind: "blank", label: "Checked", box: "ticked", lines: 2 },
  { kind: "code", content: LINK, says: LINK },
);

suite("A PDF of ours", () => {
  test("is tagged, with title, language and what PDF/UA asks for, and qpdf finds no fault", async () => {
    const bytes = await renderPdf(whole);
    const plain = await qpdfText(bytes);
    for (const said of [
      "/Lang (en-GB)",
      "/Marked true",
      "/DisplayDocTitle true",
      "/StructTreeRoot",
      "/Scope /Column",
      "/Scope /Row",
      `/Alt (${LINK})`,
      "<pdfuaid:part>1</pdfuaid:part>",
      "Record of WB-7F3K-Q2XV &amp; &lt;others&gt;",
      "Example &amp; Sons &lt;Council&gt;",
    ]) {
      assert.ok(plain.includes(said), said);
    }
    assert.doesNotMatch(plain, /Helvetica/);
    const { roles } = await readPdf(bytes);
    for (const role of [
      "Document",
      "H1",
      "H2",
      "H3",
      "P",
      "L",
      "LI",
      "Lbl",
      "LBody",
      "Table",
      "TR",
      "TH",
      "TD",
      "Figure",
    ]) {
      assert.ok(roles.includes(role), role);
    }
  });

  test("keeps every text within its page's margins, whatever is written, and drops none of it", async () => {
    const { pages, texts, packed } = await readPdf(await renderPdf(whole));
    assert.ok(pages.length > 3);
    for (const { page, text, left, right, bottom } of texts) {
      const { width, height } = pages[page - 1] ?? assert.fail();
      assert.ok(left >= 20 * MM - 0.5 && right <= width - 20 * MM + 0.5, `${text}: ${left} to ${right} of ${width}`);
      assert.ok(bottom <= height - 5 * MM, `${text}: ${bottom} of ${height}`);
    }
    for (const said of [PLACE, ADDRESS, "Москва", "Row69", "longlonglong"]) assert.ok(packed.includes(said), said);
    assert.ok(packed.split("long").length > 3000);
  });

  test("keeps columns apart: no text reaches into the next one's", async () => {
    const rows = [[PLACE, ADDRESS, PLACE]];
    const { texts } = await readPdf(
      await renderPdf(paper({ kind: "table", caption: "T", head: ["a", "b", "c"], rows })),
    );
    const starts = ["a", "b", "c"].map((name) => texts.find(({ text }) => text === name)?.left ?? assert.fail(name));
    for (const { left, right, text } of texts.filter((each) => each.text.length > 5 && each.page === 1)) {
      const column = starts.findLastIndex((start) => left >= start - 0.5);
      const next = starts[column + 1];
      if (next !== undefined && !text.startsWith("Record") && !text.startsWith("WB-")) assert.ok(right < next, text);
    }
  });

  test("says characters that it has no shape for as numbers, with a sentence, and keeps them for reading aloud", async () => {
    const name = "王小明 مرحبا \u202eevil\u0000";
    const bytes = await renderPdf(paper(facts(["Name", name])));
    const { packed } = await readPdf(bytes);
    assert.match(packed, /\[U\+738BU\+5C0FU\+660E\]\[U\+0645U\+0631U\+062DU\+0628U\+0627\]\[U\+202E\]evil\[U\+0000\]/);
    assert.match(packed, /Charactersthatthisdocument/);
    assert.match(await qpdfText(bytes), /\/ActualText <feff738b5c0f660e/);
    assert.doesNotMatch((await readPdf(await renderPdf(whole))).packed, /Charactersthat/);
  });

  test("is the same bytes for the same paper", async () => {
    assert.deepEqual(await renderPdf(whole), await renderPdf(whole));
    assert.notDeepEqual(await renderPdf(whole), await renderPdf({ ...whole, date: "2026-11-23T10:00:00.000Z" }));
  });

  test("any text is printed within its page", async () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 60 }), { minLength: 1, maxLength: 6 });
    const printed = fc.asyncProperty(texts, async (rows) => {
      const bytes = await renderPdf(paper(list(...rows), facts(...rows.map((each) => [each, each] as const))));
      const { pages, texts: placed } = await readPdf(bytes);
      const [{ width } = assert.fail()] = pages;
      for (const { right, text } of placed) assert.ok(right <= width - 20 * MM + 0.5, text);
    });
    await fc.assert(printed, { numRuns: 6 });
  });

  test("refuses what would be no document: levels skipped, cells missing, no date", async () => {
    const table = { kind: "table", caption: "T", head: ["a", "b"], rows: [["1"]] } as const;
    for (const wrong of [
      paper(heading(3, "H")),
      paper(table),
      { ...paper(), date: "today" },
      { ...paper(), title: " " },
    ]) {
      await assert.rejects(renderPdf(wrong), { code: "bad-document" });
    }
  });

  test("reads as text too", () => {
    const text = paperText(
      paper(heading(2, "Who"), facts(["Reference", "WB-1"]), list("One"), {
        kind: "blank",
        label: "Seen",
        box: "empty",
      }),
    );
    assert.match(text, /^RECORD OF .+\n\nWho\n---\n\nReference: WB-1\n\n- One\n\n\[ \] Seen\n\nWB-7F3K-Q2XV\n$/s);
  });
});

suite("Labels", () => {
  const grid = {
    page: { width: 210, height: 297 },
    label: { width: 63.5, height: 38.1 },
    ...{ columns: 3, rows: 7, left: 7, top: 15, across: 2.5, down: 0 },
  };
  const label = (text: string) => ({ lines: [{ text, size: "large" as const }], code: { content: LINK, says: LINK } });

  test("stand each within its own place, in the largest type that fits", async () => {
    const labels = Array.from({ length: 25 }, (_, at) => label(`Label ${at} ${PLACE.slice(0, at * 3)}`));
    const { pages, texts, packed } = await readPdf(await renderPdf(paper({ kind: "labels", grid, labels })));
    assert.equal(pages.length, 2);
    for (const { left, right, text } of texts) {
      const column = Math.floor((left / MM - grid.left) / (63.5 + 2.5));
      assert.ok(right <= (grid.left + column * 66 + 63.5) * MM, text);
    }
    assert.ok(packed.includes("Label24"));
  });

  test("are refused rather than cut off", async () => {
    const sheet = { kind: "labels", grid, labels: [label(PLACE.repeat(9))] } as const;
    await assert.rejects(renderPdf(paper(sheet)), { code: "does-not-fit" });
  });
});

test("QR codes on small labels hold what they say too, printed at 300 dots an inch", async () => {
  const grid = {
    page: { width: 210, height: 297 },
    label: { width: 63.5, height: 38.1 },
    ...{ columns: 3, rows: 7, left: 7, top: 15, across: 2.5, down: 0 },
  };
  const contents = Array.from({ length: 5 }, (_, at) => `${LINK}-${at}`);
  const labels = contents.map((content) => ({
    lines: [{ text: content, size: "small" as const }],
    code: { content, says: content },
  }));
  const read = codesIn(pictureOf(await qpdfText(await renderPdf(paper({ kind: "labels", grid, labels }))), 12));
  assert.deepEqual(read.trim().split("\n").sort(), contents);
});

test("QR codes hold what they say, as zbarimg reads them", async () => {
  for (const content of [LINK, "WB-7F3K-Q2XV", `${LINK}?${"x".repeat(200)}`]) {
    const plain = await qpdfText(await renderPdf(paper({ kind: "code", content, says: content })));
    assert.equal(codesIn(pictureOf(plain)).trim(), content);
  }
});

/** The rectangles of a page's content, drawn: black on white, so many pixels to the millimetre. */
function pictureOf(plain: string, fine = 4): Buffer {
  const [width, height, scale] = [210 * fine, 297 * fine, fine / MM];
  const pixels = Buffer.alloc(width * height, 255);
  for (const [, ...numbers] of plain.matchAll(/^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$/gm)) {
    const [x = 0, y = 0, w = 0, h = 0] = numbers.map((each) => Number(each) * scale);
    for (let row = Math.round(y); row < Math.round(y + h); row++) {
      pixels.fill(0, row * width + Math.round(x), row * width + Math.round(x + w));
    }
  }
  return Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), pixels]);
}

/** Every code that is in a picture, a line each. */
function codesIn(picture: Buffer): string {
  const args = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "pgm:-"];
  return spawnSync(requireProgram("zbarimg"), args, { input: picture, encoding: "utf8" }).stdout;
}
