import { existsSync, fstatSync, type Stats, writeFileSync, writeSync } from "node:fs";
import type { AgeWith } from "../../containers/age-package.ts";
import type { Format } from "../../containers/formats.ts";
import { generatePassword } from "../../containers/password.ts";
import { refuseWeak } from "../../containers/password-strength.ts";
import { recipientStrength } from "../../seal/keys.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { readRecipients } from "../key-files.ts";
import { askHidden, readDescriptor } from "../passphrase.ts";
import { fileError } from "../system-error.ts";
import type { Wanted, WantedPassword } from "./wanted.ts";

/** What the package opens with, and what tells it to the sender once the package is whole. */
export interface Opening {
  readonly with: AgeWith;
  /** How the password came about, for the record; `none`: sealed to keys. */
  readonly password: "made" | "chosen" | "none";
  /** Says a made password, once. @throws CliError `file` */
  tell(): void;
}

/**
 * The keys or the password to pack with. A typed one must be strong; a made one needs somewhere to go, which is looked for before anything is made.
 * @param known what an attacker would try first. @throws CliError, ContainerError `weak-password`, `bad-input`
 */
export async function openingFor(
  wanted: Wanted,
  format: Format,
  known: readonly string[],
  parts: Parts,
): Promise<Opening> {
  const recipients = [...wanted.keys.keys];
  for (const path of wanted.keys.files) recipients.push(...(await readRecipients(path)));
  if (recipients.length > 0) return toKeys(recipients, wanted, format);
  const { typed, fd, toFd, toFile } = wanted.password;
  if ([typed, fd !== undefined, toFd !== undefined, toFile !== undefined].filter((each) => each).length > 1) {
    throw usage("Use one of --type-password, --password-fd, --password-to-fd and --password-file.");
  }
  if (!typed && fd === undefined) return made(format, wanted.password, parts);
  const password = fd === undefined ? await typedTwice(parts) : readDescriptor(fd, "--password-fd", "password");
  refuseWeak(password, format, known);
  return { with: { password }, password: "chosen", tell: () => {} };
}

function toKeys(recipients: readonly string[], { keys, password }: Wanted, format: Format): Opening {
  if (format !== "age") throw usage("Only an age file is sealed to keys: use --format age, or leave -r and -R out.");
  if (password.typed || password.fd !== undefined || password.toFd !== undefined) {
    throw usage("An age file is sealed either to keys or with a password.");
  }
  if (!keys.classic && recipients.some((each) => recipientStrength(each) === "classic")) {
    throw usage("One of these keys is classic (X25519). Ask for an age1pq1… key, or add --classic.");
  }
  return { with: { recipients }, password: "none", tell: () => {} };
}

function made(format: Format, { toFd, toFile }: WantedPassword, parts: Parts): Opening {
  const password = generatePassword(format);
  if (toFd !== undefined) {
    const fd = writableDescriptor(toFd);
    return { with: { password }, password: "made", tell: () => writeDescriptor(fd, `${password}\n`) };
  }
  if (toFile !== undefined) {
    if (existsSync(toFile))
      throw new CliError({
        code: "file",
        message: `${toFile} exists already and was left as it is: name a new file for the password.`,
      });
    return { with: { password }, password: "made", tell: () => writeOwnFile(toFile, `${password}\n`) };
  }
  const terminal = parts.openTerminal();
  terminal?.close();
  if (terminal === null) {
    const message =
      "There is no terminal to show the password at, so nothing was made. Add --password-file FILE, or --password-to-fd N with a descriptor that you opened.";
    throw usage(message);
  }
  return { with: { password }, password: "made", tell: () => show(password, parts) };
}

/** At the terminal itself, so that it is in nothing that standard output and standard error are sent to. */
function show(password: string, parts: Parts): void {
  const terminal = parts.openTerminal();
  if (terminal === null)
    throw new CliError({ code: "file", message: "The terminal has gone. The package was taken away." });
  terminal.output.write(
    `\nThe password is:\n\n    ${password}\n\nIt is shown only now, and kept nowhere. Tell it after the recipient confirmed that the package has arrived,\nby another way than the package's: never in an email, and never on the medium.\n`,
  );
  terminal.close();
}

async function typedTwice(parts: Parts): Promise<string> {
  const terminal = parts.openTerminal();
  if (terminal === null) throw usage("There is no terminal to type the password at: use --password-fd.");
  try {
    const password = await askHidden("Password: ", terminal, parts.signal);
    const again = await askHidden("The same again: ", terminal, parts.signal);
    if (password === again) return password;
  } finally {
    terminal.close();
  }
  throw usage("The two passwords differ. Nothing was made: try again.");
}

function writableDescriptor(text: string): number {
  const fd = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  // Standard output and error are where logs and records go.
  if (Number.isNaN(fd) || fd < 3)
    throw usage("--password-to-fd takes the number of a descriptor that you opened, 3 or more.");
  const stats = statsOf(fd);
  if (stats?.isFile() || stats?.isFIFO() || stats?.isSocket() || stats?.isCharacterDevice()) return fd;
  throw usage(`Descriptor ${fd} is not open (npx passes none on). Use --password-file FILE instead.`);
}

function statsOf(fd: number): Stats | null {
  try {
    return fstatSync(fd);
  } catch {
    return null;
  }
}

/** A new file that only its owner may read. */
function writeOwnFile(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600, flush: true });
  } catch (cause) {
    throw fileError("write the password to", path, cause);
  }
}

function writeDescriptor(fd: number, text: string): void {
  try {
    writeSync(fd, text);
  } catch (cause) {
    throw fileError("write the password to", `file descriptor ${fd}`, cause);
  }
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message });
}
