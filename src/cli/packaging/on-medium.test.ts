import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CliError } from "../error.ts";
import { fileError } from "../system-error.ts";
import { onMedium } from "./on-medium.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-medium-"));
after(() => rmSync(folder, { recursive: true }));

/** What is said of a medium on which writing failed with that code of the system. */
async function saidOf(code: string, marked = false): Promise<string> {
  const failed = fileError("write", join(folder, "WB-7F3K-Q2XV.zip"), Object.assign(new Error(code), { code }));
  const error = await onMedium(failed, { folder, marked });
  return error instanceof CliError && error.code === "file" ? error.message : assert.fail(String(error));
}

test("SDT-23: of a full medium it is said what is left on it, and that a larger one is needed; the same command is not advised", async () => {
  const none = await saidOf("ENOSPC", true);
  assert.match(none, /the disk is full\. The package is not on it, and nothing of it was left there\. Its serial, /);
  assert.match(none, /use a larger registered medium/);
  assert.doesNotMatch(none, /run the same command|\.part/);
  const begun = ".WB-7F3K-Q2XV.zip.0123456789ab.part";
  writeFileSync(join(folder, begun), "half");
  assert.ok((await saidOf("EDQUOT")).includes(`what was begun is ${begun}. The same command would fill it again`));
});

test("SDT-23: of a medium that was pulled out nothing is said that nobody can look at; it is put in again", async () => {
  for (const code of ["EIO", "ENODEV"]) {
    const said = await saidOf(code);
    assert.match(said, /if anything of it is left, its name begins with a dot and ends in \.part\. If the medium was/);
    assert.doesNotMatch(said, /nothing of it was left/);
  }
  const other = new Error("no file's fault");
  assert.equal(await onMedium(other, { folder, marked: false }), other);
});
