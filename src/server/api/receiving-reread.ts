import type { Recipient } from "../../domain/transfer.ts";
import type { Parts } from "../parts.ts";
import type { Span } from "./receiving-range.ts";

// After a report of damage or a loss: which bytes of the sealed body were handed to this recipient's sessions since. It shows that what the
// client says it verified was at least fetched again; that it was verified is the client's word.

const KIND = "reread";

/** From a new report on, nothing has been read again. */
export function forgetRead(parts: Parts, { id }: Recipient): Promise<void> {
  return parts.ephemera.remove(KIND, id);
}

/** Two requests at once may lose one of their spans: then some of it is asked for again, and nothing is taken for read that was not. */
export async function noteRead(parts: Parts, { id }: Recipient, span: Span, until: string): Promise<void> {
  if (span.start >= span.end) return;
  const spans = joined([...(await readSpans(parts, id)), span]);
  const text = spans.map(({ start, end }) => `${start}-${end}`).join(",");
  await parts.ephemera.put(KIND, id, { owner: id, spans: text }, new Date(until));
}

/** Whether every byte of a body of `size` was handed out since the report. */
export async function wasReadWhole(parts: Parts, { id }: Recipient, size: number): Promise<boolean> {
  const [first, ...others] = await readSpans(parts, id);
  return others.length === 0 && first?.start === 0 && first.end >= size;
}

async function readSpans(parts: Parts, id: string): Promise<readonly Span[]> {
  const kept = await parts.ephemera.get(KIND, id, parts.clock.now());
  if (kept === null) return [];
  return String(kept.spans)
    .split(",")
    .map((each) => each.split("-").map(Number))
    .map(([start = 0, end = 0]) => ({ start, end }));
}

/** In order, with those that touch or overlap as one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last === undefined || span.start > last.end) found.push(span);
    else found[found.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return found;
}
