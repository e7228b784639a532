import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Facts } from "../../domain/facts.ts";
import type { StatedFacts } from "../../domain/transfer.ts";

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

/** What the privacy team is told of (SDT2-5), as a digest: they are told anew when any of it changes. */
export async function noticeBasis(
  facts: Omit<Facts, "advice">,
  lawfulBasis: StatedFacts["lawfulBasis"],
): Promise<string> {
  const { agreement, destinationStorage } = facts;
  const said = { agreement, destinationStorage, lawfulBasis, people: await adviceBasis(facts) };
  return sha256Hex(utf8(canonicalJson(JSON.parse(JSON.stringify(said)) as Json))); // made of what JSON has
}
