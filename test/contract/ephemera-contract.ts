import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Ephemera } from "../../src/domain/ephemera.ts";

const NOW = new Date("2026-11-21T10:00:00.000Z");
const SOON = new Date(NOW.getTime() + 1000);

/** What every store of ephemera must do. @param open a new empty one, and how to close it. */
export function ephemeraContract(
  name: string,
  open: () => Promise<{ ephemera: Ephemera; close(): Promise<void> }>,
): void {
  const stored = (title: string, act: (ephemera: Ephemera) => Promise<void>) =>
    test(title, async () => {
      const { ephemera, close } = await open();
      try {
        await act(ephemera);
      } finally {
        await close();
      }
    });
  const value = { owner: "amina", text: "Ŵ", tries: 2, ok: true, none: null };

  suite(`Ephemera: ${name}`, () => {
    stored("A value is there until it expires, under its kind and key only", async (ephemera) => {
      await ephemera.put("session", "key", value, SOON);
      assert.deepEqual(await ephemera.get("session", "key", NOW), value);
      assert.deepEqual(await ephemera.get("session", "key", new Date(SOON.getTime() - 1)), value);
      assert.equal(await ephemera.get("session", "key", SOON), null);
      assert.equal(await ephemera.get("session", "other", NOW), null);
      assert.equal(await ephemera.get("code", "key", NOW), null);
    });

    stored("Putting again replaces value and expiry", async (ephemera) => {
      await ephemera.put("session", "key", value, SOON);
      await ephemera.put("session", "key", { owner: "zoe" }, new Date(SOON.getTime() + 1));
      assert.deepEqual(await ephemera.get("session", "key", SOON), { owner: "zoe" });
    });

    stored("A value is taken once at the most, also by two at once, and not when expired", async (ephemera) => {
      await ephemera.put("code", "key", value, SOON);
      const taken = await Promise.all([ephemera.take("code", "key", NOW), ephemera.take("code", "key", NOW)]);
      assert.deepEqual(
        taken.filter((each) => each !== null),
        [value],
      );
      await ephemera.put("code", "key", value, SOON);
      assert.equal(await ephemera.take("code", "key", SOON), null);
    });

    stored("Removing takes a value or a counter away; absent is fine", async (ephemera) => {
      await ephemera.put("session", "key", value, SOON);
      await ephemera.count("rate", "key", NOW, SOON);
      await ephemera.remove("session", "key");
      await ephemera.remove("rate", "key");
      await ephemera.remove("rate", "absent");
      assert.equal(await ephemera.get("session", "key", NOW), null);
      assert.equal(await ephemera.count("rate", "key", NOW, SOON), 1);
    });

    stored("Everything of one kind and owner can be removed at once", async (ephemera) => {
      await ephemera.put("session", "a", value, SOON);
      await ephemera.put("session", "b", value, SOON);
      await ephemera.put("session", "other", { owner: "zoe" }, SOON);
      await ephemera.put("code", "a", value, SOON);
      await ephemera.removeOwned("session", "amina");
      const there = async (kind: "session" | "code", key: string) => (await ephemera.get(kind, key, NOW)) !== null;
      assert.deepEqual(
        [
          await there("session", "a"),
          await there("session", "b"),
          await there("session", "other"),
          await there("code", "a"),
        ],
        [false, false, true, true],
      );
    });

    stored("A counter counts until the expiry of its first use, and then starts again", async (ephemera) => {
      const late = new Date(SOON.getTime() + 60_000);
      assert.equal(await ephemera.count("rate", "key", NOW, SOON), 1);
      assert.equal(await ephemera.count("rate", "key", NOW, late), 2);
      assert.equal(await ephemera.count("rate", "other", NOW, SOON), 1);
      assert.equal(await ephemera.count("rate", "key", SOON, late), 1);
      assert.equal(await ephemera.count("rate", "key", SOON, late), 2);
    });

    stored("Sweeping forgets what has expired, and answers how many", async (ephemera) => {
      await ephemera.put("session", "old", value, NOW);
      await ephemera.put("session", "new", value, SOON);
      await ephemera.count("rate", "old", new Date(0), NOW);
      assert.equal(await ephemera.sweep(NOW), 2);
      assert.equal(await ephemera.sweep(NOW), 0);
      assert.deepEqual(await ephemera.get("session", "new", NOW), value);
    });
  });
}
