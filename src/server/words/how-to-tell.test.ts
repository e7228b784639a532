import assert from "node:assert/strict";
import { test } from "node:test";
import { firstWay, howToTell } from "./how-to-tell.ts";
import type { Way } from "./ways-to-tell.ts";

const way = (channel: Way["channel"], number = ""): Way => ({ value: channel, channel, number, checked: null });

test("OXM-8: a mail says the ways that work for a recipient, and numbers by their ending alone", () => {
  const said = howToTell([way("relay-uk", "+441134960042"), way("sms", "+441134960042"), way("in-person")]);
  assert.match(said, /^Tell them through Relay UK \(dial 18001 before the number\) on the checked number ending 42\./);
  assert.match(said, /text message from your own phone on the checked number ending 42, or in person/);
  assert.ok(!said.includes("by phone") && !said.includes("0042"));
});

test("without a checked number no ringing is asked for", () => {
  assert.match(
    howToTell([way("in-person"), way("post")]),
    /^Tell them in person\.[\s\S]*No telephone number of theirs is checked/,
  );
  assert.doesNotMatch(firstWay([way("in-person")]), /Ring/);
  assert.match(firstWay([way("phone", "+441134960042")]), /^Ring first/);
  assert.match(howToTell([]), /No way that works/);
});
