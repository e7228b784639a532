import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { lying } from "../error.ts";
import { flag, list, oneOf, type Read, record, type Shape, size, text } from "../shape.ts";

const impact = record({ individuals: text, organisation: text });
const waybillShape = record({
  version: size,
  reference: text,
  originator: record({ name: text, address: text, organisation: text }),
  recipients: list(record({ name: text, address: text, access: text, token: text })),
  method: oneOf("secure-link"),
  facts: record({ purpose: text, necessity: text, classification: text, personal: flag, sensitive: flag, impact }),
  totals: record({ items: size, bytes: size, sealed: size }),
  content: text,
  expires: text,
}) satisfies Shape<Omit<Waybill, "version">>;

/** A waybill that names this recipient, with its digest and their token's. */
export interface CheckedWaybill extends Read<typeof waybillShape> {
  /** SHA-256 of its text, hexadecimal. */
  readonly digest: string;
  /** SHA-256 of this recipient's receipt token, hexadecimal. */
  readonly token: string;
}

/**
 * Reads a waybill that the server hands out.
 * @throws ClientError `lying-server` when it is no canonical JSON, has other members than a waybill, or does not name `address`.
 */
export function readWaybill(given: string, digest: string, address: string): CheckedWaybill {
  let waybill: Read<typeof waybillShape>;
  try {
    const value = JSON.parse(given) as Json;
    waybill = waybillShape(value, "waybill");
    if (canonicalJson(value) !== given || canonicalJson(waybill) !== given) throw new Error("not canonical");
  } catch (cause) {
    throw lying("the transfer record is malformed", cause);
  }
  const own = waybill.recipients.filter((each) => each.address === address);
  const [recipient] = own;
  if (recipient === undefined || own.length !== 1) throw lying("the transfer record does not name you as a recipient");
  return { ...waybill, digest, token: recipient.token };
}
