import type { RecordPlace } from "../../domain/oversight.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { ReadSearch } from "./search-form.ts";

export interface FoundPage {
  readonly transfers: readonly Transfer[];
  /** Where the next page begins; null on the last. */
  readonly next: RecordPlace | null;
}

/** One page of what a search finds, newest first. */
export async function findRecords(
  read: Reader,
  { reference, search }: ReadSearch,
  limit: number,
  after: RecordPlace | null,
): Promise<FoundPage> {
  if (reference !== null) {
    const transfer = await read.transfer(reference);
    return { transfers: transfer === null ? [] : [transfer], next: null };
  }
  const places = await read.findTransfers(search, { limit: limit + 1, after });
  const page = places.slice(0, limit);
  const transfers = await Promise.all(page.map((place) => read.transfer(place.reference)));
  return {
    transfers: transfers.filter((each) => each !== null),
    next: places.length > limit ? (page.at(-1) ?? null) : null,
  };
}

/** A place as it stands in an address. */
export function placeText({ at, reference }: RecordPlace): string {
  return `${at} ${reference}`;
}

/** Null for what is none: the first page. @param text whoever asks controls it */
export function readPlace(text: string): RecordPlace | null {
  const [, at, reference] = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) (WB-[0-9A-Z]{4}-[0-9A-Z]{4})$/.exec(text) ?? [];
  return at && reference ? { at, reference } : null;
}
