import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { requireProgram } from "../../src/testing/programs.ts";
import { onTerminal, runProgram } from "../cli/processes.ts";
import { excelWorkbook, powerPoint, wordDocument } from "./office-documents.ts";
import { item, packed, REFERENCE, temporaryFolder } from "./packed.ts";
import { pdfWithEverything } from "./pdf-documents.ts";

const PASSWORD = "gorse mantle tidy quench lapel oval";
const SHORT = "k7mw-4tq9-px2bc";
const folder = temporaryFolder();
const contents = Buffer.from(Uint8Array.from({ length: 1_300_000 }, (_, at) => at * 7));
const files = [
  item("Gwrandawiad – rhestr.txt", Buffer.from("at ten, in room four")),
  item("bundle/scan.bin", contents),
];

test("OXM-13, SDT-15: 7-Zip opens a zip with its password and not with another, and lists the reference only", async () => {
  const [zip] = await packed("zip", files, { password: PASSWORD });
  assert.equal(zip?.name, `${REFERENCE}.zip`);
  const path = folder.put(zip?.name ?? "", zip?.bytes ?? Buffer.alloc(0));
  const sevenZip = requireProgram("7z");
  const listed = runProgram(sevenZip, ["l", "-slt", path]).stdout.toString();
  assert.match(listed, /Method = AES-256 Store/);
  assert.deepEqual(
    [...listed.matchAll(/^Path = (.*)$/gm)].map(([, name]) => name),
    [path, `${REFERENCE}-files.zip`],
  );
  assert.match(listed, /^CRC = $/m, "AE-2: no checksum of the contents");

  const wrong = runProgram(sevenZip, ["t", `-p${PASSWORD}!`, path]);
  assert.match(wrong.stderr + wrong.stdout.toString(), /Wrong password/);
  assert.notEqual(wrong.status, 0);
  const opened = runProgram(sevenZip, ["x", `-p${PASSWORD}`, `-o${folder.path}/zip`, path]);
  assert.equal(opened.status, 0, opened.stderr);
  const inner = runProgram(sevenZip, [
    "x",
    `-o${folder.path}/files`,
    join(folder.path, "zip", `${REFERENCE}-files.zip`),
  ]);
  assert.equal(inner.status, 0, inner.stderr);
  assert.equal(readFileSync(join(folder.path, "files", "Gwrandawiad – rhestr.txt"), "utf8"), "at ten, in room four");
  assert.ok(readFileSync(join(folder.path, "files", "bundle", "scan.bin")).equals(contents));
});

test("7-Zip finds a zip damaged at any byte of its contents", async () => {
  const [zip] = await packed("zip", files, { password: PASSWORD });
  const bytes = Buffer.from(zip?.bytes ?? []);
  bytes.writeUInt8(bytes.readUInt8(700_000) ^ 1, 700_000);
  assert.notEqual(runProgram(requireProgram("7z"), ["t", `-p${PASSWORD}`, folder.put("damaged.zip", bytes)]).status, 0);
});

test("OXM-13: age opens an age file with its password and not with another; 7-Zip opens what is inside", async () => {
  const [file] = await packed("age", files, { password: PASSWORD });
  assert.equal(file?.name, `${REFERENCE}.zip.age`);
  folder.put("p.age", file?.bytes ?? Buffer.alloc(0));
  const age = requireProgram("age");
  const wrong = await onTerminal([age, "-d", "-o", "p.zip", "p.age"], [["passphrase", "gorse mantle"]], folder.path);
  assert.notEqual(wrong.status, 0);
  const right = await onTerminal([age, "-d", "-o", "p.zip", "p.age"], [["passphrase", PASSWORD]], folder.path);
  assert.equal(right.status, 0, right.stdout.toString());
  assert.equal(runProgram(requireProgram("7z"), ["t", join(folder.path, "p.zip")]).status, 0);
});

test("age opens an age file that is sealed to a key, and not with another key", async () => {
  const [keys, others] = ["a.key", "b.key"].map((name) => join(folder.path, name));
  const [recipient] = [keys, others].map((path) => {
    runProgram(requireProgram("age-keygen"), ["-o", path ?? ""]);
    return runProgram(requireProgram("age-keygen"), ["-y", path ?? ""])
      .stdout.toString()
      .trim();
  });
  const [file] = await packed("age", files, { recipients: [recipient ?? ""] });
  const path = folder.put("k.age", file?.bytes ?? Buffer.alloc(0));
  const open = (key: string | undefined) => runProgram(requireProgram("age"), ["-d", "-i", key ?? "", path]);
  assert.notEqual(open(others).status, 0);
  const inside = folder.put("k.zip", open(keys).stdout);
  assert.equal(runProgram(requireProgram("7z"), ["t", inside]).status, 0);
});

test("OXM-13: qpdf opens a PDF with its password and not with another, and finds it under AES-256 and otherwise the same", async () => {
  const plain = await pdfWithEverything();
  const [pdf] = await packed("pdf", [item("Hearing bundle.pdf", plain)], { password: PASSWORD });
  const path = folder.put(pdf?.name ?? "", pdf?.bytes ?? Buffer.alloc(0));
  const qpdf = requireProgram("qpdf");
  assert.match(runProgram(qpdf, ["--check", path]).stderr, /invalid password/);
  assert.match(runProgram(qpdf, ["--check", "--password=gorse", path]).stderr, /invalid password/);
  const checked = runProgram(qpdf, ["--check", `--password=${PASSWORD}`, path]);
  assert.equal(checked.status, 0, checked.stderr);
  assert.match(
    checked.stdout.toString(),
    /R = 6[\s\S]*stream encryption method: AESv3\nstring encryption method: AESv3/,
  );
  assert.doesNotMatch(checked.stdout.toString(), /not allowed/);

  const before = objectsIn(runProgram(qpdf, ["--json", folder.put("plain.pdf", plain)]).stdout);
  const after = objectsIn(runProgram(qpdf, ["--json", `--password=${PASSWORD}`, path]).stdout);
  const gone = [...before].filter((object) => !after.has(object));
  assert.deepEqual(gone, []);
  for (const word of ["Margin note", "A. Clerk", "secret-list.txt", "en-GB", "Bookmark"]) {
    assert.ok(
      [...after].some((object) => object.includes(word)),
      word,
    );
    assert.ok(!pdf?.bytes.includes(word), word);
  }
});

/** Every object of a document as qpdf shows it, but for what encrypting changes: the catalog's extension, lengths, numbers of objects. */
function objectsIn(json: Buffer): ReadonlySet<string> {
  const { objects, qpdf } = JSON.parse(json.toString()) as { objects?: object; qpdf?: readonly object[] };
  const all = Object.entries(objects ?? qpdf?.[1] ?? {}).filter(([name]) => name !== "trailer");
  const texts = all.map(([name, object]) =>
    JSON.stringify(object, (key, value) => (key === "/Extensions" || key === "/Length" ? undefined : value)).replace(
      /^/,
      `${name} `,
    ),
  );
  return new Set(texts.filter((text) => !/"\/Type":"\/(?:ObjStm|XRef)"/.test(text)));
}

test("OXM-13: LibreOffice opens Word, Excel and PowerPoint documents with their password and not with another", async () => {
  const documents = [
    item("minutes.docx", await wordDocument("What was decided")),
    item("people.xlsx", await excelWorkbook("Who was there")),
    item("slides.pptx", await powerPoint("What was shown")),
  ];
  const made = await packed("office", documents, { password: SHORT });
  assert.deepEqual(
    made.map(({ name }) => name),
    [`${REFERENCE}-1.docx`, `${REFERENCE}-2.xlsx`, `${REFERENCE}-3.pptx`],
  );
  const paths = made.map(({ name, bytes }) => folder.put(name, bytes));
  const right = paths.map((path) => ({ path, password: SHORT }));
  const wrong = paths.map((path) => ({ path, password: SHORT.toUpperCase() }));
  const altered = made.map(({ name, bytes }) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(700) ^ 1, 700);
    return { path: folder.put(`altered-${name}`, copy), password: SHORT };
  });
  assert.deepEqual(inLibreOffice([...right, ...wrong, ...altered]), [
    ...["What was decided", "Who was there", "What was shown"],
    ...[null, null, null, null, null, null],
  ]);
});

interface Locked {
  readonly path: string;
  readonly password: string;
}

/** What LibreOffice finds in each; null where it does not open it. */
function inLibreOffice(documents: readonly Locked[]): readonly (string | null)[] {
  const uno = requireProgram("python-uno");
  const python = uno.endsWith(".py") ? "/usr/bin/python3" : uno;
  const script = join(import.meta.dirname, "open-in-libreoffice.py");
  const profile = join(folder.path, "libreoffice");
  const done = runProgram(python, [script, requireProgram("libreoffice"), profile, JSON.stringify(documents)]);
  assert.equal(done.status, 0, done.stderr);
  rmSync(profile, { recursive: true, force: true });
  return JSON.parse(done.stdout.toString()) as readonly (string | null)[];
}

test("the document inside is the same byte for byte, at every layout, as another program for Office's encryption reads it", async () => {
  const { decrypt } = (await import("officecrypto-tool")) as unknown as {
    decrypt(input: Buffer, options: { password: string }): Promise<Buffer>;
  };
  // In the mini stream, just too large for it, and with more sectors of allocation table than the header names.
  for (const size of [30, 4_081, 7_300_000]) {
    const document = Buffer.from(Uint8Array.from({ length: size }, (_, at) => at % 251));
    document.set([0x50, 0x4b, 0x03, 0x04]);
    const [made] = await packed("office", [item("a.docx", document, 50_001)], { password: SHORT });
    const opened = await decrypt(made?.bytes ?? Buffer.alloc(0), { password: SHORT }).catch((cause: unknown) => cause);
    assert.ok(Buffer.isBuffer(opened) && opened.equals(document), `${size} bytes: ${opened}`);
  }
});
