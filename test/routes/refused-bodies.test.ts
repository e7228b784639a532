import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { describe, test } from "node:test";
import { changing, fuzzedWorld, withToken } from "./fuzzing.ts";
import { nameOf, pathOf } from "./requests.ts";
import { lastingOf } from "./snapshot.ts";

const fuzzed = fuzzedWorld();

describe("Bad input from those who are let in", () => {
  test("a body longer than the row takes is refused with 413 before it is read, and nothing changes", async () => {
    const { world, visitorOf } = fuzzed();
    const earlier = await lastingOf(world.server);
    for (const row of changing.filter((each) => each.path !== "/api/transfers/:ref/upload/:upload")) {
      const asked = request(new URL(pathOf(row, world), world.server.url), {
        method: row.method,
        headers: {
          ...(await withToken(visitorOf(row), "application/json")),
          cookie: visitorOf(row).cookies(),
          "content-length": row.bodyLimit + 1,
        },
      });
      asked.flushHeaders();
      const [response] = await once(asked, "response");
      assert.equal(response.statusCode, 413, nameOf(row));
      asked.destroy();
    }
    assert.deepEqual(await lastingOf(world.server), earlier);
  });

  test("malformed JSON is refused with 400, what is no JSON or form with 415 or 400, and nothing changes", async () => {
    const { world, visitorOf } = fuzzed();
    const earlier = await lastingOf(world.server);
    const malformed = ['{"a":', "[1,]", "", "\u0000", '{"__proto__":{"a":1}}', `${"[".repeat(5000)}`, '{"a":1}{'];
    for (const row of changing) {
      const visitor = visitorOf(row);
      for (const body of malformed) {
        const answer = await visitor.ask(
          row.method,
          pathOf(row, world),
          await withToken(visitor, "application/json"),
          body,
        );
        // What takes the text says what is wrong with it, as with any other facts.
        assert.equal(answer.status, row.asText ? 422 : 400, `${nameOf(row)} with ${body.slice(0, 20)}`);
      }
      if (row.body === null) continue; // nothing is read: what else comes along does not matter
      for (const type of [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "nonsense",
        "application/json;",
      ]) {
        const answer = await visitor.ask(row.method, pathOf(row, world), await withToken(visitor, type), "<a/>");
        const refused = [row.asText ? 422 : 400, 415]; // the last of them is JSON, and malformed
        assert.ok(refused.includes(answer.status), `${nameOf(row)} as ${type}: ${answer.status}`);
      }
    }
    assert.deepEqual(await lastingOf(world.server), earlier);
  });
});
