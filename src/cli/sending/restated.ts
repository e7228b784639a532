import { canonicalJson } from "../../bytes/canonical-json.ts";
import { ClientError } from "../../client/error.ts";
import { flag, oneOf, orNull, record, size, text } from "../../client/shape.ts";
import { CLASSIFICATIONS, IMPACTS } from "../../domain/facts.ts";
import { NOT_STATED, type StatedFacts } from "../../domain/transfer.ts";
import { waybillFacts } from "../../domain/waybill.ts";
import type { Session } from "../account/session.ts";
import type { Draft } from "./drafts.ts";

const weight = oneOf(...IMPACTS);
const recorded = record({
  facts: record({
    purpose: text,
    necessity: text,
    classification: oneOf(...CLASSIFICATIONS["uk-government"], ...CLASSIFICATIONS.university),
    personal: flag,
    sensitive: flag,
    special: orNull(flag),
    offences: orNull(flag),
    people: orNull(record({ count: orNull(size) })),
    impact: record({ individuals: weight, organisation: weight }),
  }),
});

/** What no rule is asked about. */
const stated = record({
  recordCopy: orNull(text),
  lawfulBasis: orNull(record({ basis: text, special: text, offences: text })),
});

/**
 * What the sender stated of a draft elsewhere meanwhile, such as in the browser, as far as it is signed; null where it stands as this
 * command line stated it. It is the server's word: it has to be shown before it is signed.
 * @throws ClientError `bad-answer`
 */
export async function restatedSince({ http }: Session, { reference, facts }: Draft): Promise<StatedFacts | null> {
  const path = `/api/transfers/${reference}/assessment`;
  const answer = await http.get(path, record({ text, stated }));
  const { people, ...known } = recorded(parsed(answer.text), path).facts;
  const now: StatedFacts = { ...NOT_STATED, ...known, ...answer.stated, people: people?.count ?? null };
  return canonicalJson(waybillFacts(now)) === canonicalJson(waybillFacts(facts)) ? null : now;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const message = "The server's assessment is not understood. Nothing was signed. Update the program.";
    throw new ClientError({ code: "bad-answer", message, cause });
  }
}
