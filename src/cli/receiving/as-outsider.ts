import { toBase64Url } from "../../bytes/base64.ts";
import { ClientError } from "../../client/error.ts";
import { Http } from "../../client/http.ts";
import { confirmArrival, type RecipientParts, tellOpened } from "../../client/receiving/acts.ts";
import { signWithArrival } from "../../client/receiving/arrival-key.ts";
import { fetchWordsNews } from "../../client/receiving/mailbox.ts";
import { fetchView, openTransfer } from "../../client/receiving/reception.ts";
import type { ReceivingView } from "../../domain/wire/receiving.ts";
import { arrivalPublicKey } from "../../log/statement-keys.ts";
import { askLine, canAsk, say } from "../ask.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { printable } from "../table.ts";
import { openWithWords } from "./ask-words.ts";
import { type KeptArrival, KeptArrivals, keptKeyPair, newKeptKey } from "./kept-arrivals.ts";
import { addressOf, type Link } from "./link.ts";
import { proveByCode } from "./prove-mailbox.ts";
import { orDamaged, type Reception } from "./reception.ts";

/** What may be given instead of being asked for. Codes and words are read from file descriptors: arguments show in lists of processes. */
export interface Given {
  readonly codeFd: string | null;
  readonly wordsFd: string | null;
  /** Who is reading a team mailbox. */
  readonly reader: string | null;
}

/**
 * Receives for somebody without an account, who has the link of a notice: proves the mailbox, confirms arrival with a key of this
 * device's, waits for the six words and opens. Each step that was taken is kept, so that a later run goes on behind it.
 * @throws ClientError, CliError
 */
export async function receiveAsOutsider(link: Link, given: Given, parts: Parts): Promise<Reception> {
  const keep = new KeptArrivals(parts.configFolder);
  await keep.forgetExpired(new Date().toISOString());
  const outsider = new Outsider(link, given, keep, parts);
  try {
    return await outsider.receive();
  } catch (cause) {
    const refusal = cause instanceof ClientError ? cause.refusal : null;
    if (refusal === null || (refusal.status !== 404 && refusal.status !== 410)) throw cause;
    await keep.forget(link); // over for good
    const message =
      refusal.status === 410
        ? refusal.message
        : `${refusal.message} If you have an account at ${link.origin}: waybill login ${link.origin}`;
    throw new ClientError({ code: "refused", message, refusal, cause });
  }
}

class Outsider {
  readonly #link: Link;
  readonly #given: Given;
  readonly #keep: KeptArrivals;
  readonly #parts: Parts;
  readonly #http: Http;
  readonly #rpId: string;
  #kept: KeptArrival | null = null;

  constructor(link: Link, given: Given, keep: KeptArrivals, parts: Parts) {
    this.#link = link;
    this.#given = given;
    this.#keep = keep;
    this.#parts = parts;
    this.#rpId = new URL(link.origin).hostname;
    this.#http = new Http({
      origin: link.origin,
      fetch,
      headers: (): Readonly<Record<string, string>> =>
        this.#kept === null ? {} : { authorization: `Bearer ${this.#kept.token}` },
    });
  }

  async receive(): Promise<Reception> {
    this.#kept = await this.#keep.load(this.#link);
    const [view] = await this.#arrived(await this.#provedView());
    // As things are when the words come, which may be days later.
    const open = async (secret: string) => {
      const [now, parts] = await this.#arrived(await this.#provedView());
      const { address } = now.recipient;
      const received = now.state === "received";
      // After the receipt arrival is not confirmed again, so that what was signed then may be older than the record.
      const signed = received ? null : (this.#kept?.digest ?? null);
      const opened = await openTransfer(this.#http, now, { secret }, address, signed);
      return { opened, parts, address, received, mustVerify: now.mustVerify };
    };
    try {
      const opening = await openWithWords(view, this.#given.wordsFd, open, this.#http, this.#parts);
      await tellOpened(this.#http, opening.opened);
      return {
        ...opening,
        again: addressOf(this.#link),
        wholeSaved: () => this.#save({ verified: opening.opened.waybill.digest }),
        receiptSigned: () => this.#keep.forget(this.#link),
        close: () => {},
      };
    } catch (cause) {
      throw await orDamaged(cause, view.id, this.#http);
    }
  }

  /** The view, which only whoever proved the mailbox sees: with the token of an earlier run while the server knows it. */
  async #provedView(): Promise<ReceivingView> {
    if (this.#kept !== null) {
      try {
        return await fetchView(this.#http, this.#link.id);
      } catch (cause) {
        if (!(cause instanceof ClientError) || cause.refusal?.status !== 401) throw cause;
      }
    }
    const earlier = this.#kept;
    this.#kept = null; // the old token is no longer shown
    const token = await proveByCode(this.#http, this.#link, this.#given.codeFd, this.#parts);
    const nothing = { reference: "", expiresAt: "", key: null, digest: null, reader: "", verified: null };
    this.#kept = { ...nothing, ...earlier, ...this.#link, token };
    const view = await fetchView(this.#http, this.#link.id);
    const { reference, expiresAt } = view;
    await this.#save({ reference, expiresAt });
    return view;
  }

  /** Confirms arrival, unless it was with this device's key and for the record as it is; after the receipt there is nothing to confirm. */
  async #arrived(view: ReceivingView): Promise<readonly [ReceivingView, RecipientParts]> {
    const key = this.#kept?.key ?? (await newKeptKey());
    const pair = await keptKeyPair(key);
    const parts: RecipientParts = { http: this.#http, rpId: this.#rpId, sign: signWithArrival(pair) };
    const ours = view.arrivalKey === toBase64Url(await arrivalPublicKey(pair));
    if (view.state === "received" || (ours && this.#kept?.digest === view.waybillDigest)) return [view, parts];
    const reader = await this.#reader(view);
    const { teller = view.sender.name } = await fetchWordsNews(this.#http, view.id);
    const then =
      teller === null
        ? `${printable(view.sender.name)}, who sent it, has left, and nobody there has the six words that open it.`
        : `${printable(teller)} is asked to tell you six words.`;
    say(`Confirming that ${view.reference} has arrived: it is recorded. ${then}`, this.#parts);
    await this.#save({ key, reader }); // before anything is signed with it
    const digest = await confirmArrival(view, view.recipient.address, reader, parts);
    await this.#save({ digest });
    return [await fetchView(this.#http, this.#link.id), parts];
  }

  /** Who is reading: the sender sees it where several people may. */
  async #reader({ recipient }: ReceivingView): Promise<string> {
    const given = this.#given.reader?.trim() ?? this.#kept?.reader ?? "";
    if (!recipient.team || given !== "") return recipient.team ? given : "";
    if (!canAsk(this.#parts)) {
      const message = `${recipient.address} is a shared mailbox: say who is reading, with --reader NAME. Nothing was confirmed.`;
      throw new CliError({ code: "usage", message });
    }
    say(`${printable(recipient.address)} is a shared mailbox. The sender sees who is reading.`, this.#parts);
    for (;;) {
      const typed = await askLine("Your name:", "", this.#parts);
      if (typed !== "") return typed.slice(0, 100);
    }
  }

  async #save(changes: Partial<KeptArrival>): Promise<void> {
    if (this.#kept === null) throw new Error("The mailbox is not proved yet.");
    this.#kept = { ...this.#kept, ...changes };
    await this.#keep.save(this.#kept);
  }
}
