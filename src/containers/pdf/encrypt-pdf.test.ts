import assert from "node:assert/strict";
import { test } from "node:test";
import { PDFDocument } from "@cantoo/pdf-lib";
import { item } from "../../../test/containers/packed.ts";
import { pdfThatIs, pdfWithEverything } from "../../../test/containers/pdf-documents.ts";
import { encryptPdf } from "./encrypt-pdf.ts";

const PASSWORD = "gorse mantle tidy quench";

test("a PDF that a password would break, or that has one, is refused with the reason and what to do", async () => {
  const refusals = [
    ["signed", "not-kept", /It is signed/],
    ["xfa", "not-kept", /form of the XFA kind/],
    ["pdf-a", "not-kept", /It is a PDF\/A/],
    ["locked", "locked", /has a password already/],
  ] as const;
  for (const [what, code, message] of refusals) {
    const pdf = item("a.pdf", await pdfThatIs(what));
    await assert.rejects(encryptPdf(pdf, PASSWORD), (cause: Error) => {
      assert.match(cause.message, message);
      assert.match(cause.message, /in a zip instead\.$/);
      return "code" in cause && cause.code === code;
    });
  }
});

test("what is no PDF, and a PDF that is cut off, are refused", async () => {
  const whole = await pdfWithEverything();
  for (const bytes of [new Uint8Array(0), new TextEncoder().encode("PK\u0003\u0004"), whole.subarray(0, 900)]) {
    await assert.rejects(encryptPdf(item("a.pdf", bytes), PASSWORD), { name: "ContainerError" });
  }
});

test("the document that was given is not changed, and each package of it has another key", async () => {
  const plain = await pdfWithEverything();
  const copy = new Uint8Array(plain);
  const [one, two] = [
    await encryptPdf(item("a.pdf", plain), PASSWORD),
    await encryptPdf(item("a.pdf", plain), PASSWORD),
  ];
  assert.deepEqual(plain, copy);
  assert.notDeepEqual(one, two);
  await assert.rejects(PDFDocument.load(one, { password: "another" }));
});
