import { readdirSync } from "node:fs";
import { describeMachine } from "./machine.ts";
import { judged, keep, verdict } from "./results.ts";
import type { BenchRow } from "./row.ts";

// `npm run bench` measures every file in bench/rows; `npm run bench -- NAME…` only the rows of those names.
const folder = new URL("rows/", import.meta.url);
const wanted = process.argv.slice(2);
const rows: BenchRow[] = [];
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .sort()) {
  rows.push(((await import(new URL(file, folder).href)) as { default: BenchRow }).default);
}
const unknown = wanted.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) {
  console.error(`No row is called ${unknown.join(", ")}. There are: ${rows.map((row) => row.name).join(", ")}.`);
  process.exit(2);
}
for (const row of rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(row.name);
  const machine = describeMachine();
  const result = await row.run((text) => console.log(`  ${text}`), "whole");
  for (const each of result.comparisons) console.log(`  ${each.name}: ${judged(each).toFixed(2)} ${verdict(each)}`);
  keep(row, result, machine, new Date().toISOString().slice(0, 10));
}
