import { canonicalJson } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Facts } from "../../domain/facts.ts";

/**
 * What an adviser's answer rests on, as a digest: what is in it, whose, and to whom in which country. An answer counts while
 * these facts are so (SIS-15, SDT2-6), and is asked for anew when they change.
 */
export function adviceBasis(facts: Omit<Facts, "advice">): Promise<string> {
  const { classification, personal, special, offences, sensitive, people } = facts;
  const recipients = facts.recipients
    .map(({ address, kind, country, organisation }) => ({ address, kind, country, organisation }))
    .toSorted((a, b) => ((a.address ?? "") < (b.address ?? "") ? -1 : 1));
  const contents = { classification, personal, special, offences, sensitive, people: people?.count ?? null };
  return sha256Hex(utf8(canonicalJson({ ...contents, recipients })));
}
