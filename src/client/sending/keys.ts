import type { KeyLine, SendingView } from "../../domain/wire/sending.ts";
import { ClientError, lying } from "../error.ts";

/**
 * Port: checks public keys before anything is sealed to them, against the key log and what this client has seen before.
 * @throws ClientError `changed-keys` for one that is new, changed or not in the log, `lying-server`.
 */
export type CheckKeys = (lines: readonly KeyLine[]) => Promise<void>;

/** What the sender's own access is sealed to: by the server's word, their keys and those of who may tell the words in their place. */
export type SenderAccess = Pick<SendingView, "reference" | "senderKeys" | "standIn">;

/**
 * Port: the same, and that each key of `access` is the sender's own, or of a stand-in whom they said to have named.
 * @throws ClientError as `CheckKeys`
 */
export type CheckSendingKeys = (lines: readonly KeyLine[], access: SenderAccess) => Promise<void>;

/**
 * Checks every key that this transfer will be sealed to: each is its owner's by the address beside it, and passes the part.
 * @throws ClientError `changed-keys`, `lying-server`.
 */
export async function checkAllKeys(view: SendingView, check: CheckSendingKeys): Promise<void> {
  for (const { name, address, access, keys } of view.recipients) {
    if (access === "words") continue;
    if (keys.length === 0) throw noKey(`${name} has`);
    if (keys.some((line) => line.address !== address)) throw lying(`it gives a key of somebody else for ${address}`);
  }
  const recipients = view.recipients.flatMap(({ access, keys }) => (access === "words" ? [] : keys));
  await checkSenderKeys(view, recipients, check);
}

/** The same of what the sender's access alone is sealed to, and of the other keys given. @throws as `checkAllKeys` */
export async function checkSenderKeys(
  access: SenderAccess,
  others: readonly KeyLine[],
  check: CheckSendingKeys,
): Promise<void> {
  if (access.senderKeys.length === 0) throw noKey("You have");
  await check([...access.senderKeys, ...others], access);
}

function noKey(who: string): ClientError {
  const message = `${who} no public key on the server any more. Nothing was sent. Go back to the recipients and check them.`;
  return new ClientError({ code: "changed-keys", message });
}
