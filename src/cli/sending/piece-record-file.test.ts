import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { MemoryPieceRecord, type PieceRecord, type SendingRecord } from "../../client/sending/piece-record.ts";
import { State } from "../account/state.ts";
import { FilePieceRecord } from "./piece-record-file.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-pieces-"));
const path = join(folder, "state.db");
after(() => rmSync(folder, { recursive: true }));

function sending(reference: string, url: string): SendingRecord {
  const prefix = new Uint8Array([1, 2, 3]);
  return { reference, url, grant: "ab", prefix, size: 9_000_000, digests: [], acknowledged: 0 };
}

/** What a step answered, so that two records can be compared. */
async function outcome(act: () => Promise<unknown>): Promise<unknown> {
  try {
    return { answered: await act() };
  } catch (error) {
    return { refused: error instanceof Error && "code" in error ? error.code : error };
  }
}

const step = fc.record({
  what: fc.constantFrom("begin", "append", "append", "append", "load", "forget"),
  url: fc.constantFrom("one", "two"),
  first: fc.nat({ max: 4 }),
  digests: fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 3 }),
  acknowledged: fc.nat({ max: 100 }),
});

test("the record in the file behaves like the one in memory, whatever is asked of it, also through another process's handle", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const reference = `WB-${round++}`;
      const memory = new MemoryPieceRecord();
      const states = [new State(path), new State(path)];
      try {
        for (const [turn, { what, url, first, digests, acknowledged }] of steps.entries()) {
          const act = (record: PieceRecord) =>
            outcome(async () => {
              if (what === "begin") return record.begin(sending(reference, url));
              if (what === "append") return record.append({ reference, url }, first, digests, acknowledged);
              if (what === "forget") return record.forget(reference);
              return record.load(reference);
            });
          const file = new FilePieceRecord(states[turn % 2] ?? assert.fail());
          assert.deepEqual(await act(file), await act(memory), `${what} as step ${turn}`);
        }
      } finally {
        for (const state of states) state.close();
      }
    }),
    { numRuns: 60 },
  );
});
