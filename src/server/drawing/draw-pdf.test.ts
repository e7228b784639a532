import assert from "node:assert/strict";
import { test } from "node:test";
import { PaperworkError } from "../../paperwork/error.ts";
import type { Block, Paper } from "../../paperwork/paper.ts";
import { renderPdf } from "../../paperwork/pdf/render-pdf.ts";
import { addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";
import { drawPdf } from "./draw-pdf.ts";

function paperOf(...blocks: readonly Block[]): Paper {
  const about = { title: "Evidence", author: "Example Council", foot: "WB-0000-0000" } as const;
  return { ...about, language: "en-GB", date: "2026-11-22T10:00:00.000Z", blocks };
}

const LARGE = paperOf({
  kind: "table",
  caption: "What happened",
  head: ["When", "What"],
  rows: Array.from({ length: 1200 }, (_, at) => [`${at}`, "It was received by somebody, who says so."]),
});
const SMALL = paperOf({ kind: "paragraph", text: "Nothing happened." });
/** A heading two levels under the title. */
const BAD = paperOf({ kind: "heading", level: 3, text: "Too deep" });

test("the server answers while a large document is drawn", async () => {
  const server = await startServer();
  try {
    await foundOrganisation(server);
    const { id } = await addMember(server, "Ada Admin", { roles: ["administrator"] });
    const administrator = await new Visitor(server).signIn(id);
    await drawPdf(SMALL); // the thread is there
    let done = false;
    const drawn = drawPdf(LARGE).finally(() => {
      done = true;
    });
    assert.equal((await administrator.get("/health")).status, 200);
    assert.equal(done, false, "nothing was answered before the document was there");
    assert.ok((await drawn).length > 10_000);
  } finally {
    await server.stop();
  }
});

test("what the thread draws is what is drawn without it, byte for byte", async () => {
  assert.deepEqual(await drawPdf(SMALL), await renderPdf(SMALL));
});

test("why a document is not drawn comes back as it was thrown, and the next one is drawn", async () => {
  const refused = drawPdf(BAD);
  const next = drawPdf(SMALL);
  await assert.rejects(refused, (error) => error instanceof PaperworkError && error.code === "bad-document");
  assert.ok((await next).length > 0);
  const unclear = { ...SMALL, blocks: null } as unknown as Paper; // no part of this program makes such a paper
  await assert.rejects(drawPdf(unclear), { message: /not iterable|null/ });
  assert.ok((await drawPdf(SMALL)).length > 0);
});

test("so many documents wait at the most; who comes after them is told when to come again, and nobody else loses theirs", async () => {
  const waiting = Array.from({ length: 20 }, () => drawPdf(SMALL));
  await assert.rejects(drawPdf(SMALL), { code: "too-often", retryAfter: 60 });
  const drawn = await Promise.all(waiting);
  assert.ok(drawn.every(({ length }) => length > 0));
  assert.ok((await drawPdf(SMALL)).length > 0);
});
