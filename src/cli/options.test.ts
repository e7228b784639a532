import assert from "node:assert/strict";
import { test } from "node:test";
import { CliError } from "./error.ts";
import { readOptions } from "./options.ts";

const options = { to: { type: "string", multiple: true }, yes: { type: "boolean", short: "y" } } as const;
const complaint = (...args: string[]) => {
  try {
    readOptions({ args, options, allowPositionals: false });
  } catch (error) {
    assert.ok(error instanceof CliError);
    assert.equal(error.code, "usage");
    assert.doesNotMatch(error.message, /positional|argument/);
    return error.message;
  }
  return assert.fail("it was taken");
};

test("What a command does not understand is said in our words, with what it is and what to do", () => {
  assert.match(complaint("--bogus"), /^There is no option --bogus here\. .*--help/);
  assert.match(complaint("-x"), /^There is no option -x here\. .* as \.\/-x\.$/);
  assert.match(complaint("--bogus=1"), /^There is no option --bogus here\./);
  assert.match(complaint("--to"), /^--to needs a value behind it: --to VALUE/);
  assert.match(complaint("--to", "--yes"), /^--to needs a value behind it/);
  assert.match(complaint("--yes=no"), /^--yes takes no value\./);
  assert.match(complaint("report.pdf"), /^"report\.pdf" is not understood here/);
});
