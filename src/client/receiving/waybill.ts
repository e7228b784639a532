import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { entryDigest, type Waybill, type WaybillEntry } from "../../domain/waybill.ts";
import { lying } from "../error.ts";
import { flag, list, oneOf, orNull, type Read, record, type Shape, size, text } from "../shape.ts";

const impact = record({ individuals: text, organisation: text });
const facts = {
  ...{ purpose: text, necessity: text, classification: text, personal: flag, sensitive: flag },
  ...{ special: orNull(flag), offences: orNull(flag), people: orNull(size), impact },
};
const moreFacts = { recordCopy: text, lawfulBasis: record({ basis: text, special: text, offences: text }) };

/** What nobody stated is absent. */
function statedFacts(value: unknown, where: string): Waybill["facts"] {
  const stated = typeof value === "object" && value !== null ? value : {};
  const { recordCopy, lawfulBasis } = moreFacts;
  return record({
    ...facts,
    ...("recordCopy" in stated ? { recordCopy } : {}),
    ...("lawfulBasis" in stated ? { lawfulBasis } : {}),
  })(value, where);
}

const waybillShape = record({
  version: size,
  reference: text,
  originator: record({ name: text, address: text, organisation: text }),
  recipients: list(text),
  grants: list(text),
  method: oneOf("secure-link"),
  facts: statedFacts,
  totals: record({ items: size, bytes: size, sealed: size }),
  content: text,
  expires: text,
  policy: record({ rules: text, digest: text }),
  needs: list(text),
  assessment: text,
  recovery: orNull(text),
}) satisfies Shape<Omit<Waybill, "version">>;

const shown = list(record({ name: text, address: text, grant: text }));

/** A waybill with its digest. `placeOf` says whom it names. */
export interface CheckedWaybill extends Read<typeof waybillShape> {
  /** SHA-256 of its text, hexadecimal. */
  readonly digest: string;
  /** Who could see the files before they agreed, where it names somebody. */
  readonly shown?: Read<typeof shown>;
}

/**
 * Reads a waybill that the server hands out.
 * @throws ClientError `lying-server` when it is no canonical JSON, has other members than a waybill.
 */
export function readWaybill(given: string, digest: string): CheckedWaybill {
  let waybill: Omit<CheckedWaybill, "digest">;
  try {
    const value = JSON.parse(given) as Json;
    waybill = { ...waybillShape(value, "waybill"), ...shownIn(value) };
    if (canonicalJson(value) !== given || canonicalJson({ ...waybill }) !== given) throw new Error("not canonical");
    if (waybill.grants.length !== waybill.recipients.length) throw new Error("not one access for each recipient");
  } catch (cause) {
    throw lying("the transfer record is malformed", cause);
  }
  return { ...waybill, digest };
}

/** Where the waybill names exactly this recipient, with the token whose SHA-256 is in the entry; null unless it does so once. */
export async function placeOf({ recipients }: CheckedWaybill, entry: WaybillEntry): Promise<number | null> {
  const digest = await entryDigest(entry);
  return recipients.filter((each) => each === digest).length === 1 ? recipients.indexOf(digest) : null;
}

function shownIn(value: Json): Pick<CheckedWaybill, "shown"> {
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, "shown")) return {};
  return { shown: shown((value as { readonly [name: string]: Json }).shown, "waybill.shown") };
}
