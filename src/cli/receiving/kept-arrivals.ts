import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { orNull, type Read, record, text } from "../../client/shape.ts";
import { newArrivalKey } from "../../log/statement-keys.ts";
import { readPrivate, writePrivate } from "../account/config-folder.ts";
import { fileError } from "../system-error.ts";
import type { Link } from "./link.ts";

const jwk = record({ x: text, y: text, d: text });
const shape = record({
  origin: text,
  id: text,
  reference: text,
  /** ISO 8601: when the transfer ends. */
  expiresAt: text,
  /** The bearer token of the proved mailbox; the server forgets it after some hours. */
  token: text,
  /** The signing key made at arrival, P-256 as JWK members; null before that. */
  key: orNull(jwk),
  /** The waybill's digest that it signed for; null until arrival was confirmed with it. */
  digest: orNull(text),
  /** Who is reading, where it is a team mailbox. */
  reader: text,
  /** The digest of the waybill whose whole content was verified and saved here; null until that was so. */
  verified: orNull(text),
});

/** What an outside recipient's command line keeps of one transfer, so that a receive that was interrupted goes on. */
export type KeptArrival = Read<typeof shape>;

/**
 * The folder `receiving` in the config folder: a private file for each transfer that this command line receives for somebody without an
 * account. A file dies when the receipt is signed, when the server says that the transfer is over, and, whatever becomes of it, with the
 * first receive after the transfer's expiry. Losing one loses nothing: the mailbox is proved and arrival confirmed again.
 */
export class KeptArrivals {
  readonly #folder: string;
  constructor(configFolder: string) {
    this.#folder = join(configFolder, "receiving");
  }

  /** Null where there is none, or none that is understood. @throws CliError `file`, also when others may read it. */
  load(link: Link): Promise<KeptArrival | null> {
    return this.#read(nameOf(link));
  }

  /** Durable when it answers. @throws CliError `file` */
  async save(kept: KeptArrival): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw fileError("make the folder", this.#folder, cause);
    }
    await writePrivate(join(this.#folder, nameOf(kept)), `${JSON.stringify(kept, null, 2)}\n`);
  }

  async forget(link: Link): Promise<void> {
    await rm(join(this.#folder, nameOf(link)), { force: true });
  }

  /** The one that is under way for a reference. @param origin null for any server. */
  async of(reference: string, origin: string | null): Promise<KeptArrival | null> {
    for (const kept of await this.#all()) {
      if (kept.reference === reference && (origin === null || kept.origin === origin)) return kept;
    }
    return null;
  }

  /** Forgets those whose transfers have expired. @param now ISO 8601 */
  async forgetExpired(now: string): Promise<void> {
    for (const kept of await this.#all()) if (kept.expiresAt <= now) await this.forget(kept);
  }

  async #all(): Promise<readonly KeptArrival[]> {
    const names = await readdir(this.#folder).catch(() => []); // none was kept yet
    const all = await Promise.all(names.filter((name) => name.endsWith(".json")).map((name) => this.#read(name)));
    return all.filter((each) => each !== null);
  }

  async #read(name: string): Promise<KeptArrival | null> {
    const content = await readPrivate(join(this.#folder, name));
    if (content === null) return null;
    try {
      const kept = shape(JSON.parse(content), name);
      return nameOf(kept) === name ? kept : null;
    } catch {
      return null; // of another version
    }
  }
}

type Jwk = Read<typeof jwk>;

/** A new signing key in the form that is kept. */
export async function newKeptKey(): Promise<Jwk> {
  const { privateKey } = await newArrivalKey(true);
  const { x, y, d } = await crypto.subtle.exportKey("jwk", privateKey);
  if (x === undefined || y === undefined || d === undefined)
    throw new Error("A P-256 key was exported without a part.");
  return { x, y, d };
}

/** The key as WebCrypto takes it. */
export async function keptKeyPair({ x, y, d }: Jwk) {
  const [curve, half] = [
    { name: "ECDSA", namedCurve: "P-256" },
    { kty: "EC", crv: "P-256", x, y },
  ];
  return {
    privateKey: await crypto.subtle.importKey("jwk", { ...half, d }, curve, false, ["sign"]),
    publicKey: await crypto.subtle.importKey("jwk", half, curve, true, ["verify"]),
  };
}

function nameOf({ origin, id }: Link): string {
  return `${new URL(origin).host.replaceAll(/[^A-Za-z0-9.-]/g, "_")}_${id}.json`;
}
