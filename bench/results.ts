import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type BenchResult, type BenchRow, type Comparison, median } from "./row.ts";

const file = new URL("results.md", import.meta.url);
const HEAD = `# Results

Written by \`npm run bench\`; medians, and ratios within one run. Limits are those of the design's table.
`;

/** Puts a row's new results in the place of its old ones in results.md; the other rows' stay as they are. */
export function keep(row: BenchRow, result: BenchResult, machine: string, date: string): void {
  const sections = existsSync(file)
    ? readFileSync(file, "utf8")
        .split(/^(?=## )/m)
        .slice(1)
    : [];
  const others = sections.map((each) => each.trimEnd()).filter((each) => !each.startsWith(`## ${row.name}\n`));
  const all = [...others, section(row, result, machine, date)].sort();
  writeFileSync(file, `${[HEAD.trimEnd(), ...all].join("\n\n")}\n`);
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

function section(row: BenchRow, result: BenchResult, machine: string, date: string): string {
  const table = [
    "| | ours | against | ratio | at least | aim | |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...result.comparisons.map(tableRow),
  ];
  return [`## ${row.name}`, row.about, `${date}: ${machine}.`, table.join("\n"), ...result.notes].join("\n\n");
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
