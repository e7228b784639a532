import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../testing/temporary-store.ts";
import { readClauses } from "./clause-register.ts";
import { readControlNumbers } from "./control-numbers.ts";

const shipped = (name: string) => fileURLToPath(new URL(`../../../policies/${name}`, import.meta.url));

test("SIS-28: every clause of the register, and nothing else, has its controls of ISO/IEC 27002:2022", () => {
  const clauses = readClauses(shipped("clauses.yaml"));
  assert.deepEqual([...readControlNumbers(shipped("iso-27002.yaml")).keys()], [...clauses.keys()]);
});

test("a number that the standard does not have is refused, and one that YAML reads as another", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "numbers.yaml");
  for (const numbers of ["[]", '["5.38"]', '["9.1"]', "[5.10]", '["5.1.2"]', '"5.1"']) {
    await writeFile(file, `SDT-1: ${numbers}\n`);
    assert.throws(() => readControlNumbers(file), { code: "bad-policy" }, numbers);
  }
  await rm(folder, { recursive: true });
});
