import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { nodeCipher } from "../../src/cli/node-cipher.ts";
import type { Format } from "../../src/containers/formats.ts";
import { openBytes } from "../../src/seal/opening.ts";
import { requireProgram } from "../../src/testing/programs.ts";
import { runProgram } from "../cli/processes.ts";
import { type GuardedPage, openGuardedPage } from "../vectors/guarded-page.ts";
import { wordDocument } from "./office-documents.ts";
import { REFERENCE, temporaryFolder } from "./packed.ts";
import { pdfThatIs, pdfWithEverything } from "./pdf-documents.ts";
import type { AskWorker } from "./worker-page.ts";

const folder = temporaryFolder();
let guarded: GuardedPage;
let page: Page;

/** One page with the worker as it is bundled, guarded as the server's own pages are. */
before(async () => {
  guarded = await openGuardedPage({
    "/page.js": "test/containers/worker-page.ts",
    "/package.js": "src/web/workers/package.ts",
    "/pulled.js": "test/containers/pulled-worker.ts",
  });
  page = guarded.page;
});
after(() => guarded.close());

/** Makes a package in the browser, of one file or of the same one so many times. */
function make(
  format: Format,
  name: string,
  content: Uint8Array,
  opening: { typed: string } | "made",
  way: "private" | "memory",
  times = 1,
) {
  const file = { format, name, content: Buffer.from(content).toString("base64") };
  const given = { ...file, opening, way, reference: REFERENCE, times };
  return page.evaluate(async ({ format, name, content, opening, way, reference, times }) => {
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    const { askWorker } = globalThis as unknown as { askWorker: AskWorker };
    const outside = {
      reference,
      organisation: "Marlow Council",
      call: "020 7946 0001",
      arrival: null,
      languages: ["en", "cy"] as const,
      returnTo: "1 Example Street, London",
      known: [reference, "Parole of Jane Doe"],
      date: "2026-11-22T10:00:00Z",
    };
    const files = Array.from({ length: times }, () => ({ name, content: new Blob([bytes]) }));
    const wish = { ...outside, format, files, opening };
    return askWorker({ kind: "make", wish, where: { way } });
  }, given);
}

test("OXM-13: the worker advises a kind from what the recipient has; several documents are several packages", async () => {
  const advise = (has: readonly string[], names: readonly string[]) =>
    page.evaluate(
      ([tools, files]) => {
        const { askWorker } = globalThis as unknown as { askWorker: AskWorker };
        return askWorker({ kind: "advise", has: tools, files: files.map((name) => ({ name, size: 900 })) });
      },
      [has, names] as const,
    );
  const bestOf = async (has: readonly string[], names: readonly string[]) => {
    const { news } = await advise(has, names);
    return news.kind === "advised" ? news.advice.best : assert.fail(news.kind);
  };
  assert.equal(await bestOf(["pdf-reader", "no such program"], ["a.pdf"]), "pdf");
  assert.equal(await bestOf(["pdf-reader"], ["a.pdf", "b.pdf"]), "pdf");
  assert.equal(await bestOf(["pdf-reader"], ["a.pdf", "b.txt"]), null);
  assert.equal(await bestOf(["nothing"], ["a.pdf"]), null, "a secure link serves better");
  assert.equal(await bestOf(["pdf-reader", "7-zip"], ["a.pdf", "b.pdf"]), "zip");
});

test("OXM-13: the browser makes packages that others' programs open, and says their digests and the password once", async () => {
  const inputs = {
    zip: Buffer.from("room four"),
    age: Buffer.from("room four"),
    pdf: await pdfWithEverything(),
    office: await wordDocument("room four"),
  };
  const names = { zip: "minutes.txt", age: "minutes.txt", pdf: "minutes.pdf", office: "minutes.docx" };
  for (const format of ["zip", "age", "pdf", "office"] as const) {
    const { news, contents } = await make(
      format,
      names[format],
      inputs[format],
      "made",
      format === "zip" ? "private" : "memory",
    );
    assert.equal(news.kind, "made", JSON.stringify(news));
    if (news.kind !== "made") return;
    const [file] = news.files;
    const bytes = Buffer.from(contents[0] ?? "", "base64");
    const password = news.password ?? "";
    assert.equal(file?.sha256, createHash("sha256").update(bytes).digest("hex"));
    assert.deepEqual(
      news.files.slice(1).map(({ name }) => name),
      [`${REFERENCE}-how-to-open.txt`, `${REFERENCE}-sut-i-agor.txt`],
    );
    await OPENS[format](folder.put(file?.name ?? "", bytes), bytes, password, Buffer.from(inputs[format]));
  }
  assert.deepEqual(guarded.complaints, []);
});

test("OXM-13, SDT-27: several documents have one password, and the reference and a number for names; the sheets say so", async () => {
  const { news, contents } = await make("pdf", "Abuse report.pdf", await pdfWithEverything(), "made", "memory", 2);
  if (news.kind !== "made") return assert.fail(JSON.stringify(news));
  const packed = news.files.filter((file) => file.packed);
  assert.deepEqual(
    packed.map(({ name }) => name),
    [`${REFERENCE}-1.pdf`, `${REFERENCE}-2.pdf`],
  );
  assert.equal(new Set(packed.map(({ sha256 }) => sha256)).size, 2, "each under a key of its own");
  for (const [at, { name, sha256 }] of packed.entries()) {
    const bytes = Buffer.from(contents[at] ?? "", "base64");
    assert.equal(sha256, createHash("sha256").update(bytes).digest("hex"));
    const path = folder.put(name, bytes);
    assert.equal(runProgram(requireProgram("qpdf"), ["--check", `--password=${news.password}`, path]).status, 0);
  }
  const sheet = Buffer.from(contents[2] ?? "", "base64").toString();
  assert.match(
    sheet,
    new RegExp(
      `Open ${REFERENCE}-1\\.pdf, ${REFERENCE}-2\\.pdf with[\\s\\S]*same for all[\\s\\S]*send that back to 1 Example Street`,
    ),
  );
});

type Opens = (path: string, bytes: Buffer, password: string, content: Buffer) => Promise<void>;

const OPENS: Readonly<Record<Format, Opens>> = {
  async zip(path, _bytes, password) {
    const right = runProgram(requireProgram("7z"), ["x", "-so", `-p${password}`, path]);
    assert.ok(right.stdout.includes("room four"), right.stderr);
    assert.notEqual(runProgram(requireProgram("7z"), ["t", "-pwrong", path]).status, 0);
  },
  async age(_path, bytes, passphrase) {
    const opened = await openBytes(new Uint8Array(bytes), { passphrase }, nodeCipher);
    assert.ok(Buffer.from(opened).includes("room four"));
  },
  async pdf(path, _bytes, password) {
    assert.equal(runProgram(requireProgram("qpdf"), ["--check", `--password=${password}`, path]).status, 0);
    assert.notEqual(runProgram(requireProgram("qpdf"), ["--check", path]).status, 0);
  },
  async office(_path, bytes, password, content) {
    const { decrypt } = (await import("officecrypto-tool")) as unknown as {
      decrypt(input: Buffer, options: { password: string }): Promise<Buffer>;
    };
    assert.ok((await decrypt(bytes, { password })).equals(content));
    await assert.rejects(decrypt(bytes, { password: "wrong" }));
  },
};

test("OXM-20: the browser judges a typed password by the same rule, and makes nothing with a weak one", async () => {
  const judge = (password: string) =>
    page.evaluate(async (password) => {
      const { askWorker } = globalThis as unknown as { askWorker: AskWorker };
      return (await askWorker({ kind: "judge", password, format: "zip", known: [] })).news;
    }, password);
  const [weak, strong] = [await judge("Password12345!"), await judge("gorse mantle tidy quench")];
  assert.ok(weak.kind === "judged" && !weak.judgement.ok && strong.kind === "judged" && strong.judgement.ok);
  const { news } = await make("zip", "a.txt", Buffer.from("a"), { typed: "Password12345!" }, "memory");
  assert.equal(news.kind === "not-made" && news.trouble.code, "weak-password");
  const told = await make("zip", "a.txt", Buffer.from("a"), { typed: "Jane Doe of parole" }, "memory");
  assert.equal(told.news.kind === "not-made" && told.news.trouble.code, "weak-password", "of what it is about");
});

test("SDT-23: a medium that is pulled out in the middle holds nothing that looks complete, though nothing can be taken away from it", async () => {
  const documents = [await pdfWithEverything(), await pdfThatIs("signed")].map((each) =>
    Buffer.from(each).toString("base64"),
  );
  const found = await page.evaluate(
    async ([documents, reference]) => {
      const { askWorker } = globalThis as unknown as { askWorker: AskWorker };
      const root = await navigator.storage.getDirectory();
      const stick = await root.getDirectoryHandle("stick", { create: true });
      const files = documents.map((content, at) => {
        const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
        return { name: `${at}.pdf`, content: new Blob([bytes]) };
      });
      const outside = { reference, organisation: "Marlow Council", call: "020 7946 0001", arrival: null };
      const about = { languages: ["en"] as const, date: "2026-11-22T10:00:00Z", returnTo: null, known: [] };
      const wish = { ...outside, ...about, format: "pdf" as const, files, opening: "made" as const };
      const { news } = await askWorker({ kind: "make", wish, where: { way: "folder", handle: stick } }, "pulled");
      const sizes: number[] = [];
      for await (const own of stick.values()) {
        if (own.kind === "file") sizes.push((await (own as FileSystemFileHandle).getFile()).size);
      }
      return { kind: news.kind, sizes };
    },
    [documents, REFERENCE] as const,
  );
  assert.equal(found.kind, "not-made");
  assert.ok(found.sizes.length > 0 && found.sizes.every((size) => size === 0), `sizes: ${found.sizes}`);
});

test("what cannot be packed is refused with its code, and leaves nothing", async () => {
  const { news } = await make("pdf", "a.pdf", await pdfThatIs("signed"), "made", "private");
  assert.equal(news.kind === "not-made" && news.trouble.code, "not-kept");
  const left = await page.evaluate(async () => {
    const opened = await (await navigator.storage.getDirectory()).getDirectoryHandle("opened", { create: true });
    const names: string[] = [];
    for await (const [name, own] of opened.entries()) {
      if (own.kind === "directory")
        for await (const file of (own as FileSystemDirectoryHandle).keys()) names.push(`${name}/${file}`);
    }
    return names.length;
  });
  assert.equal(left, 3, "the three files of the zip that was made before, and none of the refused PDF");
});
