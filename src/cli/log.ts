import { readFile } from "node:fs/promises";
import { LogError } from "../log/error.ts";
import { describeFinding } from "../log/findings.ts";
import type { AskedWitness, Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import { fileError } from "./system-error.ts";

/** `waybill log fsck`: on the server's machine, compares the stored log with the records and with what was signed. */
export const log: Command = {
  usage:
    "waybill log fsck [--checkpoint FILE…] [--witness 'KEY ADDRESS'…] [--data FOLDER] [--key-file FILE] [--log-key-file FILE] [--json]",
  help: `Rebuilds the log from the events in the database and compares it with what is stored and with every head that was
signed. Says which event was changed, is missing, was moved, copied or added. Run it on the server's machine, as the user
that the server runs as; the server may go on meanwhile. It changes nothing here. An older database that was put back
agrees with itself: only a witness that saw more, or a head kept elsewhere, tells. Where witnesses are named, none of them
answers and no head was given, it ends with 21: such a database would not have been noticed.

      --checkpoint FILE     a head kept elsewhere, such as by a witness (https://WITNESS/…/checkpoint)
      --witness 'KEY ADDRESS'  a witness to ask whether it saw more; those of WAYBILL_WITNESSES unless said
      --data FOLDER         the data folder; WAYBILL_DATA unless said
      --key-file FILE       the database key; WAYBILL_KEY_FILE unless said
      --log-key-file FILE   the key of the log; WAYBILL_LOG_KEY_FILE unless said
      --json                the findings as JSON

Exit codes: 0 everything is as it was signed (where no witness is named and no head given, compared with nobody outside: it says
so); 16 something is not; 21 no witness answered; 2 a witness, key or head cannot be used; 6 a file cannot be read.
`,
  async run(args, parts) {
    const { values, positionals } = readOptions({
      args: [...args],
      options: {
        ...COMMON,
        checkpoint: { type: "string", multiple: true },
        witness: { type: "string", multiple: true },
        data: { type: "string" },
        "key-file": { type: "string" },
        "log-key-file": { type: "string" },
      },
      allowPositionals: true,
    });
    if (positionals.length !== 1 || positionals[0] !== "fsck")
      throw new CliError({ code: "usage", message: 'Say what to do with the log: "waybill log fsck".' });
    const witnessed = await Promise.all((values.checkpoint ?? []).map(readCheckpoint));
    const place = { data: values.data, keyFile: values["key-file"], logKeyFile: values["log-key-file"] };
    const elsewhere = { witnessed, witnesses: values.witness ?? [] };
    const { origin, events, heads, removed, findings, asked } = await checked(() => parts.checkLog(place, elsewhere));
    const refused = asked.filter(({ answer }) => answer === "refused");
    const says = [
      ...findings.map((finding) => ({ ...finding, says: describeFinding(finding) })),
      ...refused.map(({ name, why }) => ({ kind: "witness-refused", name, says: why })),
    ];
    if (values.json)
      parts.stdout.write(`${JSON.stringify({ origin, events, heads, removed, findings: says, witnesses: asked })}\n`);
    else for (const each of says) parts.stdout.write(`${each.says}\n`);
    if (says.length > 0) {
      const message = `The log ${origin} is not what was signed: ${says.length === 1 ? "one thing is" : `${says.length} things are`} wrong. Nothing was changed by looking. Keep a copy of the database as it is, and compare with a backup.`;
      throw new CliError({ code: "log-altered", message });
    }
    if (!values.json)
      parts.stdout.write(
        `${origin}: ${events} events, ${heads} signed heads. ${removedText(removed)}Everything is as it was signed.\n${comparedText(asked, witnessed.length)}`,
      );
    // SIS-37: an older database that was put back must not pass because its witness is away
    if (witnessed.length === 0 && asked.length > 0 && !asked.some(({ answer }) => answer === "cosigned"))
      throw new CliError({
        code: "not-witnessed",
        message: `The log ${origin} agrees with itself, but no witness that was to be asked answered, so an older database that was put back would not have been noticed. Nothing was changed. Try again when a witness answers, or give a head kept elsewhere with --checkpoint.`,
      });
  },
};

/** What was compared with somebody else's memory, since a log that agrees with itself may still be an older one. */
function comparedText(asked: readonly AskedWitness[], heads: number): string {
  const lines = asked.map(({ name, answer, why }) =>
    answer === "cosigned" ? `The witness ${name} agrees.` : `The witness ${name} could not be asked. ${why}`,
  );
  if (heads > 0) lines.push(heads === 1 ? "The head that you gave agrees." : `The ${heads} heads that you gave agree.`);
  else if (!asked.some(({ answer }) => answer === "cosigned"))
    lines.push(
      "It was compared with nobody outside: an older database that was put back would look the same. Name a witness with --witness or WAYBILL_WITNESSES, or give a head kept elsewhere with --checkpoint.",
    );
  return lines.map((line) => `${line}\n`).join("");
}

/** Only what an event in the log proves, signed with the log's key: all else that is not there is missing. */
function removedText(removed: number): string {
  return removed === 0 ? "" : `${removed} events were removed under retention. `;
}

async function readCheckpoint(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw fileError("read", path, cause);
  }
}

async function checked<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    const message = cause.code === "not-a-witness" ? `A witness ${cause.message}.` : cause.message;
    throw new CliError({ code: "usage", message, cause });
  }
}
