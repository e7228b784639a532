// Runs in browsers as well: nothing of Node here.
import { fromBase64 } from "../../src/bytes/base64.ts";
import { concat, equal } from "../../src/bytes/concat.ts";
import { sha256Hex } from "../../src/bytes/digest.ts";
import { fromHex } from "../../src/bytes/hex.ts";
import { fromUtf8 } from "../../src/bytes/text.ts";
import { openArmor } from "../../src/seal/armor.ts";
import type { Bytes, ChunkCipher } from "../../src/seal/cipher.ts";
import { SealError } from "../../src/seal/error.ts";
import { openSealing, readHeader } from "../../src/seal/opening.ts";
import { sealFile } from "../../src/seal/sealing.ts";
import { collect, openPayload, payloadKey } from "../../src/seal/stream.ts";

/** What went wrong with one vector; an empty list means that all did as they must. */
export interface Failure {
  readonly name: string;
  readonly problem: string;
}

interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string | undefined;
  readonly fileKey: string | undefined;
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
  readonly armored: boolean;
  readonly file: Bytes;
}

interface Outcome {
  /** In the words of the vectors' `expect`. */
  readonly kind: string;
  /** All plaintext that was given out, also when it ended in an error. */
  readonly released: Bytes;
}

/** Vectors up to this size are run a second time, one byte at a time. */
const BYTEWISE = 6000;

/** Runs all vectors of `cctv-age.json` on a cipher. */
export async function checkVectors(vectors: Record<string, string>, cipher: ChunkCipher): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const [name, base64] of Object.entries(vectors)) {
    const vector = await parseVector(name, fromBase64(base64));
    const problem = await checkVector(vector, cipher);
    if (problem !== null) failures.push({ name, problem });
  }
  return failures;
}

async function checkVector(vector: Vector, cipher: ChunkCipher): Promise<string | null> {
  const sizes = vector.file.length <= BYTEWISE ? [vector.file.length || 1, 1] : [100_000];
  for (const size of sizes) {
    const { kind, released } = await outcome(vector, () => parts(vector.file, size), cipher);
    if (kind !== vector.expect) return `${kind} where ${vector.expect} is right (in parts of ${size} bytes)`;
    if (vector.payload !== undefined && (await sha256Hex(released)) !== vector.payload) {
      return `it gave out other plaintext than it may (in parts of ${size} bytes)`;
    }
  }
  return vector.expect === "success" && !vector.armored ? sealsBack(vector, cipher) : null;
}

/** Sealing again with the same file key and nonce must give the same bytes. */
async function sealsBack(vector: Vector, cipher: ChunkCipher): Promise<string | null> {
  const started = await readHeader(parts(vector.file, vector.file.length));
  const { header, prefix, rest } = started;
  const fileKey = fromHex(vector.fileKey ?? "");
  const sealing = { header: prefix.slice(0, header.length), fileKey, nonce: prefix.slice(header.length) };
  const plain = openPayload(rest, payloadKey(fileKey, sealing.nonce), cipher);
  const again = await collect(sealFile(plain, sealing, cipher));
  return equal(again, vector.file) ? null : "sealed again, it is not the same";
}

async function outcome(
  vector: Vector,
  file: () => AsyncIterable<Uint8Array>,
  cipher: ChunkCipher,
): Promise<Outcome> {
  const released: Uint8Array[] = [];
  let stage = "header failure";
  async function* armored(): AsyncGenerator<Uint8Array> {
    try {
      yield* openArmor(file());
    } catch (cause) {
      stage = "armor failure";
      throw cause;
    }
  }
  try {
    const started = await readHeader(vector.armored ? armored() : file());
    const sealing = await openWithAny(vector, started);
    stage = "payload failure";
    const key = payloadKey(sealing.fileKey, sealing.nonce);
    for await (const part of openPayload(started.rest, key, cipher)) released.push(part);
    return { kind: "success", released: concat(released) };
  } catch (cause) {
    return { kind: failureKind(cause, stage), released: concat(released) };
  }
}

async function openWithAny(vector: Vector, started: Awaited<ReturnType<typeof readHeader>>) {
  const keys = vector.passphrases.map((passphrase) => ({ passphrase, identities: vector.identities }));
  if (keys.length === 0) return openSealing(started, { identities: vector.identities });
  let refused: unknown;
  for (const each of keys) {
    try {
      return await openSealing(started, each);
    } catch (cause) {
      refused = cause;
    }
  }
  throw refused;
}

function failureKind(cause: unknown, stage: string): string {
  if (!(cause instanceof SealError)) throw cause;
  if (cause.code === "no-access" || cause.code === "wrong-secret") return "no match";
  if (cause.code === "too-costly") return "header failure";
  if (cause.code !== "damaged") return cause.code;
  const typage = cause.cause instanceof Error ? cause.cause.message : "";
  return typage === "invalid header HMAC" ? "HMAC failure" : stage;
}

async function parseVector(name: string, bytes: Bytes): Promise<Vector> {
  const end = bytes.findIndex((byte, at) => byte === 0x0a && bytes[at + 1] === 0x0a);
  const fields = fromUtf8(bytes.subarray(0, end))
    .split("\n")
    .map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)] as const);
  const all = (key: string) => fields.filter(([field]) => field === key).map(([, value]) => value);
  const known = ["expect", "payload", "identity", "passphrase", "armored", "file key", "comment", "compressed"];
  const unknown = fields.find(([field]) => !known.includes(field));
  if (unknown !== undefined) throw new Error(`Vector ${name} has the unknown field ${unknown[0]}.`);
  const body = bytes.slice(end + 2);
  return {
    name,
    expect: all("expect")[0] ?? "",
    payload: all("payload")[0],
    fileKey: all("file key")[0],
    identities: all("identity"),
    passphrases: all("passphrase"),
    armored: all("armored")[0] === "yes",
    file: all("compressed")[0] === "zlib" ? await inflate(body) : body,
  };
}

async function inflate(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function* parts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
