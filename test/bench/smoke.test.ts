import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import type { BenchRow } from "../../bench/row.ts";

// What `npm run bench` measures is run here as small as it goes, so that no row stops working unseen. Results are thrown away.
const folder = new URL("../../bench/rows/", import.meta.url);

describe("Every row of the benchmarks runs and gives its numbers", () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
    test(file, async () => {
      const { default: row } = (await import(new URL(file, folder).href)) as { default: BenchRow };
      const { comparisons } = await row.run(() => {}, "smoke");
      assert.ok(comparisons.length > 0);
      for (const { name, ours, peer } of comparisons) {
        for (const values of peer === undefined ? [ours] : [ours, peer.values]) {
          assert.ok(values.length > 0 && values.every(Number.isFinite), `${name}: ${values.join()}`);
        }
      }
    });
  }
});
