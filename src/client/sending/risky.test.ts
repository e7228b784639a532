import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../bytes/text.ts";
import { type Chosen, HEAD_SIZE, type Risk, riskOf } from "./risky.ts";

function chosen(name: string, bytes: Uint8Array): Chosen {
  return {
    name,
    size: bytes.length,
    head: bytes.subarray(0, HEAD_SIZE),
    read: async (start, end) => bytes.subarray(start, end),
  };
}

/** A zip with one stored, empty member of that name. */
function zipOf(member: string): Uint8Array {
  const name = Buffer.from(member);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  return Buffer.concat([local, name, central, name, end]);
}

const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100)]);
const oldOffice = Buffer.concat([
  Buffer.from("d0cf11e0a1b11ae1", "hex"),
  Buffer.alloc(700),
  Buffer.from("_VBA_PROJECT", "utf16le"),
]);

test("programs, scripts and files with macros are found by name, by first bytes, and by the names inside", async () => {
  const cases: [string, Uint8Array, Risk | null][] = [
    ["setup.exe", utf8(""), "program"],
    ["SETUP.EXE. ", utf8(""), "program"],
    ["folder.app/readme.txt", utf8("hello"), null],
    ["photo.jpg", program, "program"],
    ["notes.txt", utf8("MZ was here"), null],
    ["report.pdf", Buffer.from("7f454c4602010100", "hex"), "program"],
    ["run", utf8("#!/bin/sh\n"), "script"],
    ["macro.docm", utf8(""), "macros"],
    ["hidden.docx", zipOf("word/vbaProject.bin"), "macros"],
    ["plain.docx", zipOf("word/document.xml"), null],
    ["files.zip", zipOf("tools/run.ps1"), "script"],
    ["old.doc", oldOffice, "macros"],
    ["older.doc", oldOffice.subarray(0, 700), null],
    ["letter.pdf", utf8("%PDF-1.7"), null],
    ["empty", utf8(""), null],
  ];
  for (const [name, bytes, risk] of cases) assert.equal(await riskOf(chosen(name, bytes)), risk, name);
});
