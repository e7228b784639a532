import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { after, test } from "node:test";
import { main } from "../../src/cli/main.ts";
import { requireProgram } from "../../src/testing/programs.ts";
import { readPdf } from "../../src/testing/read-pdf.ts";
import { madePdf } from "../e2e/made-pdf.ts";
import { onTerminal, runProgram, waybill, waybillCommand } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-package-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
writeFileSync(at("Witness list – Smith.txt"), "at ten, in room four");

const OUTSIDE = [
  "--reference",
  "WB-7F3K-Q2XV",
  "--organisation",
  "Marlow Council",
  "--call",
  "Records desk, 020 7946 0001",
];
const FILES = [
  ...["WB-7F3K-Q2XV-how-to-open.pdf", "WB-7F3K-Q2XV-how-to-open.txt"],
  ...["WB-7F3K-Q2XV-sut-i-agor.pdf", "WB-7F3K-Q2XV-sut-i-agor.txt", "WB-7F3K-Q2XV.zip"],
];

interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `waybill package` in this process, without a terminal. `@3` stands for a descriptor that reads a text, or writes into a file. */
async function packaging(
  args: readonly string[],
  three: { read?: string; write?: string } = {},
  files: readonly string[] = ["Witness list – Smith.txt"],
): Promise<Said> {
  if (three.read !== undefined) writeFileSync(at("three"), three.read);
  const fd = openSync(three.write ?? at("three"), three.write === undefined ? "a+" : "w");
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const parts = {
    ...{ stdin: Readable.from([]), stdout, stderr, passphraseFile: undefined, configFolder: folder },
    signal: new AbortController().signal,
    checkLog: () => Promise.reject(new Error("no log here")),
    openTerminal: () => null,
  };
  const words = args.map((each) => (each === "@3" ? String(fd) : each));
  const status = await main(["package", ...files.map(at), ...words], parts);
  closeSync(fd);
  return { status, stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") };
}

test("SDT-15, SDT-26: files become a package with sheets in English and Welsh, and a record with digests; the password goes where it is told", async () => {
  const made = await packaging([...OUTSIDE, "--format", "zip", "-o", at("out"), "--json", "--password-to-fd", "@3"], {
    write: at("password"),
  });
  assert.equal(made.status, 0, made.stderr);
  assert.deepEqual(readdirSync(at("out")).sort(), FILES);
  const record = JSON.parse(made.stdout) as { files: { name: string; sha256: string; size: number }[] };
  assert.deepEqual(record.files.map(({ name }) => name).sort(), FILES);
  for (const { name, sha256, size } of record.files) {
    const bytes = readFileSync(join(at("out"), name));
    assert.deepEqual([bytes.length, createHash("sha256").update(bytes).digest("hex")], [size, sha256], name);
  }
  const password = readFileSync(at("password"), "utf8").trim();
  assert.match(password, /^[a-z]+( [a-z]+){5}$/);
  const opened = runProgram(requireProgram("7z"), ["t", `-p${password}`, at("out/WB-7F3K-Q2XV.zip")]);
  assert.equal(opened.status, 0, opened.stderr);
  const said = made.stdout + made.stderr + FILES.map((name) => readFileSync(join(at("out"), name), "latin1")).join("");
  for (const secret of [password, "Smith", "room four"]) assert.ok(!said.includes(secret), secret);
  const text = readFileSync(at("out/WB-7F3K-Q2XV-sut-i-agor.txt"), "utf8");
  assert.match(text, /Os nad i chi y mae\r\n[\s\S]*Ffoniwch Records desk, 020 7946 0001[\s\S]*Eich cyfrifoldebau/);
});

test("SDT-20: at a terminal the password is shown once, and is in nothing that standard output is sent to", async () => {
  const shell = `${waybillCommand.map((word) => `'${word}'`).join(" ")} package 'Witness list – Smith.txt' ${OUTSIDE.map((word) => `'${word}'`).join(" ")} --format age -o shown >record 2>said`;
  const screen = await onTerminal(["sh", "-c", shell], [], folder);
  assert.equal(screen.status, 0, screen.stdout.toString());
  const [password = "", ...more] = screen.stdout.toString().match(/\b[a-z]+( [a-z]+){5}(?=\r)/g) ?? [];
  assert.equal(more.length, 0);
  assert.match(screen.stdout.toString(), /shown only now/);
  assert.ok(password.length > 20 && !readFileSync(at("record"), "utf8").includes(password));
  assert.equal(readFileSync(at("said"), "utf8"), "");
});

test("SDT-24, SDT-28: the sheets say where arrival can be confirmed, the code for it, and where a stick goes back to", async () => {
  const where = ["--arrived-at", "waybill.marlow.test", "--arrival-code", "k7qx2mpa"];
  const back = ["--return-to", "1 Example Street,\n Marlow"];
  const options = ["--format", "zip", "-o", at("arrival"), "--password-to-fd", "@3"];
  assert.equal((await packaging([...OUTSIDE, ...options, ...where, ...back])).status, 0);
  const sheet = readFileSync(at("arrival/WB-7F3K-Q2XV-how-to-open.txt"), "utf8");
  assert.match(
    sheet,
    /Type waybill\.marlow\.test\/arrived into a browser, and enter the reference and the code K7QX-2MPA/,
  );
  assert.match(sheet, /send that back to 1 Example Street, Marlow\./);
  const half = await packaging([...OUTSIDE, "--format", "zip", "-o", at("no"), "--arrived-at", "waybill.marlow.test"]);
  assert.equal(half.status, 2);
  assert.match(half.stderr, /both or none/);
});

test("OXM-20: a strong password is typed twice at the terminal, shows nothing, and opens the package", async () => {
  const chosen = "gorse mantle tidy quench";
  const args = ["package", "Witness list – Smith.txt", ...OUTSIDE, "--format", "zip", "-o", "typed", "--type-password"];
  const dialogue = [["Password:", chosen] as const, ["again:", chosen] as const];
  const typed = await onTerminal([...waybillCommand, ...args], dialogue, folder);
  assert.equal(typed.status, 0, typed.stdout.toString());
  assert.ok(!typed.stdout.includes("gorse"));
  assert.equal(runProgram(requireProgram("7z"), ["t", `-p${chosen}`, at("typed/WB-7F3K-Q2XV.zip")]).status, 0);
});

test("OXM-20: a typed password is refused while it is weak, and nothing is made", async () => {
  const weak = await packaging([...OUTSIDE, "--format", "zip", "-o", at("weak"), "--password-fd", "@3", "--json"], {
    read: "Password12345!\n",
  });
  assert.equal(weak.status, 4);
  assert.match(weak.stderr, /"code":"weak-password".*would need/);
  assert.ok(!weak.stderr.includes("Password12345"));
  assert.ok(!existsSync(at("weak")));
});

test("SDT-23, SDT-27: the record goes into a PDF too, with every digest and no name of what is inside; without a package there is none", async () => {
  const record = at("record.pdf");
  const args = [...OUTSIDE, "--format", "zip", "-o", at("recorded"), "--record", record, "--json"];
  const refused = await packaging([...args, "--password-fd", "@3"], { read: "password1234" });
  assert.notEqual(refused.status, 0);
  assert.equal(existsSync(record), false, "nothing was packed");
  const made = await packaging([...args, "--password-to-fd", "@3"], { write: at("recorded-password") });
  assert.equal(made.status, 0, made.stderr);
  const { packed } = await readPdf(new Uint8Array(readFileSync(record)));
  const { files } = JSON.parse(made.stdout) as { files: { sha256: string }[] };
  for (const { sha256 } of files) assert.ok(packed.includes(sha256), sha256);
  assert.ok(packed.includes("WB-7F3K-Q2XV"));
  assert.doesNotMatch(packed, /Smith|Witness/);
  assert.ok(!packed.includes(readFileSync(at("recorded-password"), "utf8").trim()));
  const again = await packaging([...args, "--password-to-fd", "@3"], { write: at("recorded-password") });
  assert.notEqual(again.status, 0);
  assert.match(again.stderr, /record\.pdf/, "what is there already is left as it is");
});

test("what stands in the way is said before anything is made", async () => {
  const refusals: readonly (readonly [args: readonly string[], exit: number, says: RegExp])[] = [
    [[...OUTSIDE, "--format", "zip", "-o", at("no")], 2, /no terminal to show the password at, so nothing was made/],
    [[...OUTSIDE, "--format", "zip", "-o", at("no"), "--password-to-fd", "1"], 2, /3 or more/],
    [
      [...OUTSIDE, "--format", "zip", "-o", folder, "--password-file", at("secret")],
      2,
      /may not lie where the package goes/,
    ],
    [[...OUTSIDE, "--format", "zip", "-o", at("no"), "--password-to-fd", "99"], 2, /Descriptor 99 is not open/],
    [[...OUTSIDE, "--format", "pdf", "-o", at("no"), "--password-to-fd", "@3"], 19, /cannot become a PDF/],
    [
      [...OUTSIDE, "-o", at("no"), "--recipient-has", "windows", "--password-to-fd", "@3"],
      3,
      /Send a secure link instead/,
    ],
    // SDT-23: the register is asked first, wherever nobody says that it cannot be.
    [
      [...OUTSIDE, "--format", "zip", "--to-volume", ".", "--serial", "M-1"],
      13,
      /waybill login[\s\S]*--without-register/,
    ],
    [[...OUTSIDE, "--format", "zip", "--password-to-fd", "@3"], 2, /-o DIR or --to-volume/],
    [[...OUTSIDE, "--format", "zip", "-r", "age1nothing", "-o", at("no")], 2, /Only an age file is sealed to keys/],
    [[...OUTSIDE.slice(0, 2), "--format", "zip", "-o", at("no")], 2, /--organisation NAME --call WHOM/],
    [["--reference", "WB-7F3K-Q2XZ", ...OUTSIDE.slice(2), "--format", "zip", "-o", at("no")], 2, /mistyped/],
    [
      [
        ...OUTSIDE,
        "--format",
        "zip",
        "--to-volume",
        ".",
        "--serial",
        "M-1",
        "--without-register",
        "--password-to-fd",
        "@3",
      ],
      2,
      /not the top folder of a volume/,
    ],
    [
      [
        ...OUTSIDE,
        "--format",
        "zip",
        "--to-volume",
        "/",
        "--serial",
        "M-1",
        "--without-register",
        "--password-to-fd",
        "@3",
      ],
      18,
      /this computer runs from/,
    ],
  ];
  for (const [args, exit, says] of refusals) {
    const refused = await packaging(args);
    assert.equal(refused.status, exit, `${args.join(" ")}: ${refused.stderr}`);
    assert.match(refused.stderr, says);
    assert.ok(!existsSync(at("no")));
  }
});

test("the program that is installed passes on the descriptor that it is told", () => {
  const launcher = join(import.meta.dirname, "../../launch/waybill.mjs");
  const words = [
    "package",
    "'Witness list – Smith.txt'",
    ...OUTSIDE.map((word) => `'${word}'`),
    "--format",
    "zip",
    "-o",
    "launched",
  ];
  const command = `'${process.execPath}' '${launcher}' ${words.join(" ")} --password-to-fd 5 5>five`;
  const done = runProgram("sh", ["-c", command], { cwd: folder });
  assert.equal(done.status, 0, done.stderr);
  const opened = runProgram(requireProgram("7z"), [
    "t",
    `-p${readFileSync(at("five"), "utf8").trim()}`,
    at("launched/WB-7F3K-Q2XV.zip"),
  ]);
  assert.equal(opened.status, 0);
});

test("a package that is there already is left as it is", async () => {
  const before = readFileSync(at("out/WB-7F3K-Q2XV.zip"));
  const again = await packaging([...OUTSIDE, "--format", "zip", "-o", at("out"), "--password-to-fd", "@3"]);
  assert.equal(again.status, 6);
  assert.match(again.stderr, /exists already and was left as it is/);
  assert.ok(readFileSync(at("out/WB-7F3K-Q2XV.zip")).equals(before));
  assert.deepEqual(readdirSync(at("out")).sort(), FILES);
});

test("SDT-15: several documents have one password, and the record says how many they are and how large", async () => {
  const documents = ["a.pdf", "b.pdf"];
  for (const name of documents) writeFileSync(at(name), madePdf({ pages: [{ lines: [name] }] }));
  const asked = [...OUTSIDE, "--format", "pdf", "-o", at("two"), "--password-to-fd", "@3"];
  const made = await packaging(asked, { write: at("two-password") }, documents);
  assert.equal(made.status, 0, made.stderr);
  const paths = [1, 2].map((number) => join(at("two"), `WB-7F3K-Q2XV-${number}.pdf`));
  const password = `--password=${readFileSync(at("two-password"), "utf8").trim()}`;
  for (const path of paths) assert.equal(runProgram(requireProgram("qpdf"), ["--check", password, path]).status, 0);
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  assert.match(made.stdout, new RegExp(`^Package {4}2 files, ${bytes} bytes in all$`, "m"));
});

test("OXM-13: what the recipient has chooses the format, and who can open it with what is said", () => {
  const advised = waybill(["package", "--advise", "--recipient-has", "7-zip,windows", at("Witness list – Smith.txt")]);
  assert.match(advised.stdout.toString(), /^Use zip\. .*They can open it with 7-Zip\./);
});
