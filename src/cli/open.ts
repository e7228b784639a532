import { SEALED_CHUNK_SIZE } from "../envelope/sizes.ts";
import { scryptLogN } from "../envelope/strength.ts";
import { isArmored, openArmor } from "../seal/armor.ts";
import { type OpenWith, openSealing, readHeader, type Started } from "../seal/opening.ts";
import { openPayload, payloadKey } from "../seal/stream.ts";
import { parseSecret } from "../seal/words.ts";
import type { Command, Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { type Input, openInput } from "./input.ts";
import { readIdentities } from "./key-files.ts";
import { nodeCipher } from "./node-cipher.ts";
import { COMMON, oneFile, readOptions } from "./options.ts";
import { openOutput } from "./output.ts";
import { type PassphraseSource, readPassphrase } from "./passphrase.ts";
import { Progress, readableSize } from "./progress.ts";
import { openRecovered, recoveredText } from "./recovering/open-recovered.ts";
import { report } from "./report.ts";

/** `waybill open`: an age file to what was sealed in it. */
export const open: Command = {
  usage: "waybill open [-i IDENTITY…] [-o OUT] [FILE] | open --recovery PACKAGE -i IDENTITY -o DIR",
  help: `Opens the age file FILE, or standard input, to OUT or standard output. Every part is verified before it is written.
To standard output the beginning comes before the end has been verified: look at the exit code before using it.

  -i, --identity FILE       a file with your secret key, as keygen writes it; may be given again
      --passphrase-fd N     read the passphrase from file descriptor N (else WAYBILL_PASSPHRASE_FILE, else it is asked)
  -o, --output OUT          where the content goes; it has that name only once all of it is verified
      --recovery            FILE is a package that two administrators exported: opens it with
                            the organisation's recovery key, offline, into the folder DIR
      --force               replace OUT if it exists
      --json                say the result as JSON: on standard output, or standard error without -o
`,
  async run(args, parts) {
    const { values, positionals } = readOptions({
      args: [...args],
      options: {
        ...COMMON,
        identity: { type: "string", short: "i", multiple: true },
        "passphrase-fd": { type: "string" },
        output: { type: "string", short: "o" },
        recovery: { type: "boolean" },
        force: { type: "boolean" },
      },
      allowPositionals: true,
    });
    const source = { fd: values["passphrase-fd"] };
    if (values.recovery) return openPackage(oneFile(positionals), { ...values, source }, parts);
    const input = await openInput(oneFile(positionals), parts);
    try {
      const progress = new Progress(parts, `Opening ${input.name}`, input.size);
      const started = await start(input, progress);
      const keys = await keysFor(started, values.identity ?? [], source, parts);
      const { fileKey, nonce } = await openSealing(started, keys);
      const options = { force: values.force === true, what: "the content", terminal: true };
      const output = await openOutput(values.output, options, parts);
      let size = 0;
      try {
        for await (const part of openPayload(started.rest, payloadKey(fileKey, nonce), nodeCipher)) {
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
      const result = { plainSize: size, sealedSize: progress.done, file: values.output ?? null };
      const text = `Opened ${readableSize(size)} into ${output.name}. All of it was verified.`;
      report(parts, { json: values.json === true, toStdout }, result, text);
    } finally {
      await input.close();
    }
  },
};

/** What only the recovery key opens. */
async function openPackage(
  path: string | undefined,
  options: {
    readonly identity?: readonly string[];
    readonly output?: string;
    readonly force?: boolean;
    readonly json?: boolean;
    readonly source: PassphraseSource;
  },
  parts: Parts,
): Promise<void> {
  const { identity: keys = [], output: folder, source } = options;
  if (path === undefined || keys.length === 0 || folder === undefined) {
    const message = "Say which package, with which key, and where to: waybill open --recovery PACKAGE -i KEY -o DIR";
    throw new CliError({ code: "usage", message });
  }
  const identities = (await Promise.all(keys.map((each) => readIdentities(each, source, parts)))).flat();
  const result = await openRecovered(path, identities, { folder, overwrite: options.force === true }, parts);
  report(parts, { json: options.json === true, toStdout: false }, { ...result }, recoveredText(result));
}

/** Reads the header of a binary or an armored file; reads after it fall on the borders of its chunks. */
async function start(input: Input, progress: Progress): Promise<Started> {
  const pieces = progress.count(input.stream())[Symbol.asyncIterator]();
  const first = await pieces.next();
  const bytes = first.done === true ? new Uint8Array(0) : first.value;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield bytes;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  }
  if (isArmored(bytes)) return readHeader(openArmor(all()));
  const started = await readHeader(all());
  input.align(started.prefix.length, 16 * SEALED_CHUNK_SIZE);
  return started;
}

async function keysFor(
  started: Started,
  paths: readonly string[],
  source: PassphraseSource,
  parts: Parts,
): Promise<OpenWith> {
  if (scryptLogN(started.header) !== null) {
    const typed = await readPassphrase("Passphrase or six words: ", source, parts);
    const words = parseSecret(typed);
    return { passphrase: words.ok ? words.secret : typed };
  }
  if (paths.length === 0) {
    const message = "It is sealed to a key: give the file of your secret key with -i.";
    throw new CliError({ code: "usage", message });
  }
  const identities = await Promise.all(paths.map((path) => readIdentities(path, source, parts)));
  return { identities: identities.flat() };
}
