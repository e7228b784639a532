import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { Rate, Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import type { Visitor } from "../../src/testing/visitor.ts";
import { bodyOf, changes, nameOf, pathOf } from "./requests.ts";
import { createWorld, type World } from "./world.ts";

/** Of what is allowed in earnest, so that the test stays short: a third, and of what one network address may a tenth. */
const FACTOR = 1 / 3;
const ADDRESS_FACTOR = 1 / 10;
const HOUR = 3_600_000;
let world: World;

async function newWorld(rateFactor: number): Promise<void> {
  world = await createWorld({ limits: { rateFactor } });
  world.server.clock.advance(HOUR); // the world's own making counted too
}

interface Given {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** The row's request from an address of our choice, without a network. */
async function from(remoteAddress: string, visitor: Visitor, row: Row, path = pathOf(row, world)): Promise<Given> {
  const headers = await headersOf(visitor);
  const { method } = row;
  const payload = changes(row) && row.body !== null ? { payload: bodyOf(row) } : {};
  const answer = await world.server.app.inject({ method, url: path, headers, remoteAddress, ...payload });
  return { status: statusOf(answer), retryAfter: answer.headers["retry-after"]?.toString() };
}

/** What was typed wrongly is answered by a page with an address of its own, which says 422. */
function statusOf({ statusCode, headers }: { readonly statusCode: number; readonly headers: object }): number {
  const location = "location" in headers ? String(headers.location) : "";
  return statusCode === 303 && /[?&]mistakes=/.test(location) ? 422 : statusCode;
}

async function headersOf(visitor: Visitor): Promise<Record<string, string>> {
  const token = await visitor.token(); // before the cookies: it comes with one
  return { cookie: visitor.cookies(), "x-waybill-token": token };
}

const allowed = ({ times }: Rate) => Math.floor(times * world.server.parts.limits.rateFactor);
const strictest = (rates: readonly Rate[]) => rates.toSorted((a, b) => a.times - b.times)[0];

const isOpen = ({ who }: Row) => who === "anyone" || who === "anonymous";

/** Where nobody is signed in the network counts, and a colleague on it is not affected. */
async function strangersAlone(row: Row, rate: Rate): Promise<void> {
  let refused: Given | null = null;
  for (let asked = 0; asked < allowed(rate); asked++) refused = await from("192.0.2.1", world.stranger(), row); // one was counted before
  assert.deepEqual(refused, { status: 429, retryAfter: String(rate.seconds) }, nameOf(row));
  assert.notEqual((await from("192.0.2.1", await world.otherSender(), row)).status, 429, nameOf(row));
}

describe("Rate limits", () => {
  const limited = (by: Rate["by"]) => rows.filter(({ rates }) => strictest(rates)?.by === by);

  test("no row that wants somebody signed in is counted by their network", () => {
    for (const row of rows.filter((each) => !isOpen(each) && each.who !== "recipient"))
      assert.ok(!row.rates.some(({ by }) => by === "address"), nameOf(row));
  });

  test("an office that shares an address can sign in at nine o’clock", () => {
    for (const row of rows.filter(({ path, method }) => method === "POST" && /^\/api\/sign-in/.test(path)))
      for (const { times, seconds } of row.rates) assert.ok(times / seconds >= 300 / 600, nameOf(row));
  });

  test("what is drawn as a PDF when it is asked for is limited: a loop would keep a core busy", () => {
    const drawn = rows.filter(({ path }) => /\/papers\/|\/media\/labels$|\/controls\/report$|\/evidence$/.test(path));
    assert.ok(drawn.length >= 5);
    for (const row of drawn) assert.ok(row.rates.length > 0, nameOf(row));
  });

  test("codes, sign-in, set-up, recovery, joining, enrolling and looking up references are limited", () => {
    const named = rows.filter(({ rates }) => rates.length > 0).map(nameOf);
    for (const name of [
      "POST /set-up",
      "POST /api/set-up",
      "POST /api/sign-in",
      "POST /api/sign-in/options",
      "POST /api/recovery",
      "POST /api/recovery/open",
      "POST /r/:id/code",
      "POST /r/:id/prove",
      "POST /api/r/:id/code",
      "POST /api/r/:id/prove",
      "POST /r/:id/pause",
      "POST /continue",
      "POST /genuine",
      "POST /join/:token",
      "POST /api/join/:token",
      "POST /api/devices",
      "POST /api/devices/sign-in",
      "POST /api/account/devices/find",
    ])
      assert.ok(named.includes(name), `${name} can be tried as often as anybody likes`);
  });

  describe("of every row, each carried out", () => {
    afterEach(() => world.server.stop());

    test("one more than a network address may is 429 with Retry-After, and another address is not affected", async () => {
      await newWorld(ADDRESS_FACTOR);
      for (const row of limited("address")) {
        const rate = strictest(row.rates);
        assert.ok(rate);
        const visitor = await world.rightful(row.who);
        const path = pathOf(row, { ...world, recipient: "A".repeat(22) }); // a mailbox has limits of its own
        for (let asked = 0; asked < allowed(rate); asked++)
          assert.notEqual(
            (await from("192.0.2.1", visitor, row, path)).status,
            429,
            `${nameOf(row)}, request ${asked + 1}`,
          );
        const refused = await from("192.0.2.1", visitor, row, path);
        assert.deepEqual(refused, { status: 429, retryAfter: String(rate.seconds) }, nameOf(row));
        assert.notEqual((await from("192.0.2.2", visitor, row, path)).status, 429, nameOf(row));
      }
    });

    test("SDT-29: whoever is signed in is counted as themselves: one more is 429 from every network, and nobody else on theirs is affected", async () => {
      await newWorld(ADDRESS_FACTOR);
      for (const row of limited("caller")) {
        const rate = strictest(row.rates);
        assert.ok(rate);
        const visitor = await (isOpen(row) ? world.plain() : world.rightful(row.who));
        for (let asked = 0; asked < allowed(rate); asked++)
          assert.notEqual((await from("192.0.2.1", visitor, row)).status, 429, `${nameOf(row)}, request ${asked + 1}`);
        for (const network of ["192.0.2.1", "192.0.2.2"]) {
          const refused = await from(network, visitor, row);
          assert.deepEqual(refused, { status: 429, retryAfter: String(rate.seconds) }, nameOf(row));
        }
        for (const other of [await world.otherSender(), world.stranger()])
          assert.notEqual((await from("192.0.2.1", other, row)).status, 429, nameOf(row));
        if (isOpen(row)) await strangersAlone(row, rate);
      }
    });

    test("one more than may be asked of one target is 429 with Retry-After, and another target is not affected", async () => {
      await newWorld(FACTOR);
      for (const row of limited("target")) {
        const rate = strictest(row.rates);
        assert.ok(rate);
        const visitor = await world.rightful(row.who);
        for (let asked = 0; asked < allowed(rate); asked++) {
          const { status } = await from(`192.0.2.${asked}`, visitor, row);
          assert.notEqual(status, 429, `${nameOf(row)}, request ${asked + 1}`);
        }
        const refused = await from("198.51.100.1", visitor, row);
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
        assert.notEqual((await from("198.51.100.1", visitor, row, elsewhere)).status, 429, nameOf(row));
      }
    });
  });

  describe("of one after another", () => {
    before(() => newWorld(FACTOR));
    beforeEach(() => world.server.clock.advance(HOUR));
    after(() => world.server.stop());

    test("once the time is over, it goes on", async () => {
      const { server } = world;
      const row = rows.find((each) => nameOf(each) === "POST /continue") ?? assert.fail();
      const visitor = world.stranger();
      const ask = async () => (await from("192.0.2.77", visitor, row)).status;
      const statuses = [await ask(), await ask(), await ask(), await ask()];
      assert.deepEqual(statuses, [422, 422, 422, 429]);
      server.clock.advance(600_000);
      assert.equal(await ask(), 422);
    });

    test("a mailbox gets two codes and no third in an hour, from whatever addresses they are asked for", async () => {
      const row = rows.find((each) => nameOf(each) === "POST /r/:id/code") ?? assert.fail();
      const ask = (at: number) => from(`192.0.2.${at}`, world.stranger(), row);
      assert.equal((await ask(101)).status, 303);
      assert.equal((await ask(102)).status, 303);
      const refused = await ask(103);
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.retryAfter) > 0, "it says when to come again");
      const path = `/r/${world.otherRecipient}/code`;
      assert.equal((await from("192.0.2.103", world.stranger(), row, path)).status, 303);
    });

    test("after five wrong codes a mailbox pauses, with when to come again, and another one does not", async () => {
      const row = rows.find((each) => nameOf(each) === "POST /r/:id/prove") ?? assert.fail();
      const visitor = world.stranger();
      const prove = async (id: string, code: string, remoteAddress: string) => {
        const headers = await headersOf(visitor);
        const url = `/r/${id}/prove`;
        const answer = await world.server.app.inject({
          method: row.method,
          url,
          headers,
          remoteAddress,
          payload: { code },
        });
        return { statusCode: statusOf(answer), headers: answer.headers };
      };
      for (let at = 0; at < 4; at++)
        assert.equal((await prove(world.recipient, `1234567${at}`, `192.0.2.${at}`)).statusCode, 422);
      const paused = await prove(world.recipient, "12345679", "192.0.2.5");
      assert.equal(paused.statusCode, 429);
      assert.ok(Number(paused.headers["retry-after"]) > 0, "it says when to come again");
      assert.equal((await prove(world.otherRecipient, "12345679", "192.0.2.6")).statusCode, 422);
    });

    test("whoever is not let in uses up nothing of what a target may be asked: nobody can lock out whom it is for", async () => {
      for (const row of limited("target").filter(({ who }) => who !== "anyone" && who !== "anonymous")) {
        const rate = strictest(row.rates);
        assert.ok(rate);
        for (let asked = 0; asked <= allowed(rate); asked++) {
          const { status } = await from("203.0.113.9", world.stranger(), row);
          assert.equal(status, 401, nameOf(row));
        }
        const status = (await from("192.0.2.1", await world.rightful(row.who), row)).status;
        assert.notEqual(status, 429, `${nameOf(row)} is locked for whom it is for`);
      }
    });
  });
});
