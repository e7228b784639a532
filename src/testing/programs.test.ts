import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { findProgram, installCommand, MissingProgramError, requireProgram } from "./programs.ts";

test("A program is found by the first of its names that is there.", () => {
  assert.equal(findProgram(["no-such-program-here", "/no/such/path", "/bin/sh"]), "/bin/sh");
  assert.match(findProgram(["no-such-program-here", "sh"]) ?? "", /\/sh$/);
  assert.equal(findProgram(["no-such-program-here", "/no/such/path"]), undefined);
});

test("A name is looked up as it is, and never run.", () => {
  assert.equal(findProgram(["sh; echo /bin/sh", "$(echo sh)", "-p sh"]), undefined);
});

test("What is missing is named with the command that installs it.", () => {
  const error = new MissingProgramError("age-keygen", installCommand("age-keygen", "debian"));
  assert.match(error.message, /need age-keygen.*\n {2}sudo apt-get update && .* install .* age$/);
  assert.equal(installCommand("chromium", "macos"), "brew install --cask chromium");
  assert.match(installCommand("qpdf", "other"), /^install qpdf/);
});

test("The age program is here, found or installed, and runs.", () => {
  const { status, stdout } = spawnSync(requireProgram("age"), ["--version"], { encoding: "utf8" });
  assert.equal(status, 0);
  assert.match(stdout, /\d+\.\d+/);
});
