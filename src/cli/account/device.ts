import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { toBase64Url } from "../../bytes/base64.ts";
import type { DeviceKeys } from "../../log/device-keys.ts";
import { type Statement, statementBytes } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { CliError } from "../error.ts";
import { readPrivate, writePrivate } from "./config-folder.ts";

/** The secret and public keys of a command line at one server. */
export interface DeviceSecrets extends DeviceKeys {
  /** AGE-SECRET-KEY-PQ-1…, newest first: earlier ones open what was sealed to them. */
  readonly identities: readonly string[];
  /** The private half of `signing`: 32 bytes, URL-safe base64 (RFC 8037's `d`). */
  readonly seed: string;
}

/** A command line that was enrolled at one server: what its key file holds. */
export interface Device extends DeviceSecrets {
  readonly version: 1;
  /** Such as https://waybill.example.gov.uk. */
  readonly origin: string;
  /** Whose command line it is. */
  readonly address: string;
  /** The server's name for the keys. */
  readonly keyId: string;
}

/** New keys, and the secret keys of an earlier enrolment behind them. */
export async function newDeviceKeys(earlier: readonly string[]): Promise<DeviceSecrets> {
  const { identity, recipient } = await generateKeyPair();
  const { d, x } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  if (d === undefined || x === undefined) throw new Error("An Ed25519 key was exported without its halves.");
  return { identities: [identity, ...earlier], recipient, signing: x, seed: d };
}

/** Ed25519 over the statement, as `SignBody` and `RecipientSignature` take it. */
export function signWithDevice(
  device: Pick<Device, "keyId" | "signing" | "seed">,
  statement: Statement,
): { readonly keyId: string; readonly signature: string } {
  const jwk = { kty: "OKP", crv: "Ed25519", x: device.signing, d: device.seed };
  const signature = sign(null, statementBytes(statement), createPrivateKey({ key: jwk, format: "jwk" }));
  return { keyId: device.keyId, signature: toBase64Url(signature) };
}

/** The device of a key file; null where there is none. @throws CliError `file` */
export async function readDevice(path: string): Promise<Device | null> {
  const text = await readPrivate(path);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (isDevice(value)) return value;
  const message = `${path} is not a key file of this version. Nothing was changed: move it away, then: waybill login URL`;
  throw new CliError({ code: "file", message });
}

export function writeDevice(path: string, device: Device): Promise<void> {
  return writePrivate(path, `${JSON.stringify(device, null, 2)}\n`);
}

function isDevice(value: unknown): value is Device {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Partial<Record<keyof Device, unknown>>;
  const texts = [fields.origin, fields.address, fields.keyId, fields.recipient, fields.signing, fields.seed];
  const { version, identities } = fields;
  return (
    version === 1 &&
    texts.every((text) => typeof text === "string") &&
    Array.isArray(identities) &&
    identities.every((identity: unknown) => typeof identity === "string")
  );
}
