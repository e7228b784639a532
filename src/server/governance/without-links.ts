import type { Recipient } from "../../domain/transfer.ts";

const LEFT_OUT = "(left out: it is a recipient's link)";
/** As long as a row's id, and longer. */
const MAYBE_ID = /[A-Za-z0-9_-]{22,}/g;
/** Whoever of these did something is known by a row's id. */
const BY_LINK: readonly unknown[] = ["recipient", "link-holder"];

/**
 * The same value without ids of recipients' rows: each stands in a link, at which a code for the mailbox can be asked for. Taken out where
 * they are named as such, and wherever one of `rows` stands in a text, such as a signed statement.
 */
export function withoutLinks<T>(value: T, rows: readonly Pick<Recipient, "id">[]): T {
  const ids = new Set(rows.map(({ id }) => id));
  const clean = (each: unknown): unknown => {
    if (typeof each === "string") return each.replaceAll(MAYBE_ID, (found) => (ids.has(found) ? LEFT_OUT : found));
    if (typeof each !== "object" || each === null) return each;
    if (Array.isArray(each)) return each.map(clean);
    const byLink = "kind" in each && BY_LINK.includes(each.kind);
    const kept = Object.entries(each).filter(([name]) => name !== "recipientId" && !(byLink && name === "id"));
    return Object.fromEntries(kept.map(([name, of]) => [name, clean(of)]));
  };
  return clean(value) as T; // the same shape, but for what names a row
}
