import type { KeyLogLine } from "../../domain/wire/people.ts";
import type { KeyLine } from "../../domain/wire/sending.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { keyLogAnswer } from "../people/shapes.ts";
import type { CheckKeys } from "../sending/keys.ts";
import { proveKeys } from "./prove-keys.ts";

/** Port: the keys that this client has sealed to before, or been told to trust, from one visit to the next. */
export interface KeyPins {
  /** By key id: the public key (`age1pq…`). Empty when nothing was ever kept for that address. */
  load(address: string): Promise<ReadonlyMap<string, string>>;
  save(address: string, pins: ReadonlyMap<string, string>): Promise<void>;
}

export interface KeyLogParts {
  readonly http: Http;
  readonly pins: KeyPins;
  /** Asks the person about keys that are new for somebody whose keys were known. False stops. */
  confirm(lines: readonly KeyLogLine[]): Promise<boolean>;
}

/**
 * The check before anything is sealed: every key must stand in the key log that all members can read, and in the log, a key that was
 * known must not have changed or vanished from it, and a new one for somebody known is confirmed first. Somebody's first
 * keys are taken as they are and remembered.
 * @param prove the second of these; tests of the others leave it out.
 */
export function keyLogCheck(parts: KeyLogParts, prove: typeof proveKeys = proveKeys): CheckKeys {
  return async (lines) => {
    const log = (await parts.http.get("/api/keys", keyLogAnswer)).lines;
    for (const line of lines) refuseUnlogged(line, log);
    await prove(
      log.filter(({ id }) => lines.some((line) => line.id === id)),
      parts,
    );
    const fresh: KeyLogLine[] = [];
    const seen = new Map<string, ReadonlyMap<string, string>>();
    for (const address of new Set(lines.map((line) => line.address))) {
      const pins = await parts.pins.load(address);
      for (const [id, recipient] of pins) refuseChanged(id, recipient, log);
      const own = lines.filter((line) => line.address === address);
      if (pins.size > 0) fresh.push(...log.filter(({ id }) => !pins.has(id) && own.some((line) => line.id === id)));
      seen.set(address, new Map([...pins, ...own.map(({ id, recipient }) => [id, recipient] as const)]));
    }
    if (fresh.length > 0 && !(await parts.confirm(fresh))) throw notConfirmed(fresh);
    for (const [address, pins] of seen) await parts.pins.save(address, pins);
  };
}

function refuseUnlogged(line: KeyLine, log: readonly KeyLogLine[]): void {
  const logged = log.find(({ id }) => id === line.id);
  const same =
    logged?.address === line.address &&
    logged.recipient === line.recipient &&
    logged.version === line.version &&
    logged.kind === line.kind;
  if (!same) throw lying(`it gives a key for ${line.address} that is not in its key log`);
  if (logged.removedAt !== null) throw lying(`it gives a key for ${line.address} that was removed`);
}

function refuseChanged(id: string, recipient: string, log: readonly KeyLogLine[]): void {
  const logged = log.find((line) => line.id === id);
  if (logged?.recipient !== recipient) throw lying("a key that was known has changed or vanished from its key log");
}

function notConfirmed(lines: readonly KeyLine[]): ClientError {
  const who = [...new Set(lines.map(({ address }) => address))].join(", ");
  const message = `You did not confirm the new key of ${who}. Nothing was sent. Ask them whether they changed it.`;
  return new ClientError({ code: "changed-keys", message });
}
