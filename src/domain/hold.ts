import type { Address } from "./address.ts";
import { formatDate } from "./date-text.ts";
import type { Reader } from "./records.ts";
import type { Transfer } from "./transfer.ts";

/** What a hold is on. Days are London's, YYYY-MM-DD; `until` is the last one. */
export type HoldScope =
  | { readonly kind: "transfer"; readonly reference: string }
  | { readonly kind: "person"; readonly address: Address }
  | { readonly kind: "period"; readonly from: string; readonly until: string };

/**
 * What stops destruction and retention (SIS-37), such as for a court or an inquiry: nothing that it is on is destroyed or removed while it
 * stands. Access still ends when it would.
 */
export interface Hold {
  readonly id: string;
  readonly scope: HoldScope;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: string;
  /** Null while it stands. */
  readonly lifted: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

/** What a hold may be on: something that stood between two moments (ISO 8601; null: still stands) and concerns some people. */
export interface Holdable {
  readonly reference: string | null;
  readonly from: string;
  readonly until: string | null;
  readonly addresses: readonly Address[];
}

/** The holds that stand and are on it. */
export function holdsOn(holds: readonly Hold[], about: Holdable): readonly Hold[] {
  return holds.filter(({ lifted, scope }) => lifted === null && covers(scope, about));
}

/** A transfer as holds see it. @param addresses its sender's and its recipients' */
export function holdable(transfer: Transfer, addresses: readonly Address[]): Holdable {
  return { reference: transfer.reference, from: transfer.createdAt, until: transfer.endedAt, addresses };
}

function covers(scope: HoldScope, { reference, from, until, addresses }: Holdable): boolean {
  switch (scope.kind) {
    case "transfer":
      return scope.reference === reference;
    case "person":
      return addresses.includes(scope.address);
    case "period":
      return londonDay(from) <= scope.until && (until === null || londonDay(until) >= scope.from);
  }
}

const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" });

function londonDay(at: string): string {
  return DAY.format(new Date(at));
}

/** A hold in a few words, without its reason. */
export function holdScopeText(scope: HoldScope): string {
  switch (scope.kind) {
    case "transfer":
      return `transfer ${scope.reference}`;
    case "person":
      return `everything from and to ${scope.address}`;
    case "period":
      return `everything from ${formatDate(scope.from)} to ${formatDate(scope.until)}`;
  }
}

/** The holds that stand and are on this transfer. */
export async function holdsOnTransfer(
  read: Pick<Reader, "holds" | "member" | "recipients">,
  transfer: Transfer,
): Promise<readonly Hold[]> {
  const holds = await read.holds();
  if (holds.length === 0) return [];
  const sender = await read.member(transfer.senderId);
  const recipients = await read.recipients(transfer.reference);
  const addresses = [...(sender ? [sender.address] : []), ...recipients.map(({ address }) => address)];
  return holdsOn(holds, holdable(transfer, addresses));
}
