import type { Clock } from "../domain/clock.ts";
import type { EventKind } from "../domain/event.ts";
import type { Records } from "../domain/records.ts";
import type { LogKeeper } from "../log/log-keeper.ts";

/** What is not left to the next round of the job: somebody is about to be shown that it happened. */
const AT_ONCE: readonly EventKind[] = ["transfer-released", "receipt-signed"];

/**
 * The same records, but a write that released a transfer or took a receipt answers only when a head of the log that
 * covers it is signed (SDT-28). What is written stays so when the signing fails; that is told to `failed`.
 */
export function withHeadsAtOnce(
  records: Records,
  { keeper, clock, failed }: { keeper: LogKeeper; clock: Clock; failed: (error: unknown) => void },
): Records {
  return {
    read: records.read,
    close: () => records.close(),
    async write(act) {
      let wanted = false;
      const answer = await records.write((tx) =>
        act({
          ...tx,
          append(event) {
            wanted ||= AT_ONCE.includes(event.kind);
            return tx.append(event);
          },
        }),
      );
      if (wanted) await keeper.sign(clock.now()).catch(failed);
      return answer;
    },
  };
}
