import { fetchEvidence, fetchWithAdded } from "../client/evidence/names.ts";
import { parseReference } from "../domain/reference.ts";
import { SealError } from "../seal/error.ts";
import { openSession } from "./account/session.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";
import { openOutput } from "./output.ts";

/** `waybill evidence`: fetches the evidence pack of a transfer. */
export const evidence: Command = atServer({
  usage: "waybill evidence REF [-o FILE] [--with-names] [--with-tokens] [--server URL] [--force] [--json]",
  help: `Fetches the evidence of a transfer that you sent: who signed, who agreed, what happened, and the proofs that it is in the log.
It holds no content, and nothing that opens the files. That you took it goes on the record. "waybill verify" checks it.

  -o, --output FILE   where it goes; REF.evidence.zip unless said
      --with-names    adds the names of files, on this computer: the server never sees them. While the transfer lasts
      --with-tokens   adds the receipt tokens of those who signed for it, on this computer: they prove that it was opened. While it lasts
      --server URL    where this command line is enrolled at several servers
      --force         replaces a file of that name
      --json          say the result as JSON
`,
  async run(args, parts) {
    const options = {
      ...COMMON,
      output: { type: "string", short: "o" },
      "with-names": { type: "boolean" },
      "with-tokens": { type: "boolean" },
      server: { type: "string" },
      force: { type: "boolean" },
    } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const typed = oneOperand(positionals, "one reference");
    if (typed === undefined) throw new CliError({ code: "usage", message: "Say of which transfer: its reference." });
    const reference = parseReference(typed);
    const path = values.output ?? `${reference}.evidence.zip`;
    const session = await openSession(parts, values.server);
    try {
      const output = await openOutput(
        path,
        { force: values.force ?? false, what: "the evidence", terminal: false },
        parts,
      );
      try {
        const { http, device } = session;
        const unlock = async () => device.identities;
        const added = { names: values["with-names"] ?? false, tokens: values["with-tokens"] ?? false };
        const any = added.names || added.tokens;
        await output.write(
          await (any ? fetchWithAdded(reference, added, { http, unlock }) : fetchEvidence(reference, http)),
        );
        await output.finish();
      } catch (cause) {
        await output.abandon();
        throw notSealedToIt(cause) ?? cause;
      }
      const said = `The evidence of ${reference} is in ${path}. Check it with: waybill verify ${path} --log-key KEY\n`;
      if (path === "-") return;
      parts.stdout.write(values.json ? `${JSON.stringify({ reference, file: path })}\n` : said);
    } finally {
      session.close();
    }
  },
});

/** What is added is sealed to the keys that the sender had when it was sent: a device that was enrolled later opens none of it. */
function notSealedToIt(cause: unknown): CliError | null {
  if (!(cause instanceof SealError) || cause.code !== "no-access") return null;
  const message =
    "What would be added is sealed to the keys that you had when you sent it, and this command line was enrolled later. Nothing was taken or lost. Take the evidence without --with-names and --with-tokens, or on a device that you had then: the transfer’s page there adds them.";
  return new CliError({ code: "not-for-this-key", message, cause });
}
