import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("the package that can be installed holds the command line bundled, which runs without the sources", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waybill-pack-"));
  try {
    const packed = spawnSync(process.execPath, [join(root, "src/bin/pack.ts"), folder], {
      cwd: root,
      encoding: "utf8",
    });
    assert.equal(packed.status, 0, packed.stderr);
    const [file = ""] = await readdir(folder);
    assert.equal(spawnSync("tar", ["-xzf", join(folder, file), "-C", folder]).status, 0);
    const command = [join(folder, "package/launch/waybill.mjs")];
    const help = spawnSync(process.execPath, [...command, "help"], { cwd: folder, encoding: "utf8" });
    assert.equal(help.status, 0, help.stderr);
    assert.match(help.stdout, /waybill seal/);
    const made = spawnSync(process.execPath, [...command, "keygen", "-o", join(folder, "key")], { encoding: "utf8" });
    assert.equal(made.status, 0, made.stderr);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("in a checkout the launcher runs the command line from its sources", () => {
  const help = spawnSync(process.execPath, [join(root, "launch/waybill.mjs"), "help"], { encoding: "utf8" });
  assert.equal(help.status, 0, help.stderr);
  assert.match(help.stdout, /waybill seal/);
});
