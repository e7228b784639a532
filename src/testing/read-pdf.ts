import { spawnSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { requireProgram } from "./programs.ts";
import { temporaryFolder } from "./temporary-store.ts";

/** A piece of text on a page, in points from the top left of the page. */
export interface PlacedText {
  readonly page: number;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/** What another's reader finds in a PDF. */
export interface ReadPdf {
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly texts: readonly PlacedText[];
  /** Roles of the structure tree, depth first, such as Document H1 P. */
  readonly roles: readonly string[];
  /** All texts in order, without spaces and line ends. */
  readonly packed: string;
}

/** Reads with pdf.js, which is not what writes. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  const document = await task.promise;
  const [pages, texts, roles]: [ReadPdf["pages"][number][], PlacedText[], string[]] = [[], [], []];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    pages.push({ width, height });
    for (const item of (await page.getTextContent()).items) {
      if (!("str" in item) || item.str.trim() === "") continue;
      const [left, base] = [Number(item.transform[4]), Number(item.transform[5])];
      texts.push({ page: number, text: item.str, left, right: left + item.width, bottom: height - base });
    }
    const collect = (node: { role?: string; children?: readonly object[] }) => {
      if (node.role !== undefined) roles.push(node.role);
      for (const child of node.children ?? []) collect(child);
    };
    collect((await page.getStructTree()) ?? {});
  }
  await task.destroy();
  return { pages, texts, roles, packed: texts.map(({ text }) => text.replaceAll(/\s/g, "")).join("") };
}

/** The PDF with its streams plain, one operator a line, as qpdf writes it. Fails for one that qpdf finds fault with. */
export async function qpdfText(bytes: Uint8Array): Promise<string> {
  const folder = await temporaryFolder();
  try {
    const file = join(folder, "printed.pdf");
    await writeFile(file, bytes);
    const args = ["--qdf", "--object-streams=disable", file, "-"];
    const { status, stdout, stderr } = spawnSync(requireProgram("qpdf"), args, { maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(`qpdf finds fault: ${stderr.toString()}`);
    return stdout.toString("latin1");
  } finally {
    await rm(folder, { recursive: true });
  }
}
