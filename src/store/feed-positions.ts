import type { Kysely } from "kysely";
import type { FeedPositions } from "../domain/oversight.ts";
import type { RecordTables } from "./tables.ts";

/** How far each receiver of the live feed has got, beside the events. @param writing its one connection serialises writes */
export function createFeedPositions(reading: Kysely<RecordTables>, writing: Kysely<RecordTables>): FeedPositions {
  return {
    async position(receiver) {
      const row = await reading
        .selectFrom("feedPosition")
        .select(["seq", "at"])
        .where("receiver", "=", receiver)
        .executeTakeFirst();
      return row ?? null;
    },
    async move(receiver, { seq, at }) {
      await writing
        .insertInto("feedPosition")
        .values({ receiver, seq, at })
        .onConflict((conflict) =>
          conflict.column("receiver").doUpdateSet({ seq, at }).where("feedPosition.seq", "<", seq),
        )
        .execute();
    },
  };
}
