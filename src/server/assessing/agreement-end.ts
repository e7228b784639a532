import { formatDate } from "../../domain/date-text.ts";
import type { Reader } from "../../domain/records.ts";

/** SDT-5: when an agreement of the register ended, as “ended on 22 November 2026”; null while it holds. @param today YYYY-MM-DD */
export async function agreementEnd(read: Reader, reference: string, today: string): Promise<string | null> {
  const found = await read.agreementByReference(reference);
  if (!found) return null;
  const since = found.endedAt ?? (found.expires < today ? found.expires : null);
  return since && `ended on ${formatDate(since)}`;
}
