import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { councilConfiguration } from "../../src/testing/policy.ts";

// The real server in a process of its own, with a configuration that it must not start with.
const program = fileURLToPath(new URL("../../src/bin/server.ts", import.meta.url));
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-refused-"));
  file = join(folder, "policy.yaml");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts it, and waits for its end. */
async function start(): Promise<{ readonly code: unknown; readonly said: string }> {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      WAYBILL_PORT: "0",
      WAYBILL_DATA: join(folder, "data"),
      WAYBILL_POLICY: file,
      WAYBILL_LOG_FILE: join(folder, "log"),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "close");
  return { code, said };
}

suite("A policy or configuration that is refused does not start", () => {
  for (const [title, change, line, reason] of [
    ["is not YAML", (yaml: string) => yaml.replace("bulk:", "bulk: ["), null, "."],
    [
      "lacks a setting",
      (yaml: string) => yaml.replace(/^webmailDomains:\n(?: +- .*\n)+/m, ""),
      null,
      "lacks webmailDomains",
    ],
    [
      "has a webmail domain as a work domain (SET-4)",
      (yaml: string) => yaml.replace("[ council.example ]", "[ gmail.com ]"),
      "workDomains: [ gmail.com ]",
      "workDomains[0] is a webmail domain",
    ],
    [
      "names a rule that there is not",
      (yaml: string) => yaml.replace("require: []", "require: [ no-such-rule ]"),
      "require: [ no-such-rule ]",
      "require[0] names no-such-rule, which is no rule of uk-government",
    ],
  ] as const) {
    test(`a configuration that ${title} is named with file, line and reason, and the exit code is not 0`, async () => {
      const yaml = change(councilConfiguration("uk-government"));
      assert.notEqual(yaml, councilConfiguration("uk-government"));
      writeFileSync(file, yaml);
      const { code, said } = await start();
      assert.equal(code, 1);
      const at = line === null ? "\\d+" : String(yaml.split("\n").indexOf(line) + 1);
      assert.match(said, new RegExp(`^${file.replaceAll(".", "\\.")}:${at}: `));
      assert.ok(said.includes(reason), said);
      assert.doesNotMatch(said, /Waybill is at|at file:/, "neither an address nor a stack");
      assert.equal(existsSync(join(folder, "data", "waybill.db")), false, "no data was touched");
      assert.equal(readFileSync(file, "utf8"), yaml);
    });
  }

  test("a rule of an organisation's own that is refused is named too", async () => {
    const own = join(folder, "ours");
    cpSync(fileURLToPath(new URL("../../policies/rules/shared", import.meta.url)), join(own, "rules"), {
      recursive: true,
    });
    writeFileSync(file, councilConfiguration("uk-government").replace("localRules: []", "localRules: [ ours ]"));
    const { code, said } = await start();
    assert.equal(code, 1);
    assert.match(said, /^ours\/rules\/\S+\.cedar:\d+: /);
  });
});
