import assert from "node:assert/strict";
import { test } from "node:test";
import { SAID } from "../../src/server/texts/account/said.ts";
import { saidCy } from "../../src/server/texts/account/said-cy.ts";
import { SAYINGS } from "../../src/web/keys/said.ts";

test("everything that the scripts of keys and sign-in say has a text in the other language, with the same places for values", () => {
  assert.deepEqual([...SAID].sort(), Object.keys(SAYINGS).sort());
  const places = (text: string) => text.match(/\{\w+\}/g) ?? [];
  for (const name of SAID) {
    assert.notEqual(saidCy[name], "", name);
    assert.deepEqual(places(saidCy[name]), places(SAYINGS[name]), name);
  }
});
