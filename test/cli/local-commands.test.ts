import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { environment, onTerminal, waybill, waybillCommand } from "./processes.ts";

const root = mkdtempSync(join(tmpdir(), "waybill-cli-"));
after(() => rmSync(root, { recursive: true }));

/** A new folder with a key, a plain file of two chunks and a bit, and that file sealed. */
function workplace() {
  const folder = mkdtempSync(join(root, "w-"));
  const made = waybill(["keygen", "--json", "-o", "key"], { cwd: folder });
  const { recipient } = JSON.parse(made.stdout.toString()) as { recipient: string };
  const plain = Buffer.alloc(150_000, "minutes of the meeting ");
  writeFileSync(join(folder, "plain"), plain);
  assert.equal(waybill(["seal", "-r", recipient, "-o", "sealed", "plain"], { cwd: folder }).status, 0);
  const at = (name: string) => join(folder, name);
  return { folder, recipient, plain, at, files: () => readdirSync(folder).sort() };
}

test("a file is sealed and opened again, and both say so as JSON", () => {
  const { folder, recipient, plain, at } = workplace();
  const sealed = waybill(["seal", "-r", recipient, "-o", "s2", "--json", "plain"], { cwd: folder });
  const size = statSync(at("s2")).size;
  assert.deepEqual(JSON.parse(sealed.stdout.toString()), { plainSize: 150_000, sealedSize: size, file: "s2" });
  const opened = waybill(["open", "-i", "key", "-o", "o", "--json", "s2"], { cwd: folder });
  assert.deepEqual(JSON.parse(opened.stdout.toString()), { plainSize: 150_000, sealedSize: size, file: "o" });
  assert.ok(readFileSync(at("o")).equals(plain));
  assert.ok(!readFileSync(at("s2")).includes("minutes"));
});

test("everything works through pipes, with what is said on standard error", () => {
  const { folder, recipient, plain } = workplace();
  const sealed = waybill(["seal", "--json", "-r", recipient], { input: plain });
  assert.equal(JSON.parse(sealed.stderr).plainSize, 150_000);
  const opened = waybill(["open", "-i", "key"], { input: sealed.stdout, cwd: folder });
  assert.equal(opened.stderr, "");
  assert.ok(opened.stdout.equals(plain));
});

test("the secret key is for its owner's eyes only, and is never replaced", () => {
  const { folder, at } = workplace();
  if (process.platform !== "win32") assert.equal(statSync(at("key")).mode & 0o777, 0o600);
  const before = readFileSync(at("key"));
  const again = waybill(["keygen", "-o", "key"], { cwd: folder });
  assert.equal(again.status, 6);
  assert.match(again.stderr, /exists already and was left as it is/);
  assert.ok(readFileSync(at("key")).equals(before));
});

test("an existing result is left as it is unless --force says otherwise", () => {
  const { folder, at } = workplace();
  writeFileSync(at("o"), "precious");
  assert.equal(waybill(["open", "-i", "key", "-o", "o", "sealed"], { cwd: folder }).status, 6);
  assert.equal(readFileSync(at("o"), "utf8"), "precious");
  assert.equal(waybill(["open", "--force", "-i", "key", "-o", "o", "sealed"], { cwd: folder }).status, 0);
  assert.equal(statSync(at("o")).size, 150_000);
});

test("a damaged file ends with its code and leaves nothing, and an older result stays", () => {
  const { folder, at, files } = workplace();
  const sealed = readFileSync(at("sealed"));
  writeFileSync(at("old"), "older");
  const before = files();
  const altered = Buffer.from(sealed);
  altered[sealed.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  const chunkEnd = sealed.length - (150_000 % 65_536) - 16;
  for (const bad of [
    altered,
    sealed.subarray(0, chunkEnd),
    Buffer.concat([sealed, Buffer.from("x")]),
    Buffer.alloc(0),
  ]) {
    for (const target of bad === altered ? ["new", "old"] : ["new"]) {
      const ended = waybill(["open", "--force", "-i", "key", "-o", target], { input: bad, cwd: folder });
      assert.equal(ended.status, 5, ended.stderr);
      assert.match(ended.stderr, /damaged.*\n?.*Ask/s);
    }
  }
  assert.deepEqual(files(), before);
  assert.equal(readFileSync(at("old"), "utf8"), "older");
});

test("another's key, other words and a malformed key each have their own code", () => {
  const { folder, recipient } = workplace();
  waybill(["keygen", "-o", "other"], { cwd: folder });
  assert.equal(waybill(["open", "-i", "other", "sealed"], { cwd: folder }).status, 3);
  assert.equal(waybill(["open", "sealed"], { cwd: folder }).status, 2);
  const mistyped = recipient.slice(0, -1) + (recipient.endsWith("q") ? "p" : "q");
  assert.equal(waybill(["seal", "-r", mistyped, "plain"], { cwd: folder }).status, 7);
  writeFileSync(join(folder, "words"), "first\n");
  const env = { WAYBILL_PASSPHRASE_FILE: "words" };
  assert.equal(waybill(["seal", "-p", "-o", "with-words", "plain"], { cwd: folder, env }).status, 0);
  assert.equal(waybill(["open", "-o", "o", "with-words"], { cwd: folder, env }).status, 0);
  writeFileSync(join(folder, "words"), "second");
  assert.equal(waybill(["open", "with-words"], { cwd: folder, env }).status, 4);
  assert.equal(
    waybill(["open", "--passphrase-fd", "0", "with-words"], { cwd: folder, input: Buffer.from("first") }).status,
    0,
  );
});

test("a classic key needs --classic, and never stands beside a post-quantum one", () => {
  const { folder, recipient } = workplace();
  const made = waybill(["keygen", "--classic", "--json", "-o", "classic"], { cwd: folder });
  const classic = (JSON.parse(made.stdout.toString()) as { recipient: string }).recipient;
  assert.equal(waybill(["seal", "-r", classic, "plain"], { cwd: folder }).status, 2);
  assert.equal(waybill(["seal", "--classic", "-r", classic, "plain"], { cwd: folder }).status, 0);
  assert.equal(waybill(["seal", "--classic", "-r", classic, "-r", recipient, "plain"], { cwd: folder }).status, 7);
  assert.equal(waybill(["seal", "-r", classic, "-r", recipient, "plain"], { cwd: folder }).status, 7);
});

test("a malformed key is called that, whatever else is asked", () => {
  const { folder } = workplace();
  for (const key of ["age1xyz", "age1pq1qqqq", "somebody"]) {
    const { status, stderr } = waybill(["seal", "-r", key, "plain"], { cwd: folder });
    assert.equal(status, 7, key);
    assert.ok(!stderr.toString().includes("is classic"), key);
  }
});

test("an address that is refused before anything is asked says which part of it is the trouble", () => {
  const { folder } = workplace();
  const env = { ...environment(), XDG_CONFIG_HOME: folder };
  const said = (url: string) => waybill(["login", url], { cwd: folder, env }).stderr.toString();
  assert.match(said("http://example.com"), /begins with http:.* Use https:\/\/example\.com/);
  assert.match(said("http://localhost:9"), /That port belongs to another service.*check the port/);
});

test("a server that was never there is not called a lost connection", () => {
  const { folder } = workplace();
  const env = { ...environment(), XDG_CONFIG_HOME: folder };
  const { status, stderr } = waybill(["login", "http://localhost:1025"], { cwd: folder, env });
  assert.equal(status, 9);
  assert.match(stderr.toString(), /No server answers at .*:1025 \(ECONNREFUSED\)\. .*Check the address/);
});

test("without a terminal a passphrase is not guessed, and how to give one is said", () => {
  const { folder } = workplace();
  const ended = waybill(["seal", "-p", "-o", "s", "plain"], { cwd: folder });
  assert.equal(ended.status, 2);
  assert.match(ended.stderr, /WAYBILL_PASSPHRASE_FILE/);
  assert.ok(!existsSync(join(folder, "s")));
});

test("an empty answer makes six words, which open in any case and with hyphens", async () => {
  const { folder, at } = workplace();
  const seal = [...waybillCommand, "seal", "-p", "-o", "s", "plain"];
  const sealed = await onTerminal(seal, [["Passphrase", ""]], folder);
  const words = /six words are: ([a-z ]+)/.exec(sealed.stdout.toString())?.[1] ?? assert.fail();
  writeFileSync(at("words"), words.toUpperCase().replaceAll(" ", " - "));
  const opened = waybill(["open", "-o", "o", "s"], { cwd: folder, env: { WAYBILL_PASSPHRASE_FILE: "words" } });
  assert.equal(opened.status, 0, opened.stderr);
});

test("a key file that is itself sealed with a passphrase is asked for and used", () => {
  const { folder } = workplace();
  writeFileSync(join(folder, "words"), "of the key");
  const env = { WAYBILL_PASSPHRASE_FILE: "words" };
  waybill(["seal", "-p", "-o", "key.age", "key"], { cwd: folder, env });
  assert.equal(waybill(["open", "-i", "key.age", "-o", "o", "sealed"], { cwd: folder, env }).status, 0);
});

test("recipients can come from a file", () => {
  const { folder, recipient } = workplace();
  writeFileSync(join(folder, "team"), `# the team\n${recipient}\n\n`);
  assert.equal(waybill(["seal", "-R", "team", "-o", "s", "plain"], { cwd: folder }).status, 0);
  assert.equal(waybill(["open", "-i", "key", "-o", "o", "s"], { cwd: folder }).status, 0);
});

test("a full disk and an unwritable folder are said to be so, with exit code 6", {
  skip: process.platform !== "linux" && "needs /dev/full",
}, () => {
  const { folder, recipient } = workplace();
  const full = waybill(["seal", "-r", recipient, "-o", "/dev/full", "plain"], { cwd: folder });
  assert.equal(full.status, 6);
  assert.match(full.stderr, /disk is full/);
  mkdirSync(join(folder, "sub"));
  assert.equal(waybill(["seal", "-r", recipient, "-o", "sub", "plain"], { cwd: folder }).status, 6);
  assert.equal(waybill(["seal", "-r", recipient, "-o", "none/s", "plain"], { cwd: folder }).status, 6);
  assert.equal(waybill(["seal", "-r", recipient, "missing"], { cwd: folder }).status, 6);
});

test("a reader that ends early ends the command, with code 6 and no fault", () => {
  const { folder, recipient, at } = workplace();
  writeFileSync(at("big"), Buffer.alloc(8_000_000));
  const [node, cli] = waybillCommand;
  const command = `'${node}' '${cli}' seal -r ${recipient} big | head -c 10 > /dev/null; exit \${PIPESTATUS[0]}`;
  const ended = spawnSync("bash", ["-c", command], { cwd: folder, env: environment() });
  assert.equal(ended.status, 6, ended.stderr.toString());
  assert.match(ended.stderr.toString(), /program reading it has ended/);
});

test("an interrupted command ends with 130 and leaves nothing", async () => {
  const { folder, recipient, files } = workplace();
  const before = files();
  const [node, cli] = waybillCommand;
  const child = spawn(node, [cli, "seal", "-r", recipient, "-o", "s"], { cwd: folder, env: environment() });
  child.stdin.on("error", () => {});
  child.stdin.write(Buffer.alloc(3_000_000));
  while (files().length === before.length) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  assert.equal(await new Promise((resolve) => child.on("close", resolve)), 130);
  assert.deepEqual(files(), before);
});

test("a killed command leaves no file of the name asked for", async () => {
  const { folder, recipient, files, at } = workplace();
  const before = files();
  const [node, cli] = waybillCommand;
  const child = spawn(node, [cli, "seal", "-r", recipient, "-o", "s"], { cwd: folder, env: environment() });
  child.stdin.on("error", () => {});
  child.stdin.write(Buffer.alloc(3_000_000));
  while (files().length === before.length) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGKILL");
  await new Promise((resolve) => child.on("close", resolve));
  assert.ok(!existsSync(at("s")));
});

test("help lists every command and exit code; what is not understood ends with 2 and says where to look", () => {
  const help = waybill(["help"]).stdout.toString();
  assert.match(waybill(["--version"]).stdout.toString(), /^waybill \d+\.\d+\.\d+\n$/);
  for (const word of ["keygen", "seal", "open", "130"]) assert.match(help, new RegExp(word));
  assert.match(waybill(["help", "seal"]).stdout.toString(), /--recipient/);
  assert.match(waybill(["open", "--help"]).stdout.toString(), /--identity/);
  for (const args of [["bogus"], ["seal"], ["seal", "--bogus"], ["seal", "-p", "-r", "x"], ["open", "a", "b"]]) {
    assert.equal(waybill(args).status, 2, args.join(" "));
  }
  const json = JSON.parse(waybill(["bogus", "--json"]).stderr) as { error: { code: string } };
  assert.equal(json.error.code, "usage");
});
