import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type { Rate, Row } from "../../src/server/gate/row.ts";
import { ADDRESS_FACTOR, allowed, FACTOR, from, type Given, isOpen, limited, newWorld, strictest } from "./rated.ts";
import { nameOf, pathOf } from "./requests.ts";
import type { World } from "./world.ts";

/** Where nobody is signed in the network counts, and a colleague on it is not affected. */
async function strangersAlone(world: World, row: Row, rate: Rate): Promise<void> {
  let refused: Given | null = null;
  for (let asked = 0; asked < allowed(world, rate); asked++)
    refused = await from(world, "192.0.2.1", world.stranger(), row); // one was counted before
  assert.deepEqual(refused, { status: 429, retryAfter: String(rate.seconds) }, nameOf(row));
  assert.notEqual((await from(world, "192.0.2.1", await world.otherSender(), row)).status, 429, nameOf(row));
}

describe("Rate limits of every row, each carried out", () => {
  let world: World;
  afterEach(() => world.server.stop());

  test("one more than a network address may is 429 with Retry-After, and another address is not affected", async () => {
    world = await newWorld(ADDRESS_FACTOR);
    for (const row of limited("address")) {
      const rate = strictest(row.rates);
      assert.ok(rate);
      const visitor = await world.rightful(row.who);
      const path = pathOf(row, { ...world, recipient: "A".repeat(22) }); // a mailbox has limits of its own
      for (let asked = 0; asked < allowed(world, rate); asked++)
        assert.notEqual(
          (await from(world, "192.0.2.1", visitor, row, path)).status,
          429,
          `${nameOf(row)}, request ${asked + 1}`,
        );
      const refused = await from(world, "192.0.2.1", visitor, row, path);
      assert.deepEqual(refused, { status: 429, retryAfter: String(rate.seconds) }, nameOf(row));
      assert.notEqual((await from(world, "192.0.2.2", visitor, row, path)).status, 429, nameOf(row));
    }
  });

  test("SDT-29: whoever is signed in is counted as themselves: one more is 429 from every network, and nobody else on theirs is affected", async () => {
    world = await newWorld(ADDRESS_FACTOR);
    for (const row of limited("caller")) {
      const rate = strictest(row.rates);
      assert.ok(rate);
      const visitor = await (isOpen(row) ? world.plain() : world.rightful(row.who));
      for (let asked = 0; asked < allowed(world, rate); asked++)
        assert.notEqual(
          (await from(world, "192.0.2.1", visitor, row)).status,
          429,
          `${nameOf(row)}, request ${asked + 1}`,
        );
      for (const network of ["192.0.2.1", "192.0.2.2"]) {
        const refused = await from(world, network, visitor, row);
        assert.deepEqual(refused, { status: 429, retryAfter: String(rate.seconds) }, nameOf(row));
      }
      for (const other of [await world.otherSender(), world.stranger()])
        assert.notEqual((await from(world, "192.0.2.1", other, row)).status, 429, nameOf(row));
      if (isOpen(row)) await strangersAlone(world, row, rate);
    }
  });

  test("one more than may be asked of one target is 429 with Retry-After, and another target is not affected", async () => {
    world = await newWorld(FACTOR);
    for (const row of limited("target")) {
      const rate = strictest(row.rates);
      assert.ok(rate);
      const visitor = await world.rightful(row.who);
      for (let asked = 0; asked < allowed(world, rate); asked++) {
        const { status } = await from(world, `192.0.2.${asked}`, visitor, row);
        assert.notEqual(status, 429, `${nameOf(row)}, request ${asked + 1}`);
      }
      const refused = await from(world, "198.51.100.1", visitor, row);
      assert.deepEqual(refused, { status: 429, retryAfter: String(rate.seconds) }, nameOf(row));
      const others = pathOf(row, {
        ...world,
        reference: world.draft,
        draft: world.reference,
        carriedFax: world.reference,
        recipient: "A".repeat(22),
        arrangementId: "A".repeat(22),
        toAgreeId: "A".repeat(22),
      });
      const elsewhere = row.path.startsWith("/people/") ? others.replace(world.colleagueId, "nobody") : others;
      assert.notEqual((await from(world, "198.51.100.1", visitor, row, elsewhere)).status, 429, nameOf(row));
    }
  });
});
