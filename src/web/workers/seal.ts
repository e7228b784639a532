import { bytesOf } from "../../client/bytes-of.ts";
import { deferred } from "../../client/deferred.ts";
import { ClientError } from "../../client/error.ts";
import { Http } from "../../client/http.ts";
import { recoveryKeyCheck } from "../../client/keys/check-recovery-key.ts";
import { sendingKeysFirst } from "../../client/keys/own-keys-first.ts";
import { distinctNames } from "../../client/sending/distinct-names.ts";
import type { Order } from "../../client/sending/order.ts";
import { type Sending, startSending } from "../../client/sending/start-sending.ts";
import { fingerprintOf } from "../../log/key-fingerprint.ts";
import { platformCipher } from "../../seal/webcrypto-cipher.ts";
import { browserPace } from "./calls/browser-pace.ts";
import type { SealCall, SealNews } from "./calls/seal-calls.ts";
import { troubleOf } from "./calls/trouble.ts";
import { browserKeyPins } from "./kept/browser-key-pins.ts";
import { BrowserPieceRecord } from "./kept/browser-piece-record.ts";
import { saveMade } from "./kept/made.ts";

// Seals and uploads what its page gives it: one sending, then it is done. See calls/seal-calls.ts.

type Start = Extract<SealCall, { kind: "start" }>;

let sending: Sending | null = null;
let unlocking = deferred<readonly string[]>();
let confirming = deferred<boolean>();

addEventListener("message", ({ data }: MessageEvent<SealCall>) => {
  switch (data.kind) {
    case "start":
      start(data).then(
        (made) => tell({ kind: "done", made }),
        (error: unknown) => tell({ kind: "failed", trouble: troubleOf(error) }),
      );
      return;
    case "unlocked":
      unlocking.resolve(data.identities);
      return;
    case "not-unlocked":
      unlocking.reject(new ClientError({ code: "cancelled", message: data.message }));
      return;
    case "keys-confirmed":
      confirming.resolve(data.confirmed);
      return;
    default:
      sending?.[data.kind]();
  }
});

async function start(call: Start) {
  const { origin, token } = call.reach;
  const http = new Http({ origin, fetch, headers: () => ({ "x-waybill-token": token }) });
  sending = startSending(orderOf(call), {
    http,
    record: await BrowserPieceRecord.open(),
    cipher: await platformCipher(),
    pace: browserPace,
    checkKeys: sendingKeysFirst({
      http,
      pins: browserKeyPins,
      confirm: (lines) => {
        confirming = deferred();
        tell({ kind: "confirm-keys", lines });
        return confirming.promise;
      },
      confirmStandIn: (change) => {
        confirming = deferred();
        tell({ kind: "confirm-stand-in", change });
        return confirming.promise;
      },
    }),
    recoveryKey: recoveryKeyCheck({
      http,
      pins: browserKeyPins,
      confirm: async (change) => {
        confirming = deferred();
        const number = change.kind === "removed" ? "" : await fingerprintOf(change.now.recipient);
        tell({ kind: "confirm-recovery-key", change, number });
        return confirming.promise;
      },
    }),
    unlock: () => {
      unlocking = deferred();
      tell({ kind: "unlock" });
      return unlocking.promise;
    },
    report: (state) => tell({ kind: "state", state }),
  });
  const made = await sending.done;
  await saveMade(made);
  return made;
}

/**
 * The items by name, so that the same files chosen again in another order make the same body. All are read as one Blob:
 * a thousand small files cost about as much as one of their size.
 */
function orderOf({ reference, items, subject, riskyReason }: Start): Order {
  const sorted = [...items].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.content.size - b.content.size,
  );
  const names = distinctNames(sorted.map(({ name }) => name));
  const whole = new Blob(sorted.map(({ content }) => content));
  return {
    reference,
    items: sorted.map(({ type, kind, content }, at) => ({
      name: names[at] ?? "",
      type: /^[\x20-\x7e]{0,255}$/.test(type) ? type : "",
      kind,
      length: content.size,
    })),
    read: () => bytesOf(whole.stream()),
    subject,
    riskyReason,
  };
}

function tell(news: SealNews): void {
  postMessage(news);
}
