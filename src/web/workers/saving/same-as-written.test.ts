import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256Hex } from "../../../bytes/digest.ts";
import { refuseDifference } from "./same-as-written.ts";

async function* read(...parts: readonly Uint8Array<ArrayBuffer>[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield* parts;
}

test("SDT-28: what lies there is compared with what was written, to its last byte", async () => {
  const bytes = new TextEncoder().encode("as it was written");
  const written = { name: "WB-7F3K-Q2XV.zip", size: bytes.length, sha256: await sha256Hex(bytes) };
  const { signal } = new AbortController();
  await refuseDifference(written, read(bytes), signal);
  const other = bytes.with(3, 0);
  for (const lies of [read(other), read(bytes.subarray(1)), read(bytes, bytes), read()]) {
    await assert.rejects(refuseDifference(written, lies, signal), { code: "changed", message: /WB-7F3K-Q2XV\.zip/ });
  }
  await assert.rejects(refuseDifference(written, read(bytes), AbortSignal.abort()), { name: "AbortError" });
});
