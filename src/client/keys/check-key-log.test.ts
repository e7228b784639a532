import assert from "node:assert/strict";
import { test } from "node:test";
import type { KeyLogLine } from "../../domain/wire/people.ts";
import type { KeyLine } from "../../domain/wire/sending.ts";
import { Http } from "../http.ts";
import { keyLogCheck } from "./check-key-log.ts";

const MIA: KeyLine = { id: "mia-1", address: "mia@council.example", kind: "main", version: 1, recipient: "age1pq1mia" };
const NEWER: KeyLine = { ...MIA, id: "mia-2", version: 2, recipient: "age1pq1mia2" };

function logged(line: KeyLine, removedAt: string | null = null): KeyLogLine {
  return { ...line, signing: null, createdAt: "2026-11-21T12:00:00.000Z", removedAt };
}

/** A client with its memory, asked about keys by a server whose log can be set. */
function client(answers: { confirm: boolean }) {
  const kept = new Map<string, ReadonlyMap<string, string>>();
  const asked: string[] = [];
  const server = { log: [logged(MIA)] };
  const parts = {
    http: new Http({
      origin: "http://localhost",
      fetch: async () => new Response(JSON.stringify({ lines: server.log, recovery: [] })),
      headers: () => ({}),
    }),
    pins: {
      load: async (address: string) => kept.get(address) ?? new Map(),
      save: async (address: string, pins: ReadonlyMap<string, string>) => void kept.set(address, pins),
    },
    confirm: async (lines: readonly KeyLogLine[]) => {
      asked.push(...lines.map(({ id }) => id));
      return answers.confirm;
    },
  };
  const check = keyLogCheck(parts, async () => undefined);
  return { server, asked, check };
}

test("somebody's first key is taken and remembered; a later one stops until it is confirmed, once", async () => {
  const { server, asked, check } = client({ confirm: true });
  await check([MIA]);
  await check([MIA]);
  assert.deepEqual(asked, []);
  server.log = [logged(MIA, "2026-11-22T12:00:00.000Z"), logged(NEWER)];
  await check([NEWER]);
  await check([NEWER]);
  assert.deepEqual(asked, ["mia-2"]);
});

test("a new key that is not confirmed is refused, and asked about again the next time", async () => {
  const { server, asked, check } = client({ confirm: false });
  await check([MIA]);
  server.log = [logged(MIA), logged(NEWER)];
  await assert.rejects(check([MIA, NEWER]), { code: "changed-keys" });
  await assert.rejects(check([MIA, NEWER]), { code: "changed-keys" });
  assert.deepEqual(asked, ["mia-2", "mia-2"]);
});

test("a key that is not in the log, differs from it, was removed, or rewrites a known one is found out", async () => {
  const { server, check } = client({ confirm: true });
  await assert.rejects(check([NEWER]), { code: "lying-server" });
  for (const altered of [{ recipient: "age1pq1x" }, { address: "x@council.example" }, { version: 7 }]) {
    await assert.rejects(check([{ ...MIA, ...altered }]), { code: "lying-server" });
  }
  server.log = [logged(MIA, "2026-11-22T12:00:00.000Z")];
  await assert.rejects(check([MIA]), { code: "lying-server" });
  server.log = [logged(MIA)];
  await check([MIA]);
  server.log = [logged(NEWER)];
  await assert.rejects(check([NEWER]), { code: "lying-server" });
  server.log = [logged({ ...MIA, recipient: "age1pq1x" }), logged(NEWER)];
  await assert.rejects(check([NEWER]), { code: "lying-server" });
});
