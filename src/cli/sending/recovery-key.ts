import { type CheckRecoveryKey, type RecoveryChange, recoveryKeyCheck } from "../../client/keys/check-recovery-key.ts";
import { formatDate } from "../../domain/date-text.ts";
import { fingerprintOf } from "../../log/key-fingerprint.ts";
import type { Session } from "../account/session.ts";
import { askYesNo } from "../ask.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";

/** What accepts that there is no recovery key any more. */
const NONE = "none";

/** How a change of the organisation's recovery key is confirmed. */
export interface RecoveryTrust {
  /** The number of the key that is accepted, or `none`; undefined asks at the terminal. */
  readonly accepted: string | undefined;
  readonly parts: Parts;
}

/** The check of the organisation's recovery key for this command line, which remembers what was accepted. */
export function recoveryKeyOf({ http, state }: Session, trust: RecoveryTrust): CheckRecoveryKey {
  return recoveryKeyCheck({ http, pins: state, confirm: (change) => confirmChange(change, trust) });
}

/** @throws CliError `unconfirmed-key` where another key was accepted than there is, or nobody can be asked */
async function confirmChange(change: RecoveryChange, { accepted, parts }: RecoveryTrust): Promise<boolean> {
  const number = change.kind === "removed" ? NONE : await fingerprintOf(change.now.recipient);
  const said = `${sentenceOf(change, number)} Nothing was sent.`;
  const option = `--accept-recovery-key ${number.replaceAll(" ", "")}`;
  if (accepted !== undefined) {
    if (accepted.replace(/[\s-]/g, "").toLowerCase() === number.replaceAll(" ", "")) return true;
    throw unconfirmed(`${said} That is not what you accepted. If an administrator confirms it: ${option}`);
  }
  try {
    return await askYesNo(`${sentenceOf(change, number)} Did you expect this, and do you go on?`, "", parts);
  } catch (cause) {
    if (!(cause instanceof CliError) || cause.code !== "usage") throw cause;
    throw unconfirmed(`${said} Ask an administrator whether that is right; if it is, add: ${option}`);
  }
}

function sentenceOf(change: RecoveryChange, number: string): string {
  if (change.kind === "removed") {
    return "Your organisation has no recovery key any more: it could open what was sent with one before.";
  }
  const { enrolledBy, enrolledAt } = change.now;
  const who = `number ${number}, enrolled by ${enrolledBy.join(" and ")} on ${formatDate(enrolledAt)}`;
  return change.kind === "new"
    ? `Your organisation can open what you send with a recovery key that it keeps offline (${who}). It is new to this command line.`
    : `The recovery key with which your organisation can open what you send is another one now (${who}).`;
}

function unconfirmed(message: string): CliError {
  return new CliError({ code: "unconfirmed-key", message });
}
