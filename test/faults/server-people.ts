import { randomFillSync } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { sha256Hex } from "../../src/bytes/digest.ts";
import { randomId } from "../../src/bytes/random.ts";
import { type DeviceSecrets, newDeviceKeys, signWithDevice } from "../../src/cli/account/device.ts";
import { nodeCipher } from "../../src/cli/node-cipher.ts";
import { ClientError } from "../../src/client/error.ts";
import { Http, isPassing } from "../../src/client/http.ts";
import { keyLogCheck } from "../../src/client/keys/check-key-log.ts";
import { confirmArrival, confirmReceipt, tellOpened } from "../../src/client/receiving/acts.ts";
import { Items } from "../../src/client/receiving/items.ts";
import { fetchView, type OpenedTransfer, openTransfer } from "../../src/client/receiving/reception.ts";
import type { Made, Order } from "../../src/client/sending/order.ts";
import { MemoryPieceRecord } from "../../src/client/sending/piece-record.ts";
import { readAssessment } from "../../src/client/sending/read-assessment.ts";
import { signSending } from "../../src/client/sending/sign-sending.ts";
import { startSending } from "../../src/client/sending/start-sending.ts";
import { record, text } from "../../src/client/shape.ts";
import { sendingView } from "../../src/client/views.ts";
import type { Member, PublicKey } from "../../src/domain/member.ts";
import { waybillFacts } from "../../src/domain/waybill.ts";
import type { Statement } from "../../src/log/statement.ts";
import { AT, sampleFacts, sampleMember } from "../../src/testing/samples.ts";
import type { Ledger } from "./server-ledger.ts";

const ORGANISATION = "Example Council";
const RP_ID = "localhost";
const facts = sampleFacts();

/** A member with a command line: its own keys, and one session that lasts for the whole test. */
export class Colleague {
  readonly member: Member;
  readonly keyId = randomId();
  readonly http: Http;
  readonly #keys: DeviceSecrets;
  readonly #ledger: Ledger;
  #token = "";

  private constructor(name: string, origin: string, keys: DeviceSecrets, ledger: Ledger) {
    this.member = sampleMember({ id: name.toLowerCase(), name, roles: [] });
    this.#keys = keys;
    this.#ledger = ledger;
    this.http = new Http({
      origin,
      fetch: ledger.fetch,
      headers: () => (this.#token === "" ? {} : { authorization: `Bearer ${this.#token}` }),
    });
  }

  static async named(name: string, origin: string, ledger: Ledger): Promise<Colleague> {
    return new Colleague(name, origin, await newDeviceKeys([]), ledger);
  }

  publicKey(): PublicKey {
    const { recipient, signing } = this.#keys;
    const { id: memberId } = this.member;
    const line = { kind: "device", version: 1, name: "Command line", createdAt: AT, removedAt: null } as const;
    return { id: this.keyId, memberId, recipient, signing, ...line };
  }

  sign(statement: Statement) {
    return { device: signWithDevice({ ...this.#keys, keyId: this.keyId }, statement) };
  }

  /** Once, before the first kill: every later request relies on the session. */
  async signIn(): Promise<void> {
    const { keyId } = this;
    const asked = record({ nonce: text, rpId: text });
    const { nonce, rpId } = await this.http.send("POST", "/api/devices/sign-in/nonce", { keyId }, asked);
    const about = { digest: "", role: "device", answer: "", signer: "", rpId, nonce } as const;
    const { signature } = this.sign({ version: 1, kind: "sign-in", ...about }).device;
    const answer = record({ token: text });
    this.#token = (await this.http.send("POST", "/api/devices/sign-in", { keyId, nonce, signature }, answer)).token;
  }

  /** One whole transfer, and its receipt. Whatever breaks off is done again, as a person does it. */
  async sendTo(other: Colleague, size: number): Promise<void> {
    const started = await this.#untilDone(() =>
      this.http.send(
        "POST",
        "/api/transfers",
        { facts, recipients: [{ address: other.member.address }] },
        record({ reference: text }),
      ),
    );
    const content = new Uint8Array(size);
    randomFillSync(content);
    const order = orderOf(started.reference, content);
    const { made, recipientId } = await this.#upload(order);
    this.#ledger.signed.set(made.reference, made.content);
    const received = await other.receive(recipientId);
    if ((await sha256Hex(received)) !== (await sha256Hex(content))) {
      throw new Error(`What ${made.reference} brought is not what was sent.`);
    }
    this.#ledger.received.add(recipientId);
  }

  /** Sealed, uploaded and signed. The record is what a device keeps, so every try goes on where the last one stopped. */
  async #upload(order: Order): Promise<{ readonly made: Made; readonly recipientId: string }> {
    const { http } = this;
    const pins = new Map<string, ReadonlyMap<string, string>>();
    const checkKeys = keyLogCheck({
      http,
      pins: {
        load: async (address) => pins.get(address) ?? new Map(),
        save: async (address, known) => void pins.set(address, known),
      },
      confirm: async () => false,
    });
    const pieces = new MemoryPieceRecord();
    const view = () => http.get(`/api/transfers/${order.reference}`, sendingView);
    const sending = () =>
      startSending(order, {
        http,
        record: pieces,
        cipher: nodeCipher,
        pace: { now: () => performance.now(), wait: this.#ledger.wait, tries: Number.POSITIVE_INFINITY },
        checkKeys,
        recoveryKey: async () => null,
        unlock: async () => this.#keys.identities,
        report: (state) => {
          if (state.kind === "begun" && !state.resumed) this.#ledger.begunAnew(order.reference);
        },
      }).done;
    const made = await this.#ledger.during("uploading", () => this.#untilDone(sending));
    const { recipients, expiresAt } = await this.#untilDone(view);
    const { name, address } = this.member;
    const decided = await this.#untilDone(() => readAssessment(http, order.reference, facts));
    const originator = { name, address, organisation: ORGANISATION };
    const seen = { originator, facts: waybillFacts(facts), expires: expiresAt, ...decided };
    await this.#untilDone(async () => {
      try {
        await signSending(made, seen, { http, rpId: RP_ID, sign: async (statement) => this.sign(statement) });
      } catch (error) {
        // The answer to an earlier try was lost, and it was carried out.
        const signed = error instanceof ClientError && error.refusal?.code === "not-now";
        if (!signed || (await view()).state !== "released") throw error;
      }
    });
    const [recipient] = recipients;
    if (recipient === undefined) throw new Error("Nobody was named.");
    return { made, recipientId: recipient.id };
  }

  /** As a person who tries again while the server is away. @throws whatever is not passing. */
  async #untilDone<T>(act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!isPassing(error)) throw error;
        await this.#ledger.wait();
      }
    }
  }

  /** @returns the content, every byte verified. */
  async receive(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const { http } = this;
    const { address } = this.member;
    const parts = { http, rpId: RP_ID, sign: async (statement: Statement) => this.sign(statement) };
    await this.#untilDone(async () => {
      const view = await fetchView(http, id);
      if (view.waybill === null) await confirmArrival(view, address, "", parts);
    });
    const key = { identities: this.#keys.identities };
    const opened = await this.#untilDone(async () => openTransfer(http, await fetchView(http, id), key, address));
    const content = await this.#ledger.during("downloading", () => this.#download(opened));
    await this.#untilDone(() => tellOpened(http, opened));
    await this.#untilDone(() => confirmReceipt(opened, address, parts));
    return content;
  }

  async #download(opened: OpenedTransfer): Promise<Uint8Array<ArrayBuffer>> {
    const items = new Items(
      { http: this.http, cipher: nodeCipher, patience: { wait: this.#ledger.wait, tries: Number.POSITIVE_INFINITY } },
      opened,
    );
    const content = new Uint8Array(opened.waybill.totals.bytes);
    let at = 0;
    for await (const bytes of items.all(new AbortController().signal)) {
      content.set(bytes, at);
      at += bytes.length;
      await pause(2); // a slower line, so that kills fall into it
    }
    if (at !== content.length) throw new Error(`${at} bytes came, not ${content.length}.`);
    return content;
  }
}

function orderOf(reference: string, content: Uint8Array<ArrayBuffer>): Order {
  const step = 512 * 1024;
  return {
    reference,
    items: [{ name: "Case papers.bin", type: "", kind: "file", length: content.length }],
    read: async function* () {
      for (let at = 0; at < content.length; at += step) {
        yield content.subarray(at, at + step);
        await pause(2);
      }
    },
    subject: "",
    riskyReason: "",
  };
}
