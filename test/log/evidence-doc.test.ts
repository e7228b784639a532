import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { toHex } from "../../src/bytes/hex.ts";
import { type EventRecord, eventDigest, eventText } from "../../src/log/event-digest.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/evidence.md", import.meta.url)), "utf8");

test("the example of an event in docs/evidence.md is what this program makes of it, and so is its digest", () => {
  const [, text = ""] = /```json\n(.*)\n```/.exec(page) ?? [];
  const event = JSON.parse(text) as EventRecord; // our own page
  assert.equal(eventText(event), text);
  assert.ok(page.includes(`whose SHA-256 is \`${toHex(eventDigest(event))}\`.`), toHex(eventDigest(event)));
});
