import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { BY_COMMAND_LINE } from "../../src/server/gate/by-command-line.ts";
import type { Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import type { Answer, Visitor } from "../../src/testing/visitor.ts";
import { PUBLIC } from "./public-routes.ts";
import { bodyOf, changes, nameOf, pathOf } from "./requests.ts";
import { lastingOf } from "./snapshot.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.server.stop());

const isPublic = ({ who }: Row) => who === "anyone" || who === "anonymous";
const guarded = rows.filter((row) => !isPublic(row));
const changing = rows.filter(changes);

/** The row's request, whole: its token and a body that fits. */
async function ask(visitor: Visitor, row: Row, more: Record<string, string> = {}): Promise<Answer> {
  const path = pathOf(row, world);
  if (!changes(row)) return visitor.ask(row.method, path, more);
  const token = { "x-waybill-token": await visitor.token() };
  if (path.includes("/upload/")) {
    const tus = { "tus-resumable": "1.0.0", "upload-offset": "0", "content-type": "application/offset+octet-stream" };
    return visitor.ask(row.method, path, { ...token, ...tus, ...more }, "AAAA");
  }
  const json = { "content-type": "application/json" };
  return visitor.ask(row.method, path, { ...token, ...json, ...more }, JSON.stringify(bodyOf(row)));
}

/** Asks for every one of the rows, and that none of it changed anything. */
async function refusesAll(
  who: () => Promise<Visitor> | Visitor,
  some: readonly Row[],
  check: (answer: Answer, row: Row) => void,
): Promise<void> {
  const visitor = await who();
  await visitor.token();
  const earlier = await lastingOf(world.server);
  for (const row of some) check(await ask(visitor, row), row);
  assert.deepEqual(await lastingOf(world.server), earlier, "a refused request changed something");
  assert.ok(some.length > 0);
}

/** Not signed in: pages lead to where one signs in, everything else says 401. */
function mustSignIn(answer: Answer, row: Row): void {
  const path = pathOf(row, world);
  if (row.method === "GET" && !path.startsWith("/api/")) {
    assert.equal(answer.status, 303, nameOf(row));
    const front = /^\/r\/[^/]+/.exec(path)?.[0];
    assert.equal(answer.headers.get("location"), front ?? `/sign-in?next=${encodeURIComponent(path)}`, nameOf(row));
  } else assert.equal(answer.status, 401, nameOf(row));
}

const status = (wanted: number) => (answer: Answer, row: Row) => assert.equal(answer.status, wanted, nameOf(row));
const whoIs = (...kinds: readonly Row["who"][]) => rows.filter(({ who }) => kinds.includes(who));

describe("The route table, asked by those whom it is not for", () => {
  test("every route that needs nobody in particular is argued for, and no other is in that list", () => {
    const open = rows.filter(isPublic).map(nameOf);
    assert.deepEqual(open.toSorted(), Object.keys(PUBLIC).toSorted());
    assert.equal(new Set(rows.map(nameOf)).size, rows.length);
  });

  test("anonymous: every guarded route wants a sign-in first, and nothing changes", async () => {
    await refusesAll(() => world.stranger(), guarded, mustSignIn);
  });

  test("a member without roles: what is for administrators is refused with 403, and nothing changes", async () => {
    await refusesAll(
      () => world.plain(),
      whoIs("administrator", "keeper", "media-keeper", "post-room", "auditor", "overseer", "reviewer"),
      status(403),
    );
    await refusesAll(
      () => world.plain(),
      whoIs("adviser", "arranger", "approver", "incident-reader", "incident-handler"),
      status(404),
    );
  });

  test("SDT-17: somebody from outside who has registered: what is for colleagues is refused, and nothing changes", async () => {
    await refusesAll(() => world.registered(), whoIs("colleague"), status(422));
    await refusesAll(() => world.registered(), whoIs("administrator", "auditor"), status(403));
    await refusesAll(() => world.registered(), whoIs("sender", "teller"), status(404));
    await refusesAll(() => world.registered(), whoIs("recipient"), mustSignIn);
  });

  test("another member, an administrator too: what somebody sends does not exist for them, and nothing changes", async () => {
    await refusesAll(() => world.otherSender(), whoIs("sender", "teller"), status(404));
    await refusesAll(() => world.administrator(), whoIs("sender", "teller"), status(404));
  });

  test("SIS-37: another sender, and somebody from outside, see no incident; its limited reader acts on none, and nothing changes", async () => {
    await refusesAll(() => world.otherSender(), whoIs("incident-reader", "incident-handler"), status(404));
    await refusesAll(() => world.registered(), whoIs("incident-reader", "incident-handler"), status(404));
    await refusesAll(() => world.rightful("sender"), whoIs("incident-handler"), status(404));
  });

  test("SDT-3: the sender, another sender, an administrator, somebody from outside: nobody else's agreement is theirs to give, and nothing changes", async () => {
    for (const who of [() => world.rightful("sender"), world.otherSender, world.administrator, world.registered]) {
      await refusesAll(who, whoIs("approver"), status(404));
    }
  });

  test("the stand-in: beyond telling the words, the transfer does not exist for them, and nothing changes", async () => {
    await refusesAll(() => world.standIn(), whoIs("sender"), status(404));
  });

  test("the member who is another recipient, and the sender: an outsider's access is not theirs, and nothing changes", async () => {
    await refusesAll(() => world.plain(), whoIs("recipient"), mustSignIn);
    await refusesAll(() => world.rightful("sender"), whoIs("recipient"), mustSignIn);
  });

  test("another transfer's recipient with a proved mailbox: everything else wants a sign-in, and nothing changes", async () => {
    await refusesAll(() => world.otherOutsider(), guarded, mustSignIn);
  });

  test("somebody deactivated: a session that is still in the store opens nothing, and nothing changes", async () => {
    await refusesAll(() => world.leaver(), guarded, mustSignIn);
  });

  test("SPG-2: a command line's session of those whom it is for: every row that no command line asks is refused with 403 and words, and nothing changes", async () => {
    const devices = new Map<Row["who"], Visitor>();
    for (const { who } of guarded) if (!devices.has(who)) devices.set(who, await deviceOf(who));
    const earlier = await lastingOf(world.server);
    for (const row of guarded.filter((each) => !BY_COMMAND_LINE.has(nameOf(each)))) {
      const answer = await ask(devices.get(row.who) ?? world.stranger(), row);
      assert.equal(answer.status, 403, nameOf(row));
      if (!row.path.startsWith("/r/")) assert.match(answer.text, /done in a browser/, nameOf(row)); // whose pages have their own words
    }
    assert.deepEqual(await lastingOf(world.server), earlier, "a refused request changed something");
  });

  test("SPG-2: the rows of a command line are API rows, each there and for members, and their token opens them", async () => {
    const received = await world.server.records.read.recipients(world.reference);
    const own = received.find(({ party }) => party.kind === "member")?.id ?? "";
    for (const name of BY_COMMAND_LINE) {
      const row = rows.find((each) => nameOf(each) === name);
      assert.ok(row, name);
      assert.ok(row.path.startsWith("/api/"), name);
      assert.ok(["member", "colleague", "sender", "teller", "recipient"].includes(row.who), name);
      if (changes(row)) continue;
      const path = pathOf(row, world).replace(world.recipient, own);
      const { status, text } = await (await deviceOf(row.who)).ask(row.method, path);
      assert.ok(![401, 404].includes(status) || name in ELSEWHERE, `${name}: ${status}`);
      assert.doesNotMatch(text, /done in a browser/, name);
    }
  });

  test("SPG-2: where anybody may ask, a command line's token is nobody's in particular", async () => {
    const device = await world.device("sender");
    const page = await device.get("/report");
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /Sam Sender/);
    assert.match((await (await world.rightful("sender")).get("/report")).text, /Sam Sender/);
  });

  test("the walk can fail: those whom a route is for are let in", async () => {
    for (const row of rows.filter((each) => !changes(each) && each.who !== "anyone")) {
      const answer = await ask(await world.rightful(row.who), row);
      assert.ok(
        ![401, 403, 404].includes(answer.status) || nameOf(row) in ELSEWHERE,
        `${nameOf(row)}: ${answer.status}`,
      );
    }
  });
});

/** The session of a command line of whom a row is for; of the member who is a recipient, for a recipient's. */
const deviceOf = (who: Row["who"]) => world.device(who === "recipient" ? "member" : who);

/** Reading routes that answer no even to those whom they are for, in this world. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "HEAD /api/transfers/:ref/upload/:upload": "speaks tus, which a plain request does not",
  "GET /api/devices/poll": "no command line waits",
  "GET /contacts/:id/verify": "the address to verify is in the query",
  "GET /account/passkey": "the passkey is in the query",
};

describe("Forged requests", () => {
  const forgeries: readonly (readonly [string, Record<string, string>])[] = [
    ["without a token", { "x-waybill-token": "" }],
    ["with a wrong token", { "x-waybill-token": "A".repeat(43) }],
    ["from another site", { origin: "https://evil.example" }],
    ["from our host on another port", { origin: "http://localhost:1" }],
    ["from an origin that is null", { origin: "null" }],
    [
      "from another site with a bearer token that is none",
      { origin: "https://evil.example", authorization: "Bearer x" },
    ],
  ];
  for (const [title, headers] of forgeries) {
    test(`every changing route refuses a request ${title} from its rightful visitor, and nothing changes`, async () => {
      const visitors = new Map<Row["who"], Visitor>();
      for (const { who } of changing) if (!visitors.has(who)) visitors.set(who, await world.rightful(who));
      for (const visitor of visitors.values()) await visitor.token();
      const earlier = await lastingOf(world.server);
      for (const row of changing) {
        const answer = await ask(visitors.get(row.who) ?? world.stranger(), row, headers);
        assert.equal(answer.status, 403, nameOf(row));
      }
      assert.deepEqual(await lastingOf(world.server), earlier, "a forged request changed something");
    });
  }

  test("a token of another browser is refused", async () => {
    const [one, two] = [await world.administrator(), await world.administrator()];
    const headers = { "x-waybill-token": await two.token(), "content-type": "application/json" };
    await one.token();
    const body = JSON.stringify({ roles: ["auditor"] });
    const answer = await one.ask("POST", `/people/${world.colleagueId}`, headers, body);
    assert.equal(answer.status, 403);
  });

  test("the test can fail: the same request with token and origin is carried out", async () => {
    const visitor = await world.administrator();
    const headers = { "x-waybill-token": await visitor.token(), origin: world.server.url };
    const earlier = await lastingOf(world.server);
    const body = new URLSearchParams({ roles: "auditor" });
    const answer = await visitor.ask("POST", `/people/${world.colleagueId}`, headers, body);
    assert.equal(answer.status, 303);
    assert.notDeepEqual(await lastingOf(world.server), earlier);
  });
});
