import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { drawSignature } from "../../src/containers/pdf/draw-signature.ts";
import type { CarriedPaper } from "../../src/paperwork/carried/carried-paper.ts";
import { handoverReceipt, SIGNATURE_PLACE } from "../../src/paperwork/carried/handover-receipt.ts";
import { renderPdf } from "../../src/paperwork/pdf/render-pdf.ts";
import { requireProgram } from "../../src/testing/programs.ts";
import { readPdf } from "../../src/testing/read-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-signature-"));
after(() => rmSync(folder, { recursive: true }));

const POINTS = 72 / 25.4;
const A4_HEIGHT = 297 * POINTS;
const LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
const HANDOVER = {
  at: "2026-11-22T10:00:00.000Z",
  to: `${LONG} ${LONG}`,
  identification: "staff pass",
  collected: false,
};

function about(name: string, language: "en" | "cy"): CarriedPaper {
  return {
    ...{ reference: "WB-7F3K-Q2XV", date: "2026-11-22T10:00:00.000Z", returnAddress: null, items: 3, pages: 12 },
    organisation: { name: `Ministry ${name}`, phone: "020 7946 0000", website: "www.examples.test" },
    originator: { name, phone: "020 7946 0001" },
    ...{
      host: "waybill.examples.test",
      origin: "https://waybill.examples.test",
      addresseeOnly: true,
      service: "",
      medium: "STICK-1",
      handling: [],
    },
    recipient: { name, organisation: name, postal: [], dx: "", language, code: "K7QX-2MPA" },
  };
}

test("SDT2-3: whatever the names, the place to sign on is empty, right under what is signed; the code is not on the receipt", async () => {
  for (const language of ["en", "cy"] as const) {
    for (const handover of [HANDOVER, null]) {
      const { texts } = await readPdf(await renderPdf(handoverReceipt(about(`${LONG} ${LONG}`, language), handover)));
      const { top, height } = SIGNATURE_PLACE;
      const above = texts.filter(({ page, bottom }) => page === 1 && bottom <= top * POINTS);
      assert.match(above.at(-1)?.text ?? "", language === "en" ? /Signature:$/ : /Llofnod:$/);
      const inside = texts.filter(
        ({ page, bottom }) => page === 1 && bottom > top * POINTS && bottom <= (top + height) * POINTS,
      );
      assert.deepEqual(inside, []);
      assert.ok(!texts.some(({ text }) => text.includes("K7QX")));
    }
  }
});

test("SDT2-3: what is drawn lies in that place, nothing else of the receipt changes, and another program finds no fault in it", async () => {
  const receipt = await renderPdf(handoverReceipt(about("Clara Counsel", "en"), HANDOVER));
  const strokes = [
    [
      [0, 0],
      [1, 1],
    ],
    [[2, -1]], // beyond the field: at its edge
  ] as const;
  const signed = await drawSignature(receipt, strokes, SIGNATURE_PLACE);
  const [before, then] = [await readPdf(receipt), await readPdf(signed)];
  assert.deepEqual([then.texts, then.roles], [before.texts, before.roles]);
  const path = join(folder, "signed.pdf");
  writeFileSync(path, signed);
  const qpdf = (...args: string[]) => spawnSync(requireProgram("qpdf"), args, { encoding: "latin1" });
  assert.equal(qpdf("--check", path).status, 0);
  const { stdout } = qpdf("--qdf", "--object-streams=disable", path, "-");
  const drawn = /\/Artifact BMC\n([\s\S]*?)EMC/.exec(stdout.slice(stdout.lastIndexOf("/Artifact BMC")))?.[1] ?? "";
  const points = [...drawn.matchAll(/^(\S+) (\S+) [ml]$/gm)].map(([, x, y]) => [Number(x), Number(y)]);
  const { left, top, width, height } = SIGNATURE_PLACE;
  const at = (x: number, y: number) => [(left + x * width) * POINTS, A4_HEIGHT - (top + y * height) * POINTS];
  const wanted = [at(0, 0), at(1, 1), at(1, 0), at(1, 0)];
  assert.equal(points.length, wanted.length, drawn);
  for (const [n, [x = 0, y = 0]] of wanted.entries()) {
    assert.ok(Math.hypot((points[n]?.[0] ?? 0) - x, (points[n]?.[1] ?? 0) - y) < 0.1, `${points[n]} is not ${x}, ${y}`);
  }
  const endless = [Array.from({ length: 50_001 }, () => [0.5, 0.5] as const)];
  await assert.rejects(drawSignature(receipt, endless, SIGNATURE_PLACE), { code: "too-large" });
});
