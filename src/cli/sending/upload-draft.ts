import { setTimeout as sleep } from "node:timers/promises";
import type { CheckRecoveryKey } from "../../client/keys/check-recovery-key.ts";
import type { NewStandIn } from "../../client/keys/check-stand-in.ts";
import { sendingKeysFirst } from "../../client/keys/own-keys-first.ts";
import { distinctNames } from "../../client/sending/distinct-names.ts";
import type { Made, Order } from "../../client/sending/order.ts";
import { type SendingState, startSending } from "../../client/sending/start-sending.ts";
import type { Pace } from "../../client/sending/upload.ts";
import type { KeyLine } from "../../domain/wire/sending.ts";
import type { Session } from "../account/session.ts";
import { askYesNo } from "../ask.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { nodeCipher } from "../node-cipher.ts";
import { Progress } from "../progress.ts";
import type { Draft } from "./drafts.ts";
import { mediaType } from "./media-type.ts";
import { FilePieceRecord } from "./piece-record-file.ts";
import type { Source } from "./source.ts";

/** Waits double up to half a minute: the server may be away for some four minutes. */
export const pace: Pace = {
  now: () => performance.now(),
  wait: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
  tries: 14,
};

/** How new keys are confirmed. */
export interface KeyTrust {
  /** Addresses whose keys are accepted as the key log has them now. */
  readonly accepted: readonly string[];
  readonly recoveryKey: CheckRecoveryKey;
  readonly parts: Parts;
}

/** Seals and uploads the files of a draft, going on where an earlier run stopped. @throws ClientError, SealError, CliError */
export async function uploadDraft(
  draft: Draft,
  sources: readonly Source[],
  session: Session,
  trust: KeyTrust,
): Promise<Made> {
  const { parts } = trust;
  const total = sources.reduce((sum, { size }) => sum + size, 0);
  const progress = new Progress(parts, "Sending", total);
  const sending = startSending(orderOf(draft, sources), {
    http: session.http,
    record: new FilePieceRecord(session.state),
    cipher: nodeCipher,
    pace,
    checkKeys: sendingKeysFirst({
      http: session.http,
      pins: session.state,
      device: session.device,
      confirm: (lines) => confirmKeys(lines, trust),
      confirmStandIn: (change) => confirmStandIn(change, parts),
    }),
    recoveryKey: trust.recoveryKey,
    unlock: async () => session.device.identities,
    report: (state) => say(state, progress, parts),
  });
  const stop = () => sending.stop();
  parts.signal.addEventListener("abort", stop, { once: true });
  if (parts.signal.aborted) stop();
  try {
    return await sending.done;
  } finally {
    parts.signal.removeEventListener("abort", stop);
    progress.clear();
  }
}

function orderOf({ reference, subject, riskyReason }: Draft, sources: readonly Source[]): Order {
  const names = distinctNames(sources.map(({ name }) => name));
  return {
    reference,
    items: sources.map(({ kind, size }, at) => {
      const name = names[at] ?? "";
      return { name, type: kind === "message" ? "text/plain" : mediaType(name), kind, length: size };
    }),
    read: async function* () {
      for (const source of sources) yield* source.stream();
    },
    subject,
    riskyReason,
  };
}

const WAITING = {
  connection: "the connection is lost, trying again",
  server: "the server cannot take more now, trying again",
} as const;

function say(state: SendingState, progress: Progress, parts: Parts): void {
  if (!parts.stderr.isTTY) return;
  if (state.kind === "begun" && state.resumed) parts.stderr.write("Going on where it stopped.\n");
  if (state.kind === "progress") {
    const { bytes, total } = state.progress;
    progress.at(bytes, total, state.waiting === null ? "" : WAITING[state.waiting]);
  }
}

async function confirmKeys(lines: readonly KeyLine[], { accepted, parts }: KeyTrust): Promise<boolean> {
  const open = lines.filter(({ address }) => !accepted.includes(address));
  if (open.length === 0) return true;
  const who = [...new Set(open.map(({ address }) => address))];
  const question = `New public keys, not seen by this command line before, of: ${who.join(", ")}. Has each of them told you that they changed or added a key, or was it you, if the address is yours?`;
  try {
    return await askYesNo(question, "", parts);
  } catch (cause) {
    if (!(cause instanceof CliError) || cause.code !== "usage") throw cause;
    const message =
      `There are new public keys of ${who.join(", ")}. Nothing was sent. Ask them whether they changed or added a key, and of your own look at your account in a browser; ` +
      `if it is right, add: ${who.map((each) => `--accept-keys ${each}`).join(" ")}`;
    throw new CliError({ code: "unconfirmed-key", message });
  }
}

/** A command names no stand-in: one was named where the draft was described in a browser, or is an invention of the server. */
function confirmStandIn({ now: { name, address } }: NewStandIn, parts: Parts): Promise<boolean> {
  const question = `${name} (${address}) may tell the six words in your place, so this is sealed to their keys too. Did you name them?`;
  return askYesNo(question, "Nothing was sent. Run it again at a terminal, or send it from a browser.", parts);
}
