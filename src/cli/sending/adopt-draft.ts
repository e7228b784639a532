import type { Made } from "../../client/sending/order.ts";
import { rebuildMade } from "../../client/sending/rebuild-made.ts";
import { flag, oneOf, orNull, record, size, text } from "../../client/shape.ts";
import { signingOptions } from "../../client/views.ts";
import { CLASSIFICATIONS, IMPACTS } from "../../domain/facts.ts";
import { NOT_STATED } from "../../domain/transfer.ts";
import type { SendingView } from "../../domain/wire/sending.ts";
import type { Session } from "../account/session.ts";
import type { Draft } from "./drafts.ts";

const impact = oneOf(...IMPACTS);
const facts = {
  purpose: text,
  necessity: text,
  classification: oneOf(...CLASSIFICATIONS["uk-government"], ...CLASSIFICATIONS.university),
  personal: flag,
  sensitive: flag,
  special: orNull(flag),
  offences: orNull(flag),
  people: orNull(size),
  impact: record({ individuals: impact, organisation: impact }),
};
const lawfulBasis = record({ basis: text, special: text, offences: text });

/** What nobody stated is absent from a waybill, and is not stated here either. */
function statedFacts(value: unknown, where: string) {
  const stated = typeof value === "object" && value !== null ? value : {};
  return record({
    ...facts,
    ...("recordCopy" in stated ? { recordCopy: text } : {}),
    ...("lawfulBasis" in stated ? { lawfulBasis } : {}),
  })(value, where);
}

/**
 * A draft that another device of this sender sealed: opened with this device's key. The facts are the server's word, as stated there,
 * and have to be shown with everything else before it is signed.
 * @throws ClientError `no-access`, `lying-server`, `bad-answer`; SealError
 */
export async function adoptDraft(
  view: SendingView,
  { http, device }: Session,
): Promise<{ readonly draft: Draft; readonly made: Made }> {
  const { reference } = view;
  const made = await rebuildMade(view, view.recipients, device.identities, http);
  const path = `/api/transfers/${reference}/sign/options`;
  const { waybill } = await http.send("POST", path, {}, signingOptions);
  const stated = record({ facts: statedFacts })(JSON.parse(waybill), path); // the server's; signing compares it whole
  const nothing = { command: "", riskyReason: "", files: [], stdinName: "", messageFile: null, made: null };
  return { draft: { reference, facts: { ...NOT_STATED, ...stated.facts }, subject: made.subject, ...nothing }, made };
}
