import type { KeyLine, SendingView } from "../../domain/wire/sending.ts";
import { ClientError, lying } from "../error.ts";

/**
 * Port: checks public keys before anything is sealed to them, against the key log and what this client has seen before.
 * @throws ClientError `changed-keys` for one that is new, changed or not in the log, `lying-server`.
 */
export type CheckKeys = (lines: readonly KeyLine[]) => Promise<void>;

/**
 * Checks every key that this transfer will be sealed to: each is its owner's by the address beside it, and passes the part.
 * @throws ClientError `changed-keys`, `lying-server`.
 */
export async function checkAllKeys(view: SendingView, check: CheckKeys): Promise<void> {
  if (view.senderKeys.length === 0) throw noKey("You have");
  for (const { name, address, access, keys } of view.recipients) {
    if (access === "words") continue;
    if (keys.length === 0) throw noKey(`${name} has`);
    if (keys.some((line) => line.address !== address)) throw lying(`it gives a key of somebody else for ${address}`);
  }
  await check([...view.senderKeys, ...view.recipients.flatMap(({ access, keys }) => (access === "words" ? [] : keys))]);
}

function noKey(who: string): ClientError {
  const message = `${who} no public key on the server any more. Nothing was sent. Go back to the recipients and check them.`;
  return new ClientError({ code: "changed-keys", message });
}
