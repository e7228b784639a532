import { CHUNK_SIZE } from "../envelope/sizes.ts";
import { recipientStrength } from "../seal/keys.ts";
import { newSealing, PASSPHRASE_LOG_N, type SealTo, sealFile, WORDS_LOG_N } from "../seal/sealing.ts";
import { generateSecret } from "../seal/words.ts";
import type { Command, Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { openInput } from "./input.ts";
import { readRecipients } from "./key-files.ts";
import { nodeCipher } from "./node-cipher.ts";
import { COMMON, oneFile, readOptions } from "./options.ts";
import { openOutput } from "./output.ts";
import { asksForPassphrase, type PassphraseSource, readPassphrase } from "./passphrase.ts";
import { Progress, readableSize } from "./progress.ts";
import { report } from "./report.ts";

/** `waybill seal`: any stream to an age file. */
export const seal: Command = {
  usage: "waybill seal (-r RECIPIENT… | -R FILE… | -p) [--classic] [-o OUT] [FILE]",
  help: `Seals FILE, or standard input, to OUT or standard output. The result is an age file.

  -r, --recipient KEY       a public key (age1pq1…) to seal to; may be given again
  -R, --recipients-file F   a file of public keys, one a line; may be given again
  -p, --passphrase          seal with a passphrase: asked for, or from --passphrase-fd or WAYBILL_PASSPHRASE_FILE
      --passphrase-fd N     read the passphrase from file descriptor N
      --classic             allow classic keys (age1…), which older age programs can open
  -o, --output OUT          where the sealed file goes
      --force               replace OUT if it exists
      --json                say the result as JSON: on standard output, or standard error without -o
`,
  async run(args, parts) {
    const { values, positionals } = readOptions({
      args: [...args],
      options: {
        ...COMMON,
        recipient: { type: "string", short: "r", multiple: true },
        "recipients-file": { type: "string", short: "R", multiple: true },
        passphrase: { type: "boolean", short: "p" },
        "passphrase-fd": { type: "string" },
        classic: { type: "boolean" },
        output: { type: "string", short: "o" },
        force: { type: "boolean" },
      },
      allowPositionals: true,
    });
    const recipients = [...(values.recipient ?? [])];
    for (const path of values["recipients-file"] ?? []) recipients.push(...(await readRecipients(path)));
    const withPassphrase = values.passphrase === true || values["passphrase-fd"] !== undefined;
    checkTo(recipients, withPassphrase);
    const toKeys = withPassphrase ? null : await newSealing({ recipients });
    if (values.classic !== true) refuseClassic(recipients);
    const input = await openInput(oneFile(positionals), parts);
    try {
      const sealing = toKeys ?? (await newSealing(await toPassphrase({ fd: values["passphrase-fd"] }, parts)));
      const options = { force: values.force === true, what: "the sealed file", terminal: false };
      const output = await openOutput(values.output, options, parts);
      const progress = new Progress(parts, `Sealing ${input.name}`, input.size);
      let size = 0;
      try {
        input.align(0, 16 * CHUNK_SIZE);
        for await (const part of sealFile(progress.count(input.stream()), sealing, nodeCipher)) {
          size += part.length;
          await output.write(part);
        }
        parts.signal.throwIfAborted();
        await output.finish();
      } catch (cause) {
        await output.abandon();
        throw cause;
      } finally {
        progress.clear();
      }
      const toStdout = values.output === undefined || values.output === "-";
      const result = { plainSize: progress.done, sealedSize: size, file: values.output ?? null };
      const text = `Sealed ${readableSize(progress.done)} into ${output.name}.`;
      report(parts, { json: values.json === true, toStdout }, result, text);
    } finally {
      await input.close();
    }
  },
};

function checkTo(recipients: readonly string[], withPassphrase: boolean): void {
  if (recipients.length === 0 && !withPassphrase) {
    const message = "Say whom to seal to: -r KEY, -R FILE, or -p for a passphrase.";
    throw new CliError({ code: "usage", message });
  }
  if (recipients.length > 0 && withPassphrase) {
    const message = "A file is sealed either to keys or with a passphrase: seal it twice for both.";
    throw new CliError({ code: "usage", message });
  }
}

/** @param recipients well-formed, and all of one strength */
function refuseClassic(recipients: readonly string[]): void {
  if (recipients.some((each) => recipientStrength(each) === "classic")) {
    const message =
      "One of these keys is classic (X25519): what is recorded today could be opened by a later quantum computer. " +
      "Ask for an age1pq1… key, or add --classic.";
    throw new CliError({ code: "usage", message });
  }
}

/** A passphrase that a person chose, or six words made here when none is typed. */
async function toPassphrase(source: PassphraseSource, parts: Parts): Promise<SealTo> {
  const passphrase = await readPassphrase("Passphrase (leave empty to have six words made): ", source, parts);
  if (passphrase === "") {
    const words = generateSecret();
    parts.stderr.write(
      `The six words are: ${words}\nThey are shown only now. Tell them by another way than the file's.\n`,
    );
    return { passphrase: words, logN: WORDS_LOG_N };
  }
  if (asksForPassphrase(source, parts) && (await readPassphrase("The same again: ", source, parts)) !== passphrase) {
    throw new CliError({ code: "usage", message: "The two passphrases differ. Nothing was sealed: try again." });
  }
  return { passphrase, logN: PASSPHRASE_LOG_N };
}
