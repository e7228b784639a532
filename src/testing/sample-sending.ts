import { Http } from "../client/http.ts";
import type { Made, Order } from "../client/sending/order.ts";
import { MemoryPieceRecord, type PieceRecord } from "../client/sending/piece-record.ts";
import { type Sending, type SendingParts, type SendingState, startSending } from "../client/sending/start-sending.ts";
import type { KeyLine } from "../domain/wire/sending.ts";
import { generateKeyPair, type KeyPair } from "../seal/keys.ts";
import { webCryptoCipher } from "../seal/webcrypto-cipher.ts";
import { WireServer } from "./wire-server.ts";

export const SAMPLE_REFERENCE = "WB-7F3K-Q2XV";
export const MEMBER_ID = "member-recipient";
export const OUTSIDER_ID = "outside-recipient";

/** A sender, a member and (where asked for) an outsider, and a wire server for one transfer between them. */
export class SampleTransfer {
  readonly server: WireServer;
  readonly origin: string;
  readonly sender: KeyPair;
  readonly member: KeyPair;
  readonly states: SendingState[] = [];

  constructor(server: WireServer, origin: string, sender: KeyPair, member: KeyPair) {
    this.server = server;
    this.origin = origin;
    this.sender = sender;
    this.member = member;
  }

  static async start(outsider = false): Promise<SampleTransfer> {
    const sender = await generateKeyPair();
    const member = await generateKeyPair();
    const server = new WireServer({
      reference: SAMPLE_REFERENCE,
      senderKeys: [keyLine("sam@council.example", sender)],
      recipients: [
        {
          id: MEMBER_ID,
          name: "Mia Member",
          address: "mia@council.example",
          access: "account",
          keys: [keyLine("mia@council.example", member)],
        },
        ...(outsider
          ? [
              {
                id: OUTSIDER_ID,
                name: "Olu Outside",
                address: "olu@chambers.example",
                access: "words" as const,
                keys: [],
              },
            ]
          : []),
      ],
    });
    return new SampleTransfer(server, await server.start(), sender, member);
  }

  http(): Http {
    return new Http({ origin: this.origin, fetch, headers: () => ({}) });
  }

  /** Starts to send; `record` is what the device remembers from one try to the next. */
  send(order: Order, record: PieceRecord = new MemoryPieceRecord(), parts: Partial<SendingParts> = {}): Sending {
    return startSending(order, {
      http: this.http(),
      record,
      cipher: webCryptoCipher,
      pace: { now: () => performance.now(), wait: async () => undefined, tries: 5 },
      checkKeys: async () => undefined,
      recoveryKey: async () => null,
      unlock: async () => [this.sender.identity],
      report: (state) => void this.states.push(state),
      ...parts,
    });
  }

  async sent(order: Order, record?: PieceRecord): Promise<Made> {
    return this.send(order, record).done;
  }
}

/** An order of items with these bytes, named `item 0`, `item 1`, …. */
export function orderOf(...contents: readonly Uint8Array<ArrayBuffer>[]): Order {
  return {
    reference: SAMPLE_REFERENCE,
    items: contents.map(({ length }, at) => ({ name: `item ${at}`, type: "", kind: "file", length })),
    read: async function* () {
      for (const bytes of contents) yield bytes;
    },
    subject: "The real subject",
    riskyReason: "",
  };
}

/** Bytes that look random, the same every time. */
export function sampleBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

function keyLine(address: string, key: KeyPair): KeyLine {
  return { id: `key of ${address}`, address, kind: "main", version: 1, recipient: key.recipient };
}
