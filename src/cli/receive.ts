import { ClientError, cancelled } from "../client/error.ts";
import {
  confirmArrival,
  confirmReceipt,
  type RecipientParts,
  reportProblem,
  tellOpened,
} from "../client/receiving/acts.ts";
import { Items } from "../client/receiving/items.ts";
import { fetchView, type OpenedTransfer, openTransfer } from "../client/receiving/reception.ts";
import type { InboxEntry } from "../domain/wire/receiving.ts";
import { openSession, type Session } from "./account/session.ts";
import { askYesNo, canAsk } from "./ask.ts";
import { atServer } from "./at-server.ts";
import type { Command, Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { nodeCipher } from "./node-cipher.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";
import { entryOf } from "./receiving/inbox-of.ts";
import { refuseEarlier } from "./receiving/refuse-earlier.ts";
import { chooseItems, saveItems } from "./receiving/save-items.ts";
import { pace } from "./sending/upload-draft.ts";
import { printable } from "./table.ts";

/** `waybill receive`: confirms arrival, opens, checks and saves what this member was sent. */
export const receive: Command = atServer({
  usage: "waybill receive REF -o DIR [--item NAME…] [--receipt | --no-receipt] [--server URL] [--json]",
  help: `Confirms that the transfer has arrived, opens it, and saves its files below DIR. Everything is checked first: files have their names
only once all of them are whole. The receipt says, signed, that you have opened it and it is complete.

  -o, --output DIR   where the files go; made where it is missing
      --item NAME    only this file; may be given again
      --overwrite    replace files that exist
      --receipt      sign the receipt; otherwise you are asked
      --no-receipt   do not
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
      server: { type: "string" },
    } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const typed = oneOperand(positionals, "one reference");
    const folder = values.output;
    if (typed === undefined || folder === undefined)
      throw usage("Say which transfer, and where to: waybill receive REF -o DIR");
    const names = values.item ?? [];
    if (values.receipt && values["no-receipt"]) throw usage("Either --receipt or --no-receipt.");
    if (values.receipt && names.length > 0) throw usage("A receipt says that all of it is complete: leave out --item.");
    const session = await openSession(parts, values.server);
    try {
      const entry = await entryOf(session, typed);
      await refuseEarlier(entry, session);
      const opened = await open(entry, session);
      const { reference } = entry;
      const to = { folder, reference, overwrite: values.overwrite === true };
      const files = await save(opened, names, to, session, parts);
      const wish = names.length > 0 ? false : (values.receipt ?? (values["no-receipt"] ? false : null));
      const receipt = entry.state === "received" || (await signReceipt(opened, wish, session, parts));
      const { sender, classification } = entry;
      const subject = opened.manifest.subject ?? "";
      const result = { reference, sender, classification, subject, files, receipt };
      parts.stdout.write(values.json ? `${JSON.stringify(result)}\n` : textOf(result));
    } finally {
      session.close();
    }
  },
});

/** Confirms arrival where that was not done yet, then opens and checks everything but the files. */
async function open(entry: InboxEntry, session: Session): Promise<OpenedTransfer> {
  const { http, device } = session;
  let view = await fetchView(http, entry.id);
  let signed: string | null = null;
  if (view.waybill === null) {
    signed = await confirmArrival(view, device.address, "", recipientParts(session));
    view = await fetchView(http, entry.id);
  }
  try {
    const opened = await openTransfer(http, view, { identities: device.identities }, device.address, signed);
    await tellOpened(http, opened);
    return opened;
  } catch (cause) {
    throw await orDamaged(cause, entry.id, session);
  }
}

async function save(
  opened: OpenedTransfer,
  names: readonly string[],
  to: { readonly folder: string; readonly reference: string; readonly overwrite: boolean },
  session: Session,
  parts: Parts,
): Promise<readonly string[]> {
  const chosen = chooseItems(opened.manifest, names);
  const items = new Items({ http: session.http, cipher: nodeCipher, patience: pace }, opened);
  try {
    return await saveItems(chosen, items, names.length === 0, to, parts);
  } catch (cause) {
    if (parts.signal.aborted) throw stopped();
    throw await orDamaged(cause, opened.id, session);
  }
}

/** Tells the sender of damage, and the person what it means here. */
async function orDamaged(cause: unknown, id: string, { http, device }: Session): Promise<unknown> {
  if (!(cause instanceof ClientError)) return cause;
  if (cause.code === "no-access") {
    const message = `${cause.message} It is recorded that it has arrived and that the sealed access was handed out; it is not recorded as opened. If it was sealed before this command line was enrolled, open it in your browser: ${device.origin}`;
    return new ClientError({ code: "no-access", message, cause });
  }
  if (cause.code !== "damaged") return cause;
  const detail = "The content did not verify when it was opened on the command line.";
  const told = await reportProblem(http, id, { kind: "damaged", detail }).then(
    () => "The sender was told.",
    () => "The sender could not be told: tell them.",
  );
  const message = `${cause.message} Nothing was saved that looks complete. ${told}`;
  return new ClientError({ code: "damaged", message, cause });
}

/** @param wish null asks the person; without a terminal nothing is signed then. */
async function signReceipt(
  opened: OpenedTransfer,
  wish: boolean | null,
  session: Session,
  parts: Parts,
): Promise<boolean> {
  const question = "The files are saved. Sign the receipt: “I have opened it and it is complete”?";
  const sign = wish ?? (canAsk(parts) && (await askYesNo(question, "", parts)));
  if (!sign) return false;
  if (parts.signal.aborted) throw cancelled();
  await confirmReceipt(opened, session.device.address, recipientParts(session));
  return true;
}

function recipientParts(session: Session): RecipientParts {
  return { http: session.http, rpId: session.rpId, sign: async (statement) => session.sign(statement) };
}

function textOf(result: {
  readonly reference: string;
  readonly sender: { readonly name: string; readonly address: string };
  readonly classification: string;
  readonly subject: string;
  readonly files: readonly string[];
  readonly receipt: boolean;
}): string {
  const { reference, sender, classification, subject, files, receipt } = result;
  const signed = receipt
    ? "The receipt is signed."
    : `No receipt is signed: the sender waits for it. waybill receive ${reference} -o DIR --receipt signs it.`;
  const about = subject === "" ? classification : `${classification}: ${printable(subject)}`;
  const from = `${reference} from ${printable(sender.name)} <${sender.address}>, ${about}`;
  return `${from}\n${files.map((file) => `  ${printable(file)}\n`).join("")}All of it was verified. ${signed}\n`;
}

function stopped(): CliError {
  const message = "Interrupted. Nothing was saved that looks complete. Run the same command again.";
  return new CliError({ code: "interrupted", message });
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message: `${message} Nothing was opened.` });
}
