import type { StoredEvent } from "../domain/event.ts";
import { eventDigest } from "../log/event-digest.ts";
import type { Cosignature, EventLog, SignedCheckpoint } from "../log/event-log.ts";
import { type Hash, leafHash, subtreeHash } from "../log/merkle.ts";
import { levelSize, TILE_WIDTH } from "../log/tile.ts";

/** The log over events in memory: entries and hashes are made from the events whenever they are asked for. */
export function memoryLog(events: () => readonly StoredEvent[], removed: () => ReadonlyMap<number, Hash>): EventLog {
  const kept = new Map<number, SignedCheckpoint>();
  const inOrder = () => [...kept.values()].sort((a, b) => a.size - b.size);
  const size = () => events().length + removed().size;
  const eventAt = (seq: number) => events().find((each) => each.seq === seq) ?? null;
  const rowAt = (seq: number) => {
    const event = events()[seq - 1]?.seq === seq ? (events()[seq - 1] ?? null) : eventAt(seq);
    const entry = event === null ? (removed().get(seq) ?? null) : eventDigest(event);
    return { seq, event, damage: null, entry };
  };
  const rows = (first: number, last: number) =>
    Array.from({ length: Math.max(0, Math.min(last, size()) - first + 1) }, (_, at) => rowAt(first + at));
  const entries = (start: number, end: number) => rows(start + 1, end).flatMap(({ entry }) => entry ?? []);
  const hashes = (level: number, start: number, end: number): readonly Hash[] => {
    if (level === 0) return entries(start, end).map(leafHash);
    const last = Math.min(end, levelSize(level, size()));
    return Array.from({ length: Math.max(0, last - start) }, (_, at) =>
      subtreeHash(hashes(level - 1, (start + at) * TILE_WIDTH, (start + at + 1) * TILE_WIDTH)),
    );
  };
  const save = (checkpoint: Omit<SignedCheckpoint, "cosignatures">) => {
    const { size, root, note, at } = checkpoint;
    if (!kept.has(size)) kept.set(size, { size, root, note, at, cosignatures: [] });
  };
  return {
    entries: async (start, end) => entries(start, end),
    hashes: async (level, start, end) => hashes(level, start, end),
    size: async () => size(),
    checkpoint: async () => inOrder().at(-1) ?? null,
    checkpointFrom: async (size) => inOrder().find((each) => each.size >= size) ?? null,
    checkpoints: async () => inOrder(),
    async cosignedBy({ name, id }) {
      const by = (each: Cosignature) => each.name === name && each.id === id;
      return inOrder().findLast(({ cosignatures }) => cosignatures.some(by)) ?? null;
    },
    async saveCheckpoint(checkpoint) {
      save(checkpoint);
      for (const { size, cosignatures } of inOrder())
        if (size < checkpoint.size && cosignatures.length === 0) kept.delete(size);
    },
    async saveCosignature(checkpoint, cosignature) {
      save(checkpoint);
      const present = kept.get(checkpoint.size);
      if (present === undefined) return;
      const others = present.cosignatures.filter(({ name, id }) => name !== cosignature.name || id !== cosignature.id);
      const cosignatures = [...others, cosignature].sort((a, b) => a.time - b.time);
      kept.set(checkpoint.size, { ...present, cosignatures });
    },
    counts: async () => ({ lastEvent: events().at(-1)?.seq ?? 0, lastEntry: size(), next: size() + 1 }),
    rows: async (first, last) => rows(first, last),
    removals: async () => events().filter(({ kind }) => kind === "records-removed"),
  };
}
