import assert from "node:assert/strict";
import { test } from "node:test";
import type { KeyLogLine } from "../../domain/wire/people.ts";
import { describeNewKeys } from "./new-keys.ts";

const SAM = "sam@council.example";
const line: KeyLogLine = {
  id: "k1",
  address: SAM,
  kind: "device",
  version: 1,
  recipient: "age1pq",
  signing: null,
  createdAt: "2026-11-21T10:00:00.000Z",
  removedAt: null,
};

test("a new key is said in words: whose, what it is, since when, with “you” for oneself", () => {
  assert.deepEqual(describeNewKeys([line], SAM, { k1: "laptop" }), {
    lines: [`You (${SAM}): 1 new key: command line “laptop”, added 21 November 2026`],
    goOn: "This key is mine: go on",
  });
  const mia = { ...line, id: "k2", address: "mia@council.example", kind: "main", version: 2 } as const;
  assert.deepEqual(describeNewKeys([mia], SAM, {}), {
    lines: [
      "mia@council.example: 1 new key: key for passkeys number 2, in place of the one before, added 21 November 2026",
    ],
    goOn: "mia@council.example added it: go on",
  });
  assert.equal(describeNewKeys([line, mia], SAM, {}).goOn, "I have checked them: go on");
});
