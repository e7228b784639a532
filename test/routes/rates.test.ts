import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { rows } from "../../src/server/routes.ts";
import { allowed, FACTOR, from, HOUR, headersOf, isOpen, limited, newWorld, statusOf, strictest } from "./rated.ts";
import { nameOf } from "./requests.ts";
import type { World } from "./world.ts";

describe("Rate limits", () => {
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
});

describe("Rate limits of one after another", () => {
  let world: World;
  before(async () => {
    world = await newWorld(FACTOR);
  });
  beforeEach(() => world.server.clock.advance(HOUR));
  after(() => world.server.stop());

  test("once the time is over, it goes on", async () => {
    const { server } = world;
    const row = rows.find((each) => nameOf(each) === "POST /continue") ?? assert.fail();
    const visitor = world.stranger();
    const ask = async () => (await from(world, "192.0.2.77", visitor, row)).status;
    const statuses = [await ask(), await ask(), await ask(), await ask()];
    assert.deepEqual(statuses, [422, 422, 422, 429]);
    server.clock.advance(600_000);
    assert.equal(await ask(), 422);
  });

  test("a mailbox gets two codes and no third in an hour, from whatever addresses they are asked for", async () => {
    const row = rows.find((each) => nameOf(each) === "POST /r/:id/code") ?? assert.fail();
    const ask = (at: number) => from(world, `192.0.2.${at}`, world.stranger(), row);
    assert.equal((await ask(101)).status, 303);
    assert.equal((await ask(102)).status, 303);
    const refused = await ask(103);
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.retryAfter) > 0, "it says when to come again");
    const path = `/r/${world.otherRecipient}/code`;
    assert.equal((await from(world, "192.0.2.103", world.stranger(), row, path)).status, 303);
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
      for (let asked = 0; asked <= allowed(world, rate); asked++) {
        const { status } = await from(world, "203.0.113.9", world.stranger(), row);
        assert.equal(status, 401, nameOf(row));
      }
      const status = (await from(world, "192.0.2.1", await world.rightful(row.who), row)).status;
      assert.notEqual(status, 429, `${nameOf(row)} is locked for whom it is for`);
    }
  });
});
