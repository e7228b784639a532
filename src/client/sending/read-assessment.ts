import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { lying } from "../error.ts";
import type { Http } from "../http.ts";
import { flag, list, orNone, type Read, record, text } from "../shape.ts";

const answerShape = record({ text });
const ruledShape = { says: text, clauses: list(text), reading: orNone(text), local: orNone(flag) };
const needShape = record({ need: text, ...ruledShape });
const adviceShape = record(ruledShape);
const recordedShape = record({
  policy: record({ rules: text, digest: text }),
  needs: list(needShape),
  advice: list(adviceShape),
  facts: record({ purpose: text, necessity: text, classification: text }),
});

/** What policy says of a transfer that is not signed yet. */
export interface ReadAssessment extends Pick<Waybill, "policy" | "needs" | "assessment"> {
  /** Every condition that is still unmet, those that others have to agree to among them. */
  readonly open: readonly Read<typeof needShape>[];
  readonly advice: readonly Read<typeof adviceShape>[];
}

/**
 * The assessment that the waybill will commit to: the server's answer, bound to what this client stated.
 * @throws ClientError `lying-server` when it is about other facts, or malformed; and what `http` throws
 */
export async function readAssessment(
  http: Http,
  reference: string,
  stated: Pick<Waybill["facts"], "purpose" | "necessity" | "classification">,
): Promise<ReadAssessment> {
  const answer = await http.get(`/api/transfers/${reference}/assessment`, answerShape);
  const value = parsed(answer.text);
  const { policy, needs, advice, facts } = recordedShape(value, "assessment");
  const { purpose, necessity, classification } = stated;
  if (canonicalJson({ ...facts }) !== canonicalJson({ purpose, necessity, classification })) {
    throw lying("the assessment is about something else");
  }
  return {
    policy,
    needs: needs.map(({ need }) => need).filter((need) => need.startsWith("approval:")),
    assessment: await sha256Hex(utf8(answer.text)),
    open: needs,
    advice,
  };
}

function parsed(given: string): Json {
  try {
    const value = JSON.parse(given) as Json;
    if (canonicalJson(value) === given) return value;
  } catch (cause) {
    throw lying("the assessment is malformed", cause);
  }
  throw lying("the assessment is malformed");
}
