import { cancelled } from "../client/error.ts";
import { confirmReceipt, tellVerified } from "../client/receiving/acts.ts";
import { Items } from "../client/receiving/items.ts";
import { changedNames } from "../seal/item-names.ts";
import { askYesNo, canAsk } from "./ask.ts";
import { atServer } from "./at-server.ts";
import type { Command, Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { nodeCipher } from "./node-cipher.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";
import type { Given } from "./receiving/as-outsider.ts";
import { beginReception } from "./receiving/begin.ts";
import { handlingText } from "./receiving/handling-text.ts";
import { orDamaged, type Reception } from "./receiving/reception.ts";
import { RECOVERY } from "./receiving/recovery-text.ts";
import { chooseItems, saveItems } from "./receiving/save-items.ts";
import { pace } from "./sending/upload-draft.ts";
import { printable } from "./table.ts";

/** `waybill receive`: confirms arrival, opens, checks and saves what this member, or somebody outside with six words, was sent. */
export const receive: Command = atServer({
  usage:
    "waybill receive {REF | LINK} -o DIR [--item NAME…] [--receipt | --no-receipt] [--code-fd N] [--words-fd N] [--reader NAME] [--server URL] [--json]",
  help: `Confirms that the transfer has arrived, opens it, and saves its files below DIR. Everything is checked first: files have their names
only once all of them are whole. The receipt says, signed, that you have opened it and it is complete.

REF is a reference, for whoever has an account and an enrolled command line (waybill login). LINK is the address in the email, such as
https://waybill.example.gov.uk/r/…, and needs no account: a code is mailed to you and asked for, arrival is confirmed, and then you are
asked for the six words that the sender tells you. You can stop while you wait: the same command, or the one with the reference, goes
on. What that needs (a signing key made at arrival, and the proved mailbox) is kept in the folder "receiving" beside the
command line's other files until the receipt is signed or the transfer ends. Never give code or words as arguments: others see those.

  -o, --output DIR   where the files go; made where it is missing
      --item NAME    only this file; may be given again
      --overwrite    replace files that exist
      --receipt      sign the receipt; otherwise you are asked
      --no-receipt   do not
      --code-fd N    read the emailed code from file descriptor N (0 is standard input); otherwise it is mailed and asked for
      --words-fd N   read the six words from file descriptor N; otherwise they are asked for
      --reader NAME  who is reading, where the mailbox is shared
      --server URL   where this command line is enrolled at several servers
      --json         say the result as JSON
`,
  async run(args, parts) {
    const options = {
      ...COMMON,
      output: { type: "string", short: "o" },
      item: { type: "string", multiple: true },
      overwrite: { type: "boolean" },
      receipt: { type: "boolean" },
      "no-receipt": { type: "boolean" },
      "code-fd": { type: "string" },
      "words-fd": { type: "string" },
      reader: { type: "string" },
      server: { type: "string" },
    } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const typed = oneOperand(positionals, "one reference, or the address in one email");
    const folder = values.output;
    if (typed === undefined || folder === undefined)
      throw usage("Say which transfer, and where to: waybill receive REF -o DIR");
    const names = values.item ?? [];
    if (values.receipt && values["no-receipt"]) throw usage("Either --receipt or --no-receipt.");
    if (values.receipt && names.length > 0) throw usage("A receipt says that all of it is complete: leave out --item.");
    const given: Given = {
      codeFd: values["code-fd"] ?? null,
      wordsFd: values["words-fd"] ?? null,
      reader: values.reader ?? null,
    };
    if (given.codeFd !== null && given.codeFd === given.wordsFd) throw usage("Code and words need two descriptors.");
    const reception = await beginReception(typed, values.server, given, parts);
    try {
      const { reference, originator, facts } = reception.opened.waybill;
      const to = { folder, reference, overwrite: values.overwrite === true };
      const files = await save(reception, names, to, parts);
      const wish = names.length > 0 ? false : (values.receipt ?? (values["no-receipt"] ? false : null));
      if (names.length === 0) await reception.wholeSaved();
      const receipt = reception.received || (await signReceipt(reception, wish, parts));
      const sender = { name: originator.name, address: originator.address };
      const { classification } = facts;
      const subject = reception.opened.manifest.subject ?? "";
      const recovery = reception.opened.waybill.recovery !== null;
      const result = { reference, sender, classification, subject, files, receipt, recovery };
      const how = names.length === 0 ? `receipt ${reception.again}` : `receive ${reception.again} -o DIR --receipt`;
      parts.stdout.write(values.json ? `${JSON.stringify(result)}\n` : textOf(result, how));
    } finally {
      reception.close();
    }
  },
});

async function save(
  { opened, parts: { http }, mustVerify }: Reception,
  names: readonly string[],
  to: { readonly folder: string; readonly reference: string; readonly overwrite: boolean },
  parts: Parts,
): Promise<readonly string[]> {
  const chosen = chooseItems(opened.manifest, names);
  const items = new Items({ http, cipher: nodeCipher, patience: pace }, opened);
  try {
    const files = await saveItems(chosen, items, names.length === 0, to, parts);
    for (const { sent, saved } of changedNames(opened.manifest.items.map(({ name }) => name))) {
      if (parts.stderr.isTTY && chosen.some(({ path }) => path === saved))
        parts.stderr.write(
          `Sent as “${printable(sent)}”, saved as “${printable(saved)}”: every device takes that name.\n`,
        );
    }
    if (mustVerify && names.length === 0) await tellVerified(http, opened);
    return files;
  } catch (cause) {
    if (parts.signal.aborted) throw stopped();
    throw await orDamaged(cause, opened.id, http);
  }
}

/** @param wish null asks the person; without a terminal nothing is signed then. */
async function signReceipt(reception: Reception, wish: boolean | null, parts: Parts): Promise<boolean> {
  const question = "The files are saved. Sign the receipt: “I have opened it and it is complete”?";
  const { handling } = reception.opened;
  parts.stderr.write(handlingText(handling));
  const sign = wish ?? (canAsk(parts) && (await askYesNo(question, "", parts)));
  if (!sign) return false;
  if (parts.signal.aborted) throw cancelled();
  await confirmReceipt(reception.opened, reception.address, reception.parts, handling);
  await reception.receiptSigned();
  return true;
}

function textOf(
  result: {
    readonly reference: string;
    readonly sender: { readonly name: string; readonly address: string };
    readonly classification: string;
    readonly subject: string;
    readonly files: readonly string[];
    readonly receipt: boolean;
    readonly recovery: boolean;
  },
  how: string,
): string {
  const { reference, sender, classification, subject, files, receipt } = result;
  const signed = receipt
    ? "The receipt is signed."
    : `No receipt is signed: the sender waits for it. waybill ${how} signs it.`;
  const about = subject === "" ? classification : `${classification}: ${printable(subject)}`;
  const from = `${reference} from ${printable(sender.name)} <${sender.address}>, ${about}`;
  const offline = result.recovery ? `${RECOVERY}\n` : "";
  return `${from}\n${files.map((file) => `  ${printable(file)}\n`).join("")}All of it was verified. ${signed}\n${offline}`;
}

function stopped(): CliError {
  const message = "Interrupted. Nothing was saved that looks complete. Run the same command again.";
  return new CliError({ code: "interrupted", message });
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message: `${message} Nothing was opened.` });
}
