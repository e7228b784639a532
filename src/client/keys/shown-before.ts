import type { KeyEvent, OwnKeysAnswer } from "../../domain/wire/people.ts";
import { lying } from "../error.ts";

/** What `shownNow` says of what has no event. */
const NO_EVENT = "yes";

/**
 * Everything that is shown in somebody's name: by the id of a line or credential, the place in the log of the event in which it was added (`yes` for
 * none). Each is added once: a second event would make a passkey newer than it is, or have another one vouch for a key that is theirs.
 * @throws ClientError `lying-server`
 */
export function shownNow({ lines }: OwnKeysAnswer, events: readonly KeyEvent[]): ReadonlyMap<string, string> {
  const shown = new Map(lines.map(({ id }) => [id, NO_EVENT]));
  const publicKeys = new Set<string>();
  const added = new Set<string>();
  for (const { kind, seq, detail } of events) {
    const id = String((kind === "passkey-added" ? detail.credentialId : detail.keyId) ?? "");
    const publicKey = kind === "passkey-added" ? String(detail.publicKey ?? "") : "";
    if ((id !== "" && added.has(id)) || publicKeys.has(publicKey))
      throw lying("a key in your name was added twice in its log");
    added.add(id);
    if (publicKey !== "") publicKeys.add(publicKey);
    if (kind === "passkey-added" || shown.has(id)) shown.set(id, String(seq)); // a line is its own, event or not
  }
  return shown;
}

/**
 * What was shown before has to be shown again, and as added by the same event.
 * @param before as `shownNow` said it, or `yes` alone, by an earlier version
 * @throws ClientError `lying-server`
 */
export function refuseVanished(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): void {
  for (const [id, seq] of before) {
    if (!now.has(id)) throw lying("a key in your name that was there before has vanished from its key log");
    if (seq !== NO_EVENT && now.get(id) !== seq)
      throw lying("a key in your name was added elsewhere in its log than before");
  }
}
