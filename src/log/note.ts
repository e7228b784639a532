import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import { utf8 } from "../bytes/text.ts";
import { LogError } from "./error.ts";
import { isKeyName, type Signer, type VerifierKey } from "./keys.ts";

/** Signature lines that are read at most; longer notes are refused. */
const MOST_SIGNATURES = 64;
const LINE = /^— (\S+) ([A-Za-z0-9+/=]+)$/u;
const TIMESTAMP = 8;
const SIGNATURE = 64;

/** A signed note (c2sp.org/signed-note): whoever handed it over controls all of it until signatures are verified. */
export interface Note {
  /** With its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  readonly id: number;
  /** What follows the key id: a signature, or a time and a signature. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The whole line, without its newline. */
  readonly line: string;
}

/** A signature that was verified. */
export interface Verified {
  readonly key: VerifierKey;
  /** Of a cosignature: when it was made, seconds since 1970, in the witness's word. */
  readonly time: number | null;
  readonly line: string;
}

/** @throws LogError `not-a-note` */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf("\n\n");
  const control = [...note].some((character) => character < " " && character !== "\n");
  if (end < 0 || control || !note.isWellFormed()) throw notANote("It is not a text, a blank line and signatures.");
  return { text: note.slice(0, end + 1), signatures: parseSignatureLines(note.slice(end + 2)) };
}

/** Lines of signatures, each ending in a newline, at least one. @throws LogError `not-a-note` */
export function parseSignatureLines(text: string): readonly NoteSignature[] {
  if (!text.endsWith("\n")) throw notANote("Its last line is not whole.");
  const lines = text.slice(0, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw notANote(`It has more than ${MOST_SIGNATURES} signatures.`);
  return lines.map((line) => {
    const [, name = "", encoded = ""] = LINE.exec(line) ?? [];
    const bytes = isKeyName(name) ? base64OrNull(encoded) : null;
    if (bytes === null || bytes.length < 5) throw notANote("One of its signature lines is malformed.");
    return { name, id: new DataView(bytes.buffer).getUint32(0), bytes: bytes.slice(4), line };
  });
}

/**
 * The signatures by `keys`, each key once at most; signatures by other keys count for nothing. None means that the note
 * must not be believed.
 * @throws LogError `wrong-signature` when a line bears the name and id of one of the keys, and the key did not make it.
 */
export async function verifyNote(note: Note, keys: readonly VerifierKey[]): Promise<readonly Verified[]> {
  const verified: Verified[] = [];
  for (const { name, id, bytes, line } of note.signatures) {
    const key = keys.find((each) => each.name === name && each.id === id);
    if (key === undefined || verified.some((each) => each.key === key)) continue;
    const time = key.type === "cosignature" ? timeOf(bytes) : null;
    const signature = bytes.slice(key.type === "cosignature" ? TIMESTAMP : 0);
    const message = key.type === "cosignature" ? cosigned(note.text, time ?? 0) : utf8(note.text);
    if (signature.length !== SIGNATURE || !(await verifyEd25519(key, signature, message))) {
      throw new LogError({
        code: "wrong-signature",
        message: `The signature that bears the name ${name} is not from that key.`,
      });
    }
    verified.push({ key, time, line });
  }
  return verified;
}

/** The line, without its newline, with which the signer signs the text. @param now for a cosignature. */
export async function signatureLine(text: string, signer: Signer, now: Date): Promise<string> {
  const { key } = signer;
  const head = new DataView(new ArrayBuffer(key.type === "cosignature" ? 4 + TIMESTAMP : 4));
  head.setUint32(0, key.id);
  let message = utf8(text);
  if (key.type === "cosignature") {
    const time = Math.floor(now.getTime() / 1000);
    head.setBigUint64(4, BigInt(time));
    message = cosigned(text, time);
  }
  const signature = await signer.sign(message);
  return `— ${key.name} ${toBase64(concat([new Uint8Array(head.buffer), signature]))}`;
}

/** The text and its signature lines as one signed note. */
export function formatNote(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** c2sp.org/tlog-cosignature: what a witness's Ed25519 key signs. */
function cosigned(text: string, time: number): Uint8Array<ArrayBuffer> {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

/** @throws LogError `wrong-signature` for a time that no clock will show. */
function timeOf(bytes: Uint8Array<ArrayBuffer>): number {
  const time = bytes.length < TIMESTAMP ? -1 : Number(new DataView(bytes.buffer).getBigUint64(0));
  if (Number.isSafeInteger(time) && time >= 0) return time;
  throw new LogError({ code: "wrong-signature", message: "A cosignature has no time that can be read." });
}

async function verifyEd25519(
  { publicKey }: VerifierKey,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
  } catch {
    return false;
  }
}

function base64OrNull(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function notANote(why: string): LogError {
  return new LogError({ code: "not-a-note", message: `This is not a signed note. ${why}` });
}
