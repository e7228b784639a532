import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FORMATS, type Format } from "../../src/containers/formats.ts";
import { innerName } from "../../src/containers/package-names.ts";
import { generatePassword } from "../../src/containers/password.ts";
import { newReference } from "../../src/domain/reference.ts";
import { instructionSheets } from "../../src/paperwork/package-sheet/instruction-sheet.ts";
import { paperText } from "../../src/paperwork/paper-text.ts";
import { renderPdf } from "../../src/paperwork/pdf/render-pdf.ts";
import { readPdf } from "../../src/testing/read-pdf.ts";
import { wordDocument } from "./office-documents.ts";
import { item, packed } from "./packed.ts";
import { pdfWithEverything } from "./pdf-documents.ts";

/** The words that stand nowhere outside: markings, and what this transfer is about. */
const MARKINGS = [
  "OFFICIAL",
  "SENSITIVE",
  "SECRET",
  "CONFIDENTIAL",
  "PERSONAL",
  "COMMERCIAL",
  "PROTECT",
  "SWYDDOGOL",
  "SENSITIF",
];
const word = fc.stringMatching(/^[A-Z][a-z]{7,11}$/);
const transfer = fc.record({
  random: fc.infiniteStream(fc.nat(255)),
  subject: fc.tuple(word, word).map((words) => words.join(" ")),
  caveat: word.map((each) => each.toUpperCase()),
  files: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
  format: fc.constantFrom(...FORMATS),
});
const [pdf, docx] = [await pdfWithEverything(), await wordDocument("Margin note")];

test("SDT-16, SDT-27: no sheet, name, listing or byte of a package carries a marking, the subject, a file's name or the password", async () => {
  await fc.assert(
    fc.asyncProperty(transfer, async ({ random, subject, caveat, files, format }) => {
      const reference = newReference((length) => Uint8Array.from(random.take(length)));
      const password = generatePassword(format);
      const ending = ENDINGS[format];
      const items = files.map((name) => item(`${subject}/${name} ${caveat}${ending}`, CONTENT[format]));
      const made = await packed(format, items, { password }, reference);
      const [names, outside] = [made.map(({ name }) => name), [] as string[]];
      for (const { name, bytes } of made) outside.push(name, bytes.toString("latin1"), bytes.toString("utf16le"));
      const inner = format === "zip" || format === "age" ? innerName(reference) : null;
      const about = {
        reference,
        format,
        files: names,
        inner,
        toKeys: false,
        organisation: "Marlow Council",
        call: "020 7946 0001",
        arrival: null,
        returnTo: null,
      };
      for (const { name, paper } of instructionSheets(about, "2026-11-22T10:00:00Z")) {
        const printed = await readPdf(await renderPdf(paper));
        outside.push(
          name,
          paperText(paper),
          JSON.stringify(printed),
          ...MARKINGS.filter((each) => paperText(paper).toUpperCase().includes(each)),
        );
      }
      const found = [...subject.split(" "), ...files, caveat, password];
      for (const text of outside) {
        for (const secret of [...found, "Margin note"])
          assert.ok(!text.includes(secret), `${secret} is outside a ${format}`);
        assert.ok(!MARKINGS.includes(text), `a sheet says ${text}`);
      }
      for (const name of names) assert.match(name, new RegExp(`^${reference}(-[123])?\\.(zip|zip\\.age|pdf|docx)$`));
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

const ENDINGS: Readonly<Record<Format, string>> = { zip: ".txt", age: ".txt", pdf: ".pdf", office: ".docx" };
const text = new TextEncoder().encode("Margin note, said at the hearing");
const CONTENT: Readonly<Record<Format, Uint8Array>> = { zip: text, age: text, pdf, office: docx };
