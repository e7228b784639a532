import { formatDate } from "../../domain/date-text.ts";
import type { KeyLogLine } from "../../domain/wire/people.ts";
import type { KeyLine } from "../../domain/wire/sending.ts";
import { ClientError, lying } from "../error.ts";
import type { CheckKeys, CheckSendingKeys } from "../sending/keys.ts";
import { type KeyLogParts, keyLogCheck } from "./check-key-log.ts";
import { checkStandIn, type StandInParts } from "./check-stand-in.ts";
import type { OwnKey } from "./judge-own-keys.ts";
import { checkOwnKeys, isTheirs, type OwnKeys, type OwnKeysParts, sayTheirs } from "./own-keys.ts";

/**
 * The check before anything is sealed, for whoever uses this client: first of all that everything in their own name is theirs, then the keys of
 * everybody as `keyLogCheck` does. No key of their own is taken unasked: it was signed for by a passkey of theirs, or they say that it is theirs.
 * @throws ClientError `false-key`, and as `keyLogCheck`
 */
export function ownKeysFirst(parts: SealingParts): CheckKeys {
  return async (lines) => settleAll(await ownKeysToSeal(parts), lines, parts);
}

/** The same before a sender's own access is sealed: to nobody's keys but theirs, and those of a stand-in whom they named. @throws as `ownKeysFirst` */
export function sendingKeysFirst(parts: SealingParts & StandInParts): CheckSendingKeys {
  return async (lines, access) => {
    const own = await ownKeysToSeal(parts);
    await checkStandIn(own.address, access, parts);
    await settleAll(own, lines, parts);
  };
}

type SealingParts = KeyLogParts & Pick<OwnKeysParts, "device">;

async function ownKeysToSeal(parts: SealingParts): Promise<OwnKeys> {
  const own = await checkOwnKeys(parts);
  if (!own.samePerson) throw lying("it says that somebody else is signed in here than whose passkey answered last");
  const alarming = own.false.filter(({ removed }) => !removed);
  if (alarming.length > 0) throw falseKey(alarming);
  return own;
}

async function settleAll(own: OwnKeys, lines: readonly KeyLine[], parts: SealingParts): Promise<void> {
  await settle(
    own,
    lines.filter(({ address }) => address === own.address),
    parts,
  );
  await keyLogCheck(parts)(lines);
}

/** Asks about those of the lines that are not known to be theirs, and pins all of them: `keyLogCheck` would take the first unasked. */
async function settle(own: OwnKeys, lines: readonly KeyLine[], parts: KeyLogParts): Promise<void> {
  const unsure: OwnKey[] = [];
  for (const line of lines) {
    const key = own.keys.find(({ id, publicKey }) => id === line.id && publicKey === line.recipient);
    if (key === undefined) throw lying("it gives a key as yours that is not in its key log");
    if (!isTheirs(key)) unsure.push(key);
  }
  const asked = lines.filter(({ id }) => unsure.some((each) => each.id === id));
  if (asked.length > 0) {
    const dated = asked.map((line): KeyLogLine => {
      const createdAt = unsure.find(({ id }) => id === line.id)?.at ?? "";
      return { ...line, signing: null, createdAt, removedAt: null };
    });
    if (!(await parts.confirm(dated))) throw notConfirmed();
    await sayTheirs(parts, own, unsure);
  }
  const pins = await parts.pins.load(own.address);
  await parts.pins.save(own.address, new Map([...pins, ...lines.map(({ id, recipient }) => [id, recipient] as const)]));
}

/** The error for sealing while something stands in one's name that is nobody's of theirs. */
export function falseKey(keys: readonly OwnKey[]): ClientError {
  const when = keys.map(({ at }) => formatDate(at)).join(", ");
  const message =
    `A key was added in your name that none of your passkeys signed for (on ${when}). Nothing was sent, and what you sent and were sent before is not lost. ` +
    "Report it, ask your administrator by telephone or in person, and send nothing until it is removed.";
  return new ClientError({ code: "false-key", message });
}

function notConfirmed(): ClientError {
  const message =
    "You did not say that this key is yours. Nothing was sent. If you do not know it, report it and ask your administrator.";
  return new ClientError({ code: "changed-keys", message });
}
