import { type Address, domainOf } from "./address.ts";
import { readableDomain } from "./punycode.ts";

/** An address that is known already, and whose it is. */
export interface KnownAddress {
  readonly address: Address;
  readonly name: string;
}

/**
 * Why a new address could be mistaken for a known one, or pass itself off as it:
 * - `confusable`: it looks the same (other alphabets, 0 and o, rn and m).
 * - `near`: it differs by a letter or two.
 * - `other-domain`: the same name before the @, in another domain.
 * - `near-domain`: its domain looks like, or nearly like, a domain that is known.
 */
export type LookAlikeReason = "confusable" | "near" | "other-domain" | "near-domain";

export interface LookAlike {
  readonly known: KnownAddress;
  readonly reason: LookAlikeReason;
}

/** Letters of other alphabets, digits and signs, by the Latin letter that they are taken for (Unicode TR 39, the common ones). */
const TAKEN_FOR: Readonly<Record<string, string>> = {
  a: "аαɑ",
  b: "ЬƄ",
  c: "сϲⅽ",
  d: "ԁⅾ",
  e: "еҽεє",
  g: "ɡց9",
  h: "һհ",
  j: "јϳ",
  k: "кκ",
  l: "iıіıɩ1|ӏⅼӀΙ!",
  m: "м",
  n: "ոпη",
  o: "оοօσ0",
  p: "рρ",
  q: "ԛզ",
  r: "гᴦ",
  s: "ѕƽ5",
  t: "тτ",
  u: "υսцʋ",
  v: "ѵνⅴ",
  w: "ԝѡɯω",
  x: "хχⅹ",
  y: "уүγყ",
  z: "ᴢ2",
};
const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries(TAKEN_FOR).flatMap(([letter, others]) => [...others].map((other) => [other, letter] as const)),
);

/**
 * OXM-15: the known addresses that a new one could be confused with, each once, the most alike first; none for an address that
 * is known itself, since that is no mistake.
 */
export function lookAlikes(address: Address, known: readonly KnownAddress[]): readonly LookAlike[] {
  if (known.some((each) => each.address === address)) return [];
  const found = known.flatMap((each) => {
    const reason = reasonFor(address, each.address);
    return reason === null ? [] : [{ known: each, reason }];
  });
  const order: readonly LookAlikeReason[] = ["confusable", "near", "other-domain", "near-domain"];
  return found.toSorted((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
}

function reasonFor(address: Address, known: Address): LookAlikeReason | null {
  const [one, other] = [skeleton(address), skeleton(known)];
  if (one === other) return "confusable";
  if (near(address, known, Math.min(address.length, known.length) < 10 ? 1 : 2)) return "near";
  const [domain, knownDomain] = [domainOf(address), domainOf(known)];
  if (domain === knownDomain) return null;
  if (localOf(one) === localOf(other)) return "other-domain";
  return near(domain, knownDomain, 1) ? "near-domain" : null;
}

/** Letter by letter, and once more with pairs of letters that look like one: a slip may make or break such a pair. */
function near(one: string, other: string, most: number): boolean {
  return withinEdits(letters(one), letters(other), most) || withinEdits(skeleton(one), skeleton(other), most);
}

/** What an address or domain looks like: one text for all that are taken for each other. */
export function skeleton(text: string): string {
  return letters(text).replaceAll("rn", "m").replaceAll("vv", "w").replaceAll("cl", "d");
}

function letters(text: string): string {
  const at = text.lastIndexOf("@");
  const readable = text.slice(0, at + 1) + readableDomain(text.slice(at + 1));
  const plain = readable.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return [...plain].map((letter) => LATIN.get(letter) ?? letter).join("");
}

function localOf(address: string): string {
  return address.slice(0, address.lastIndexOf("@"));
}

/** Whether `most` insertions, deletions, replacements or swaps of neighbours make one text of the other. */
export function withinEdits(one: string, other: string, most: number): boolean {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1)
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return false;
    before = last;
    last = row;
  }
  return (last[b.length] ?? 0) <= most;
}
