import { fingerprintOf } from "../log/key-fingerprint.ts";
import { generateKeyPair } from "../seal/keys.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import { openOutput } from "./output.ts";

/** `waybill keygen`: a new key pair in a file that `age` reads too. */
export const keygen: Command = {
  usage: "waybill keygen [-o FILE] [--classic] [--json]",
  help: `Makes a new key pair and writes the secret key to FILE, which only you can read, or to standard output.
The public key is for those who seal to you: it is in the file as a comment, and on standard error, with a number by which two
people compare it. An organisation's recovery key is made so too, on a computer without a network.

  -o, --output FILE   where the secret key goes; an existing file is never replaced
      --classic       an X25519 key for older age programs, instead of a post-quantum one
      --json          say the public key as JSON
`,
  async run(args, parts) {
    const { values } = readOptions({
      args: [...args],
      options: { ...COMMON, output: { type: "string", short: "o" }, classic: { type: "boolean" } },
      allowPositionals: false,
    });
    const { identity, recipient } = await generateKeyPair(values.classic ? "classic" : "pq");
    const number = await fingerprintOf(recipient);
    const options = { force: false, what: "a secret key", terminal: true };
    const output = await openOutput(values.output, options, parts);
    try {
      const lines = [`# created: ${new Date().toISOString()}`, `# public key: ${recipient}`, identity, ""];
      await output.write(Buffer.from(lines.join("\n")));
      await output.finish();
    } catch (cause) {
      await output.abandon();
      throw cause;
    }
    const toStdout = values.output === undefined || values.output === "-";
    if (values.json) {
      (toStdout ? parts.stderr : parts.stdout).write(
        `${JSON.stringify({ recipient, number, file: values.output ?? null })}\n`,
      );
    } else {
      parts.stderr.write(`Public key: ${recipient}\nNumber to compare it by: ${number}\n`);
    }
    if (parts.signal.aborted) throw new CliError({ code: "interrupted", message: "Interrupted; the key was written." });
  },
};
