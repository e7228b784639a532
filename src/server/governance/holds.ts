import { parseAddress } from "../../domain/address.ts";
import type { Hold, HoldScope } from "../../domain/hold.ts";
import { holdScopeText } from "../../domain/hold.ts";
import type { Reader } from "../../domain/records.ts";
import { parseReference } from "../../domain/reference.ts";
import { readDay, type TypedDay } from "../texts/typed-day.ts";

/** What the form for a hold sends. */
export interface TypedHold {
  readonly on: string;
  readonly reference: string;
  readonly address: string;
  readonly from: TypedDay;
  readonly until: TypedDay;
  readonly reason: string;
}

const LONGEST_REASON = 2000;

/** What a hold is to be on, and what is missing or wrong by field. */
export async function readHold(
  read: Reader,
  typed: TypedHold,
): Promise<{ readonly scope: HoldScope | null; readonly errors: Readonly<Record<string, string>> }> {
  const errors: Record<string, string> = {};
  const scope = await scopeOf(read, typed, errors);
  const reason = typed.reason.trim();
  if (reason === "") errors.reason = "Say why";
  if (reason.length > LONGEST_REASON) errors.reason = "Use 2,000 characters or fewer";
  return { scope, errors };
}

async function scopeOf(read: Reader, typed: TypedHold, errors: Record<string, string>): Promise<HoldScope | null> {
  switch (typed.on) {
    case "transfer": {
      const transfer = await transferNamed(read, typed.reference);
      if (transfer !== null) return { kind: "transfer", reference: transfer };
      errors.reference = "There is no transfer with that reference. It looks like WB-7F3K-Q2XV";
      return null;
    }
    case "person":
      try {
        return { kind: "person", address: parseAddress(typed.address) };
      } catch {
        errors.address = "Enter an email address";
        return null;
      }
    case "period": {
      const [from, until] = [readDay(typed.from), readDay(typed.until)];
      if (from === null) errors.from = "Enter the first day, such as 1 4 2026";
      if (until === null) errors.until = "Enter the last day, such as 31 3 2027";
      if (from === null || until === null) return null;
      if (from <= until) return { kind: "period", from, until };
      errors.until = "The last day is before the first";
      return null;
    }
    default:
      errors.on = "Choose what it is on";
      return null;
  }
}

async function transferNamed(read: Reader, typed: string): Promise<string | null> {
  try {
    const reference = parseReference(typed);
    return (await read.transfer(reference)) === null ? null : reference;
  } catch {
    return null;
  }
}

/** A hold with whom it was placed by, as pages show it. */
export async function shownHold(read: Reader, hold: Hold) {
  const [placer, lifter] = [await read.member(hold.placedBy), hold.lifted && (await read.member(hold.lifted.by))];
  return { ...hold, on: holdScopeText(hold.scope), placer: placer?.name ?? "", lifter: lifter?.name ?? "" };
}
