import type { Ephemera, EphemeralKind, EphemeralValue } from "../domain/ephemera.ts";

/** Ephemera in memory, for tests that need no disk. */
export function createMemoryEphemera(): Ephemera {
  const values = new Map<string, { readonly value: EphemeralValue; readonly expiresAt: Date }>();
  const counters = new Map<string, { readonly count: number; readonly expiresAt: Date }>();
  const at = (kind: EphemeralKind, key: string) => `${kind}\n${key}`;
  const fresh = (place: string, now: Date) => {
    const found = values.get(place);
    return found !== undefined && found.expiresAt > now ? found.value : null;
  };
  return {
    put: async (kind, key, value, expiresAt) =>
      void values.set(at(kind, key), { value: structuredClone(value), expiresAt: new Date(expiresAt) }),
    get: async (kind, key, now) => fresh(at(kind, key), now),
    async take(kind, key, now) {
      const value = fresh(at(kind, key), now);
      if (value !== null) values.delete(at(kind, key));
      return value;
    },
    async remove(kind, key) {
      values.delete(at(kind, key));
      counters.delete(at(kind, key));
    },
    async removeOwned(kind, owner) {
      for (const [place, { value }] of values) {
        if (place.startsWith(`${kind}\n`) && value.owner === owner) values.delete(place);
      }
    },
    async count(kind, key, now, expiresAt) {
      const present = counters.get(at(kind, key));
      const counter =
        present !== undefined && present.expiresAt > now
          ? { ...present, count: present.count + 1 }
          : { count: 1, expiresAt: new Date(expiresAt) };
      counters.set(at(kind, key), counter);
      return counter.count;
    },
    async sweep(now) {
      let gone = 0;
      for (const rows of [values, counters]) {
        for (const [place, { expiresAt }] of rows) if (expiresAt <= now && rows.delete(place)) gone++;
      }
      return gone;
    },
  };
}
