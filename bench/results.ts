import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type BenchResult, type BenchRow, type Comparison, median } from "./row.ts";

/** A row's last results, with where and when. */
export interface Section extends BenchResult {
  readonly name: string;
  readonly about: string;
  readonly machine: string;
  readonly date: string;
}

const json = new URL("results.json", import.meta.url);
const markdown = new URL("results.md", import.meta.url);

/** Puts a row's new results in the place of its old ones, and writes results.md anew from all rows' last results. */
export function keep(row: BenchRow, result: BenchResult, machine: string, date: string): void {
  const section: Section = { name: row.name, about: row.about, machine, date, ...result };
  const before = existsSync(json) ? (JSON.parse(readFileSync(json, "utf8")) as readonly Section[]) : [];
  const others = before.filter((each) => each.name !== row.name);
  const all = [...others, section].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(json, `${JSON.stringify(all, null, 1)}\n`);
  writeFileSync(markdown, writeMarkdown(all));
}

/** The comparison for people: ours, the peer's, the ratio, and how that stands to the design's table. */
export function verdict(comparison: Comparison): string {
  const value = judged(comparison);
  const { least, aim, better } = comparison;
  const reaches = (limit: number) => (better === "more" ? value >= limit : value <= limit);
  if (aim !== undefined && reaches(aim)) return "aim reached";
  if (least !== undefined) return reaches(least) ? "enough" : "falls short";
  return "";
}

/** What the table's limits are about: ours / peer, or ours alone. */
export function judged(comparison: Comparison): number {
  const ours = median(comparison.ours);
  return comparison.peer === undefined ? ours : ours / median(comparison.peer.values);
}

function writeMarkdown(sections: readonly Section[]): string {
  const lines = [
    "# Results",
    "",
    "Written by `npm run bench`; medians, and ratios within one run. Limits are those of the design's table.",
  ];
  for (const section of sections) {
    lines.push("", `## ${section.name}`, "", section.about, "", `${section.date}: ${section.machine}.`, "");
    lines.push("| | ours | against | ratio | at least | aim | |", "| --- | --- | --- | --- | --- | --- | --- |");
    lines.push(...section.comparisons.map(tableRow));
    for (const note of section.notes) lines.push("", note);
  }
  return `${lines.join("\n")}\n`;
}

function tableRow(comparison: Comparison): string {
  const { name, peer, least, aim } = comparison;
  const against = peer === undefined ? "" : `${peer.name} ${shown(peer.values, comparison.unit)}`;
  const ratio = peer === undefined ? "" : judged(comparison).toFixed(2);
  const cells = [
    name,
    shown(comparison.ours, comparison.unit),
    against,
    ratio,
    least ?? "",
    aim ?? "",
    verdict(comparison),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The median, and the least and greatest value around it. */
function shown(values: readonly number[], unit: string): string {
  const whole = (value: number) => value.toFixed(value < 10 ? 2 : 0);
  const range = values.length > 1 ? ` (${whole(Math.min(...values))}–${whole(Math.max(...values))})` : "";
  return `${whole(median(values))} ${unit}${range}`;
}
