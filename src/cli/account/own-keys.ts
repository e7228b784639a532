import { ClientError } from "../../client/error.ts";
import type { OwnKey } from "../../client/keys/judge-own-keys.ts";
import { checkOwnKeys } from "../../client/keys/own-keys.ts";
import { falseKey } from "../../client/keys/own-keys-first.ts";
import { formatDate } from "../../domain/date-text.ts";
import type { Parts } from "../command.ts";
import type { Session } from "./session.ts";

/**
 * SIS-23: looks at the keys in the name of this command line's person, and says on standard error what is nobody's of theirs. A server that answers
 * nothing about them stops nothing but sealing, which looks again.
 * @param json whether what is said is to be JSON
 * @throws ClientError `lying-server`
 */
export async function lookAtOwnKeys(session: Session, json: boolean, parts: Parts): Promise<void> {
  const found = await falseKeysOf(session);
  if (found.length === 0) return;
  const { origin } = session.device;
  const removed = found.every((each) => each.removed);
  const message =
    `A key was added in your name that none of your passkeys signed for: ${found.map(whatItIs).join("; ")}. Whoever has it may open what others ${removed ? "sent you meanwhile" : "send you"}. ` +
    `What was sent to you before that is not lost. Report it (${origin}/report)${removed ? ", if you have not yet," : ","} and ask your administrator by telephone or in person${removed ? "." : ", and send nothing until it is removed."}`;
  const said = json ? JSON.stringify({ warning: { code: "false-key", message } }) : `waybill: ${message}`;
  parts.stderr.write(`${said}\n`);
}

/** The same before something is sealed. @throws ClientError `false-key`, `lying-server` */
export async function refuseFalseKeys(session: Session): Promise<void> {
  const active = (await falseKeysOf(session)).filter(({ removed }) => !removed);
  if (active.length > 0) throw falseKey(active);
}

async function falseKeysOf({ http, state, device }: Session): Promise<readonly OwnKey[]> {
  try {
    return (await checkOwnKeys({ http, pins: state, device })).false;
  } catch (cause) {
    if (cause instanceof ClientError && cause.code === "refused" && cause.refusal?.status !== 401) return [];
    throw cause;
  }
}

function whatItIs({ kind, at, removed }: OwnKey): string {
  const what = { main: "key for passkeys", device: "key of a command line", passkey: "passkey" }[kind];
  return `${what}, added on ${formatDate(at)}${removed ? ", removed since" : ""}`;
}
