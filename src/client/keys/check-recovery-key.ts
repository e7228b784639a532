import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { RecoveryKeyLine } from "../../domain/wire/recovery.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { keyLogAnswer } from "../people/shapes.ts";
import type { KeyPins } from "./check-key-log.ts";

/** Under what the pins of the organisation's own key are kept: no address, so nobody's. */
const ORGANISATION = "organisation recovery key";
/** Beside the keys that were accepted, by id: the id of the one that was accepted last, or `none`. */
const LATEST = "latest";
const NONE = "none";

/** How the organisation's recovery key differs from what this client was told last. */
export type RecoveryChange =
  | { readonly kind: "new" | "changed"; readonly now: RecoveryKeyLine }
  | { readonly kind: "removed"; readonly before: RecoveryKeyLine };

export interface RecoveryKeyParts {
  readonly http: Http;
  readonly pins: KeyPins;
  /** Asks the person, who says it once on each client. False stops. */
  confirm(change: RecoveryChange): Promise<boolean>;
}

/**
 * Port: the public key of the organisation's recovery key, to which a transfer is sealed too; null where there is none.
 * @throws ClientError `changed-keys`, `lying-server`
 */
export type CheckRecoveryKey = () => Promise<string | null>;

/**
 * The check before anything is sealed: a recovery key that is new to this client, another one than it accepted, or one that is gone,
 * stops until the person has confirmed it. One that was accepted must still stand in the key log as it was.
 */
export function recoveryKeyCheck(parts: RecoveryKeyParts): CheckRecoveryKey {
  return async () => {
    const log = (await parts.http.get("/api/keys", keyLogAnswer)).recovery;
    const pins = await parts.pins.load(ORGANISATION);
    for (const [id, recipient] of pins) {
      if (id === LATEST) continue;
      if (log.find((line) => line.id === id)?.recipient !== recipient) {
        throw lying("a recovery key that was known has changed or vanished from its key log");
      }
    }
    const active = log.filter(({ removedAt }) => removedAt === null);
    if (active.length > 1) throw lying("its key log names two recovery keys at once");
    const [now] = active;
    const before = log.find(({ id }) => id === pins.get(LATEST));
    const change = changeOf(now, before);
    if (change !== null) {
      if (!(await parts.confirm(change))) throw notConfirmed();
      const accepted = now ? [[now.id, now.recipient] as const] : [];
      await parts.pins.save(ORGANISATION, new Map([...pins, ...accepted, [LATEST, now?.id ?? NONE]]));
    }
    return now?.recipient ?? null;
  };
}

/** SHA-256 of a recovery key's text, hexadecimal: what the waybill says of it; null for none. */
export async function recoveryKeyDigest(recipient: string | null): Promise<string | null> {
  return recipient === null ? null : sha256Hex(utf8(recipient));
}

function changeOf(now: RecoveryKeyLine | undefined, before: RecoveryKeyLine | undefined): RecoveryChange | null {
  if (now?.id === before?.id) return null;
  if (now) return { kind: before ? "changed" : "new", now };
  return before ? { kind: "removed", before } : null;
}

function notConfirmed(): ClientError {
  const message =
    "You did not confirm what your organisation did with its recovery key. Nothing was sent. Ask an administrator about it.";
  return new ClientError({ code: "changed-keys", message });
}
