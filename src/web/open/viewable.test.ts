import assert from "node:assert/strict";
import { test } from "node:test";
import { viewableType } from "./viewable.ts";

const file = (name: string, length = 10) => viewableType({ name, length, kind: "file" });

test("only types from our own list are shown, and never one that a browser would run", () => {
  assert.equal(file("a/b.PDF"), "application/pdf");
  assert.equal(file("photo.jpeg"), "image/jpeg");
  assert.equal(file("data.csv"), "text/plain");
  for (const name of ["page.html", "picture.svg", "page.xhtml", "script.js", "pdf", "x.pdf.exe", ""]) {
    assert.equal(file(name), null, name);
  }
  assert.equal(file("huge.txt", 100 * 1024 * 1024), null);
  assert.equal(viewableType({ name: "Message.html", length: 1, kind: "message" }), "text/plain");
});
