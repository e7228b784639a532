import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import { nameOf, partsOf, pathOf } from "./requests.ts";
import { notSetUp, SETTING_UP } from "./setting-up.ts";
import { ELSEWHERE, VALID } from "./valid-bodies.ts";
import { createWorld, type World } from "./world.ts";

const ROOT = new URL("../../", import.meta.url);
const named = new Map(rows.map((row) => [nameOf(row), row]));

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.server.stop());

/** What a page says, without its frame. */
const mainOf = (text: string) => text.slice(Math.max(0, text.indexOf("<main"))).slice(0, 2000);

function without(left: string, body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== left));
}

async function ask(row: Row, body: object) {
  const visitor = await world.rightful(row.who);
  return visitor.api(row.method, pathOf(row, world), body);
}

describe("A valid request of whom a row is for", () => {
  test("there is one for every row with a body, or a test of its own that carries it out", () => {
    const taught = [...Object.keys(VALID), ...Object.keys(ELSEWHERE), ...SETTING_UP.map(({ name }) => name)];
    const withBody = rows.filter(({ body }) => body !== null).map(nameOf);
    assert.deepEqual(taught.toSorted(), withBody.toSorted());
    for (const file of Object.values(ELSEWHERE)) assert.ok(existsSync(fileURLToPath(new URL(file, ROOT))), file);
  });

  for (const [name, carried] of Object.entries(VALID)) {
    test(`${name} is carried out, and never fails without a part that may be missing`, async () => {
      const row = named.get(name) ?? assert.fail("There is no such row.");
      for (const left of partsOf(row).optional) {
        const answer = await ask(row, without(left, carried(world).body));
        assert.ok(answer.status < 500, `without ${left}: ${answer.status} ${answer.text.slice(0, 300)}`);
      }
      const { body, status } = carried(world);
      const answer = await ask(row, body);
      assert.equal(answer.status, status, mainOf(answer.text));
      assert.doesNotMatch(answer.headers.get("location") ?? "", /[?&]mistakes=/, "it has a mistake in it");
    });
  }

  test("set-up is carried out step by step, and no step fails without a part that may be missing", async () => {
    const at = await notSetUp();
    try {
      for (const { name, status, body } of SETTING_UP) {
        const row = named.get(name) ?? assert.fail(`There is no row ${name}.`);
        for (const left of partsOf(row).optional) {
          const answer = await at.visitor.api(row.method, row.path, without(left, body(at)));
          assert.ok(answer.status < 500, `${name} without ${left}: ${answer.status}`);
        }
        const answer = await at.visitor.api(row.method, row.path, body(at));
        assert.equal(answer.status, status, `${name}: ${mainOf(answer.text)}`);
      }
    } finally {
      await at.server.stop();
      await rm(at.folder, { recursive: true });
    }
  });
});
