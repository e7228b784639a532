import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { requireProgram } from "../../src/testing/programs.ts";
import { onTerminal, runProgram, waybill, waybillCommand } from "./processes.ts";

const age = requireProgram("age");
const ageKeygen = requireProgram("age-keygen");
const folder = mkdtempSync(join(tmpdir(), "waybill-age-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const ours = waybill(["keygen", "--classic", "--json", "-o", at("ours.key")]);
const ourRecipient = (JSON.parse(ours.stdout.toString()) as { recipient: string }).recipient;
runProgram(ageKeygen, ["-o", at("theirs.key")]);
const theirRecipient = runProgram(ageKeygen, ["-y", at("theirs.key")])
  .stdout.toString()
  .trim();

const contents = [0, 65_536, 65_537, 1_200_000].map((size) =>
  Buffer.from(Uint8Array.from({ length: size }, (_, at) => at * 7)),
);

test("age reads the keys that keygen makes", () => {
  assert.equal(
    runProgram(ageKeygen, ["-y", at("ours.key")])
      .stdout.toString()
      .trim(),
    ourRecipient,
  );
});

test("age opens what seal makes, and open opens what age makes, at every size around a chunk", () => {
  for (const content of contents) {
    const to = ["--classic", "-r", theirRecipient, "-r", ourRecipient];
    const sealed = waybill(["seal", ...to], { input: content });
    assert.equal(sealed.status, 0, sealed.stderr);
    const opened = runProgram(age, ["-d", "-i", at("theirs.key")], { input: sealed.stdout });
    assert.ok(opened.stdout.equals(content), `age on ours, ${content.length} bytes: ${opened.stderr}`);

    const theirs = runProgram(age, ["-r", ourRecipient], { input: content });
    const back = waybill(["open", "-i", at("ours.key")], { input: theirs.stdout });
    assert.equal(back.status, 0, back.stderr);
    assert.ok(back.stdout.equals(content), `ours on age's, ${content.length} bytes`);
  }
});

test("open reads age's armored files", () => {
  const content = contents.at(-1) ?? assert.fail();
  const armored = runProgram(age, ["-a", "-r", ourRecipient], { input: content }).stdout;
  const opened = waybill(["open", "-i", at("ours.key")], { input: armored });
  assert.ok(opened.stdout.equals(content), opened.stderr);
  const cut = waybill(["open", "-i", at("ours.key"), "-o", at("cut")], { input: armored.subarray(0, 900_000) });
  assert.equal(cut.status, 5);
});

test("a file sealed with a passphrase by one is opened by the other, each asking at a terminal and showing nothing", async () => {
  const secret = "correct horse battery";
  writeFileSync(at("plain"), "the minutes");
  const seal = [...waybillCommand, "seal", "-p", "-o", "ours.age", "plain"];
  const sealed = await onTerminal(
    seal,
    [
      ["Passphrase", secret],
      ["again", secret],
    ],
    folder,
  );
  assert.equal(sealed.status, 0, sealed.stdout.toString());
  assert.ok(!sealed.stdout.includes("horse"));
  const byAge = await onTerminal([age, "-d", "-o", "by-age", "ours.age"], [["passphrase", secret]], folder);
  assert.equal(readFileSync(at("by-age"), "utf8"), "the minutes", byAge.stdout.toString());

  await onTerminal(
    [age, "-p", "-o", "theirs.age", "plain"],
    [
      ["passphrase", secret],
      ["onfirm", secret],
    ],
    folder,
  );
  const open = [...waybillCommand, "open", "-o", "by-us", "theirs.age"];
  const opened = await onTerminal(open, [["Passphrase", secret]], folder);
  assert.equal(opened.status, 0, opened.stdout.toString());
  assert.ok(!opened.stdout.includes("horse"));
  assert.equal(readFileSync(at("by-us"), "utf8"), "the minutes");
  const wrong = await onTerminal([...waybillCommand, "open", "-o", "no", "theirs.age"], [["Passphrase", "x"]], folder);
  assert.equal(wrong.status, 4);
});

test("each refuses what the other sealed to somebody else", () => {
  const sealed = waybill(["seal", "--classic", "-r", ourRecipient], { input: Buffer.from("x") }).stdout;
  assert.notEqual(runProgram(age, ["-d", "-i", at("theirs.key")], { input: sealed }).status, 0);
  assert.equal(waybill(["open", "-i", at("theirs.key")], { input: sealed }).status, 3);
});
