import { confirmReceipt } from "../client/receiving/acts.ts";
import { askYesNo } from "./ask.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";
import { beginReception } from "./receiving/begin.ts";
import { handlingText } from "./receiving/handling-text.ts";
import type { Reception } from "./receiving/reception.ts";

/** `waybill receipt`: signs for what this command line has verified and saved before, without fetching it again (SDT-28). */
export const receipt: Command = atServer({
  usage: "waybill receipt {REF | LINK} [--yes] [--code-fd N] [--words-fd N] [--server URL] [--json]",
  help: `Signs the receipt for what was received before: “I have opened it and it is complete”. It fetches no files. It opens the sealed
access again, which holds the receipt token: with this command line's key, or with the six words. It signs only where this command
line has verified and saved all of this transfer before, by a record of its digest that waybill receive keeps. It does not look at the
files that were saved then: that they are still there, and still as they were, is what you say.

  -y, --yes          without asking
      --code-fd N    read the emailed code, should one be needed again, from file descriptor N
      --words-fd N   read the six words from file descriptor N; otherwise they are asked for
      --server URL   where this command line is enrolled at several servers
      --json         say the result as JSON
`,
  async run(args, parts) {
    const options = {
      ...COMMON,
      yes: { type: "boolean", short: "y" },
      "code-fd": { type: "string" },
      "words-fd": { type: "string" },
      server: { type: "string" },
    } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const typed = oneOperand(positionals, "one reference, or the address in one email");
    if (typed === undefined) {
      throw new CliError({ code: "usage", message: "Say which transfer the receipt is for. Nothing was signed." });
    }
    const given = { codeFd: values["code-fd"] ?? null, wordsFd: values["words-fd"] ?? null, reader: null };
    let verified: string | null = null;
    const reception = await beginReception(typed, values.server, given, parts, (reference, known) => {
      if (known === null) throw notVerified(reference, typed);
      verified = known;
    });
    try {
      const { reference } = reception.opened.waybill;
      if (!reception.received) {
        refuseUnlessVerified(reception, verified, typed);
        const { handling } = reception.opened;
        parts.stderr.write(handlingText(handling));
        const question = `Sign for ${reference}: “I have opened it and it is complete”?`;
        if (!values.yes && !(await askYesNo(question, "To sign without being asked, add --yes.", parts))) {
          throw new CliError({ code: "declined", message: "No receipt was signed." });
        }
        await confirmReceipt(reception.opened, reception.address, reception.parts, handling);
      }
      await reception.receiptSigned();
      const said = reception.received ? "was signed before" : "is signed";
      parts.stdout.write(values.json ? `${JSON.stringify({ reference, receipt: true })}\n` : `The receipt ${said}.\n`);
    } finally {
      reception.close();
    }
  },
});

/** What was verified has to be what the transfer is now, and nothing may have been reported about it since. */
function refuseUnlessVerified({ opened, mustVerify }: Reception, verified: string | null, typed: string): void {
  const { reference, digest } = opened.waybill;
  if (digest !== verified) throw notVerified(reference, typed);
  if (!mustVerify) return;
  const message = `Damage or a loss was reported, so all of ${reference} is fetched and verified again first: waybill receive ${typed} -o DIR --overwrite --receipt. No receipt was signed.`;
  throw new CliError({ code: "not-ready", message });
}

function notVerified(reference: string, typed: string): CliError {
  const message = `This command line has not verified and saved all of ${reference} yet. No receipt was signed. First: waybill receive ${typed} -o DIR`;
  return new CliError({ code: "not-ready", message });
}
