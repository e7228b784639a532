import assert from "node:assert/strict";
import { test } from "node:test";
import { qpdfText } from "../../testing/read-pdf.ts";
import { mediumLabels } from "../carried/labels.ts";
import { facts, heading, list, type Paper, paragraph } from "../paper.ts";
import { renderPdf } from "./render-pdf.ts";

const DATE = "2026-11-22T10:00:00.000Z";
const everything: Paper = {
  ...{ title: "Cofnod", language: "cy", date: DATE, author: "Cyngor", foot: "WB-7F3K-Q2XV" },
  blocks: [
    paragraph("One"),
    { kind: "paragraph", text: "Two", style: "inset" },
    heading(2, "Three"),
    heading(3, "Four"),
    list("Five", "Six"),
    facts(["Seven", "Eight"]),
    {
      kind: "table",
      caption: "T",
      head: ["a", "b"],
      rows: Array.from({ length: 60 }, (_, at) => [`${at}`, "over a page"]),
    },
    { kind: "code", content: "WB-7F3K-Q2XV", says: "The reference" },
    { kind: "blank", label: "Ticked", box: "ticked" },
    { kind: "blank", label: "Signature", lines: 2 },
  ],
};
const from = { organisation: "Council", phone: "020 7946 0000", date: DATE };

test("nothing stands on a page outside what is tagged or said to be no content; every figure has words; its language and title are said", async () => {
  for (const paper of [everything, mediumLabels([{ serial: "STICK-1", owner: "Court" }], from, "a4", 3)]) {
    const plain = await qpdfText(await renderPdf(paper));
    const drawn = pagesIn(plain);
    assert.ok(drawn.length > 0);
    for (const page of drawn) assert.deepEqual(untagged(page), []);
    const count = (what: RegExp) => (plain.match(what) ?? []).length;
    const figures = paper.blocks.filter(({ kind }) => kind === "code" || kind === "labels").length;
    assert.deepEqual([count(/\/S \/Figure/g), count(/\/Alt [(<]/g)], [figures, figures]);
    for (const said of [`/Lang (${paper.language})`, "/DisplayDocTitle true", "/Marked true", "/Tabs /S"])
      assert.ok(plain.includes(said), said);
    assert.ok(!plain.includes("/Suspects true"));
  }
});

/** The contents of pages, as operators a line each. */
function pagesIn(plain: string): readonly string[] {
  const streams = [...plain.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, content = ""]) => content);
  return streams.filter((content) => /^\/F\d+ \S+ Tf$/m.test(content) || /^\S+ \S+ \S+ \S+ re$/m.test(content));
}

/** What paints between no BDC or BMC and its EMC (ISO 32000-1, 14.6). */
function untagged(content: string): readonly string[] {
  let depth = 0;
  return content.split("\n").filter((line) => {
    if (/ (?:BDC|BMC)$/.test(line)) depth++;
    else if (line === "EMC") depth--;
    return depth === 0 && /(?:^| )(?:Tj|TJ|'|"|S|s|f|F|f\*|B|b|Do|sh)$/.test(line);
  });
}
