import { readFile } from "node:fs/promises";
import { isArmored, openArmor } from "../seal/armor.ts";
import { recipientOf, recipientStrength } from "../seal/keys.ts";
import { openBytes } from "../seal/opening.ts";
import { collect, once } from "../seal/stream.ts";
import type { Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { nodeCipher } from "./node-cipher.ts";
import { type PassphraseSource, readPassphrase } from "./passphrase.ts";
import { fileError } from "./system-error.ts";

const AGE_FILE = "age-encryption.org/v1";

/** Public keys from a file: one a line, `#` begins a comment. @throws CliError, SealError `bad-key` */
export async function readRecipients(path: string): Promise<readonly string[]> {
  const lines = keyLines((await readKeyFile(path)).toString("utf8"));
  if (lines.length === 0) throw new CliError({ code: "usage", message: `There is no public key in ${path}.` });
  for (const line of lines) recipientStrength(line);
  return lines;
}

/**
 * Secret keys from a file, as `waybill keygen` and `age-keygen` write it. It may itself be sealed with a passphrase.
 * @throws CliError, SealError
 */
export async function readIdentities(path: string, source: PassphraseSource, parts: Parts): Promise<readonly string[]> {
  let bytes: Uint8Array = await readKeyFile(path);
  if (isArmored(bytes)) bytes = await collect(openArmor(once(bytes)));
  if (Buffer.from(bytes.subarray(0, AGE_FILE.length)).toString("latin1") === AGE_FILE) {
    const passphrase = await readPassphrase(`Passphrase of the key file ${path}: `, source, parts);
    bytes = await openBytes(bytes, { passphrase }, nodeCipher);
  }
  const identities = keyLines(Buffer.from(bytes).toString("utf8"));
  if (identities.length === 0) throw new CliError({ code: "usage", message: `There is no secret key in ${path}.` });
  for (const identity of identities) await recipientOf(identity);
  return identities;
}

async function readKeyFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw fileError("read the key file", path, cause);
  }
}

function keyLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
