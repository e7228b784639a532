import type { Block, Paper } from "./paper.ts";

/** The same paper as plain text, for a sheet that any program opens. Lines are not wrapped; ends with a line feed. */
export function paperText({ title, blocks, foot }: Paper): string {
  const parts = [title.toUpperCase(), ...blocks.map(blockText).filter((each) => each !== ""), foot];
  return `${parts.join("\n\n")}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return block.level === 2 ? `${block.text}\n${"-".repeat([...block.text].length)}` : block.text;
    case "paragraph":
      return block.style === "inset" ? block.text.replaceAll(/^/gm, "  ") : block.text;
    case "list":
      return block.items.map((each, at) => `${block.numbered ? `${at + 1}.` : "-"} ${each}`).join("\n");
    case "facts":
      return block.rows.map(({ name, value }) => `${name}: ${value}`).join("\n");
    case "table":
      return [block.caption, ...block.rows.map((row) => rowText(block.head, row))].join("\n");
    case "code":
      return block.says;
    case "blank":
      return blankText(block.label, block.box, block.lines);
    case "labels":
      return block.labels.map(({ lines }) => lines.map(({ text }) => text).join("\n")).join("\n\n");
    case "page-break":
      return "";
  }
}

function rowText(head: readonly string[], row: readonly string[]): string {
  return row.map((cell, at) => `${at === 0 ? "- " : "  "}${head[at]}: ${cell}`).join("\n");
}

function blankText(label: string, box: "empty" | "ticked" | undefined, lines = 0): string {
  const ticked = box === undefined ? "" : box === "ticked" ? "[x] " : "[ ] ";
  return [`${ticked}${label}`, ...Array.from({ length: lines }, () => "_".repeat(60))].join("\n");
}
