import { iso } from "../domain/clock.ts";
import type { Outbox, QueuedMessage } from "../domain/outbox.ts";
import type { MemoryTables } from "./memory-tables.ts";

type Row = QueuedMessage & { readonly dueAt: string };

/** @param inTurn runs it when no write is under way. */
export function memoryOutbox(
  rows: () => MemoryTables["outbox"],
  inTurn: <T>(act: () => Promise<T>) => Promise<T>,
): Outbox {
  const change = (id: string, changes: Partial<Row>) =>
    inTurn(async () => {
      const row = rows().get(id);
      if (row !== undefined) rows().set(id, { ...row, ...changes });
    });
  return {
    lease: (now, leaseMs) =>
      inTurn(async () => {
        const due = [...rows().values()]
          .filter((row) => row.state === "waiting" && row.dueAt <= iso(now))
          .sort((a, b) => (`${a.dueAt} ${a.id}` < `${b.dueAt} ${b.id}` ? -1 : 1))[0];
        if (due === undefined) return null;
        const dueAt = iso(new Date(now.getTime() + leaseMs));
        const leased = { ...due, attempts: due.attempts + 1, dueAt };
        rows().set(due.id, leased);
        return queued(leased);
      }),
    sent: (id) => change(id, { state: "sent", lastError: null }),
    failed: (id, why, retryAt) =>
      change(id, { lastError: why, ...(retryAt === null ? { state: "failed" } : { dueAt: iso(retryAt) }) }),
    forget: (before, kept = () => false) =>
      inTurn(async () => {
        const gone = [...rows().values()].filter(
          (row) => row.state !== "waiting" && row.createdAt <= iso(before) && !kept(row),
        );
        for (const row of gone) rows().delete(row.id);
        return gone.length;
      }),
    async find(id) {
      const row = rows().get(id);
      return row === undefined ? null : queued(row);
    },
    async list(limit) {
      const newest = [...rows().values()].sort((a, b) =>
        `${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? 1 : -1,
      );
      return newest.slice(0, limit).map(queued);
    },
  };
}

function queued({ dueAt: _, ...message }: Row): QueuedMessage {
  return message;
}
