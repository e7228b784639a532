import assert from "node:assert/strict";
import { test } from "node:test";
import type { KeyLogLine } from "../../domain/wire/people.ts";
import { Http } from "../http.ts";
import { pinOwnKeys } from "./pin-own-keys.ts";

const DEVICE: KeyLogLine = {
  ...{
    id: "device-1",
    address: "sam@council.example",
    kind: "device",
    version: 1,
    recipient: "age1pq1device",
    signing: "s",
  },
  ...{ createdAt: "2026-11-21T12:00:00.000Z", removedAt: null },
};

/** What is pinned for Sam afterwards, by id. */
async function pinned(before: readonly (readonly [string, string])[], signed: { recipient: string; signing: string }) {
  let pins: ReadonlyMap<string, string> = new Map(before);
  const http = new Http({
    origin: "http://localhost",
    fetch: async () => Response.json({ lines: [DEVICE], recovery: [] }),
    headers: () => ({}),
  });
  const save = async (_: string, now: ReadonlyMap<string, string>) => {
    pins = now;
  };
  await pinOwnKeys(http, { load: async () => pins, save }, signed);
  return [...pins.keys()];
}

const MAIN = ["main-1", "age1pq1main"] as const;

test("the browser that signed for a command line knows its key, and no other", async () => {
  assert.deepEqual(await pinned([MAIN], { recipient: "age1pq1device", signing: "s" }), ["main-1", "device-1"]);
  assert.deepEqual(await pinned([MAIN], { recipient: "age1pq1device", signing: "another" }), ["main-1"]);
  assert.deepEqual(await pinned([MAIN], { recipient: "age1pq1other", signing: "s" }), ["main-1"]);
});

test("where a person's keys were never kept, their first ones are still taken whole later", async () => {
  assert.deepEqual(await pinned([], { recipient: "age1pq1device", signing: "s" }), []);
});
