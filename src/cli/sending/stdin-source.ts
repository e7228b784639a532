import { randomBytes } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { generateKeyPair } from "../../seal/keys.ts";
import { openFile } from "../../seal/opening.ts";
import { newSealing, sealFile } from "../../seal/sealing.ts";
import { ensureFolder } from "../account/config-folder.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { nodeCipher } from "../node-cipher.ts";
import { Progress } from "../progress.ts";
import { fileError } from "../system-error.ts";
import type { Source } from "./source.ts";

const STEP = 1024 * 1024;

/**
 * Standard input, kept until it is sent: a transfer's size has to be known before its first byte goes. It is kept sealed, under a key
 * that only this process has, in a file without a name.
 */
export async function stdinSource(name: string, parts: Parts): Promise<Source> {
  if (parts.stdin.isTTY) {
    throw new CliError({ code: "usage", message: "There is nothing to read for -: pipe something in." });
  }
  await ensureFolder(parts.configFolder);
  const path = join(parts.configFolder, `.${randomBytes(6).toString("hex")}.spool`);
  let file: FileHandle | undefined;
  try {
    file = await open(path, "wx+", 0o600);
    await unlink(path);
    return await spool(name, file, parts);
  } catch (cause) {
    await file?.close();
    throw fileError("keep standard input in", path, cause);
  }
}

async function spool(name: string, file: FileHandle, parts: Parts): Promise<Source> {
  const { identity, recipient } = await generateKeyPair();
  const progress = new Progress(parts, "Reading standard input", null);
  const pieces = progress.count(bytesOf(parts.stdin));
  try {
    for await (const part of sealFile(pieces, await newSealing({ recipients: [recipient] }), nodeCipher)) {
      await file.writeFile(part); // at the file's position: it appends
    }
  } finally {
    progress.clear();
  }
  const stream = () => openFile(readAll(file), { identities: [identity] }, nodeCipher);
  return {
    name,
    kind: "file",
    size: progress.done,
    stamp: `standard input ${randomBytes(16).toString("hex")}`,
    stream,
    part: (start, end) => partOf(stream(), start, end),
    close: () => file.close(),
  };
}

async function* bytesOf(stream: Parts["stdin"]): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) yield typeof piece === "string" ? Buffer.from(piece) : piece;
}

async function* readAll(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const buffer = new Uint8Array(STEP);
    const { bytesRead } = await file.read(buffer, 0, STEP, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function partOf(stream: AsyncIterable<Uint8Array>, start: number, end: number): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let at = 0;
  for await (const piece of stream) {
    const from = Math.max(0, start - at);
    if (from < piece.length) kept.push(piece.slice(from, Math.max(from, end - at)));
    at += piece.length;
    if (at >= end) break;
  }
  return Buffer.concat(kept);
}
