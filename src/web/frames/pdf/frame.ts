import { find } from "../../page/elements.ts";
import { readTexts } from "../../page/texts.ts";
import { openDocument, reasonOf } from "./open-document.ts";
import { MOST_PAGES, READER_TEXTS, Reader } from "./reader.ts";

// The whole script of the frame in which a PDF is drawn (src/server/journeys/view/pdf.njk). The frame has no origin, may fetch nothing,
// and tells the page around it nothing. It is given one PDF, verified, by the page that holds it.

const TEXTS = [...READER_TEXTS, "opening", "password", "broken", "unexpected", "lacking", "onlyFirst"] as const;

const texts = readTexts(TEXTS);
const said = find(document, "[data-said]", HTMLElement);
const note = find(document, "[data-note]", HTMLElement);
said.textContent = texts("opening");

/** Where this frame was served from: a sandboxed document has no `location.origin` of its own. */
const home = new URL(document.URL).origin;

const once = new AbortController();
addEventListener(
  "message",
  ({ data, origin, source }: MessageEvent<unknown>) => {
    if (source !== parent || origin !== home || !(data instanceof ArrayBuffer)) return;
    once.abort();
    void show(data);
  },
  { signal: once.signal },
);

async function show(data: ArrayBuffer): Promise<void> {
  try {
    const pdf = await openDocument(data, () => {
      note.textContent = texts("lacking");
    });
    said.textContent = "";
    if (pdf.numPages > MOST_PAGES) note.textContent = texts("onlyFirst", { count: MOST_PAGES });
    new Reader(find(document, "[data-reader]", HTMLElement), pdf, texts).start();
  } catch (error) {
    console.error(error);
    said.textContent = texts(reasonOf(error));
  }
}
