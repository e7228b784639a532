import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readPdf } from "../../src/testing/read-pdf.ts";

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

    // with its dependencies beside it, as npm installs it: what is printed finds its fonts
    await symlink(join(root, "node_modules"), join(folder, "package/node_modules"), "junction");
    const about = ["--reference", "WB-7F3K-Q2XV", "--format", "zip", "--organisation", "Council", "--call", "The desk"];
    const out = ["-o", join(folder, "out"), "--password-file", join(folder, "password")];
    const printed = spawnSync(process.execPath, [...command, "package", join(folder, "key"), ...about, ...out], {
      encoding: "utf8",
    });
    assert.equal(printed.status, 0, printed.stderr);
    const pdf = await readFile(join(folder, "out/WB-7F3K-Q2XV-how-to-open.pdf"));
    assert.match((await readPdf(new Uint8Array(pdf))).packed, /WB-7F3K-Q2XV/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("in a checkout the launcher runs the command line from its sources", () => {
  const help = spawnSync(process.execPath, [join(root, "launch/waybill.mjs"), "help"], { encoding: "utf8" });
  assert.equal(help.status, 0, help.stderr);
  assert.match(help.stdout, /waybill seal/);
});
