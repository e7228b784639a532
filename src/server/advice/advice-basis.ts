import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { Carriage, CarriedMethod } from "../../domain/carriage.ts";
import type { Carrier, Facts } from "../../domain/facts.ts";
import type { StatedFacts } from "../../domain/transfer.ts";

/** What an adviser's answer rests on. */
export interface AdviceRestsOn {
  readonly facts: Omit<Facts, "advice">;
  /** How it would go; null by secure link. */
  readonly carriage: Carriage | null;
}

/**
 * What an adviser's answer rests on, as a digest: what is in it, whose, what for, what a loss would do, to whom in which country; and
 * where people carry it, how, on what, with whom, about how much and why nothing better serves. An answer counts while these are so
 * (SIS-15, SDT2-6), and is asked for anew when they change. Agreement and lawful basis are not in it: the privacy team is told anew of these
 * by itself (`noticeBasis`).
 */
export async function adviceBasis({ facts, carriage }: AdviceRestsOn): Promise<string> {
  return basisOf(facts, await contentsBasis(facts), carriage && goingOf(carriage));
}

/**
 * Whether an answer to a question with this basis counts as things are. What was left open when they were asked, and shown to them as
 * not said yet, may be said since.
 */
export async function restsOn(basis: string, { facts, carriage }: AdviceRestsOn): Promise<boolean> {
  const contents = await contentsBasis(facts);
  // Earlier versions put nothing of how it goes into it, so that those answers count for the secure link alone.
  if (carriage === null) return basis === contents || basis === (await basisOf(facts, contents, null));
  for (const going of withLessSaid(goingOf(carriage)))
    if (basis === (await basisOf(facts, contents, going))) return true;
  return false;
}

/** How it would go, as far as it is said. */
interface Going {
  readonly method: CarriedMethod;
  readonly carrier: Carrier | null;
  readonly mediumId: string | null;
  readonly reason: string | null;
  readonly bytes: number | null;
}

function goingOf({ method, fixed }: Carriage): Going {
  const { carrier, mediumId, reason } = fixed;
  const bytes = roughly(fixed.package?.bytes ?? fixed.bytes);
  return { method, carrier, mediumId, reason: reason === "" ? null : reason, bytes };
}

/** The same with each of its parts, and any of them together, not said. */
function withLessSaid(going: Going): readonly Going[] {
  const all = [going];
  for (const part of ["carrier", "mediumId", "reason", "bytes"] as const) {
    if (going[part] !== null) all.push(...all.map((each) => ({ ...each, [part]: null })));
  }
  return all;
}

function basisOf(facts: AdviceRestsOn["facts"], contents: string, going: Going | null): Promise<string> {
  const { purpose, impact } = facts;
  return digestOf({ contents, purpose, impact, going });
}

/** What the privacy team is told of (SDT2-5), as a digest: they are told anew when any of it changes. */
export async function noticeBasis(
  facts: Omit<Facts, "advice">,
  lawfulBasis: StatedFacts["lawfulBasis"],
): Promise<string> {
  const { agreement, destinationStorage } = facts;
  return digestOf({ agreement, destinationStorage, lawfulBasis, people: await contentsBasis(facts) });
}

/** Whether somebody was told of the facts as they are. Notices of earlier versions rested on the contents alone. */
export async function isNoticeOf(
  basis: string,
  facts: Omit<Facts, "advice">,
  lawfulBasis: StatedFacts["lawfulBasis"],
): Promise<boolean> {
  return basis === (await noticeBasis(facts, lawfulBasis)) || basis === (await contentsBasis(facts));
}

/** What is in it, whose, and to whom in which country: all that notices of earlier versions, and answers, rested on. */
function contentsBasis(facts: Omit<Facts, "advice">): Promise<string> {
  const { classification, personal, special, offences, sensitive, people } = facts;
  const recipients = facts.recipients
    .map(({ address, kind, country, organisation }) => ({ address, kind, country, organisation }))
    .toSorted((a, b) => ((a.address ?? "") < (b.address ?? "") ? -1 : 1));
  const contents = { classification, personal, special, offences, sensitive, people: people?.count ?? null };
  return sha256Hex(utf8(canonicalJson({ ...contents, recipients })));
}

/** The power of two that is as large: the same documents, packed again, are some bytes more or fewer. */
function roughly(bytes: number | null): number | null {
  return bytes === null ? null : Math.ceil(Math.log2(Math.max(1, bytes)));
}

function digestOf(said: object): Promise<string> {
  return sha256Hex(utf8(canonicalJson(JSON.parse(JSON.stringify(said)) as Json))); // made of what JSON has
}
