import assert from "node:assert/strict";
import { test } from "node:test";
import type { Approval } from "../../domain/facts.ts";
import { approvedRoles, type Holds } from "./approved.ts";

const anyone: Holds = () => true;
const line = (by: string): Approval => ({ role: "line-manager", by });
const senior = (by: string): Approval => ({ role: "senior-manager", by });
const PARTIES = { sender: "sender@a.uk", recipients: ["recipient@a.uk", null] };
const roles = (approvals: readonly Approval[], holds = anyone) => [...approvedRoles(approvals, PARTIES, holds)].sort();

test("SDT-3: nobody approves their own, in whatever role", () => {
  assert.deepEqual(roles([line("sender@a.uk"), senior("sender@a.uk")]), []);
});

test("SDT-3: whoever receives it approves it in no role", () => {
  assert.deepEqual(roles([line("recipient@a.uk"), senior("recipient@a.uk")]), []);
  assert.deepEqual(roles([line("recipient@a.uk"), line("boss@a.uk")]), ["line-manager"]);
});

test("who does not hold the role does not count", () => {
  const holds: Holds = (role, by) => by === "boss@a.uk" && role === "senior-manager";
  assert.deepEqual(roles([line("boss@a.uk"), senior("boss@a.uk"), line("x@a.uk")], holds), ["senior-manager"]);
});

test("SIS-3: one person in both manager roles counts as line manager only", () => {
  assert.deepEqual(roles([line("boss@a.uk"), senior("boss@a.uk")]), ["line-manager"]);
  assert.deepEqual(roles([senior("boss@a.uk"), line("boss@a.uk"), line("boss@a.uk")]), ["line-manager"]);
});

test("SIS-3: two people count as two, also where one of them approved twice", () => {
  const both = ["line-manager", "senior-manager"];
  assert.deepEqual(roles([line("a@a.uk"), senior("b@a.uk")]), both);
  assert.deepEqual(roles([line("a@a.uk"), senior("a@a.uk"), senior("b@a.uk")]), both);
  assert.deepEqual(roles([line("a@a.uk"), senior("a@a.uk"), line("b@a.uk")]), both);
  assert.deepEqual(roles([senior("a@a.uk")]), ["senior-manager"]);
});

/** Every set of approvals by three people in the two manager roles. */
const GIVEN = ["a@a.uk", "b@a.uk", "c@a.uk"].flatMap((by) => [line(by), senior(by)]);
const SETS = Array.from({ length: 2 ** GIVEN.length }, (_, bits) => GIVEN.filter((_each, at) => (bits >> at) & 1));

test("SIS-3: whenever both managers count, two different people can each count in exactly one role", () => {
  for (const given of SETS) {
    const pairs = given.flatMap((one) => given.map((other) => [one, other] as const));
    const two = pairs.some(([l, s]) => l.role === "line-manager" && s.role === "senior-manager" && l.by !== s.by);
    assert.equal(roles(given).length === 2, two, JSON.stringify(given));
  }
});

test("SIS-3: whoever alone stands in both roles is the line manager, and the senior manager is still needed", () => {
  for (const { by } of GIVEN) assert.deepEqual(roles([senior(by), line(by)]), ["line-manager"]);
});

test("SIS-3: the order of approvals does not matter, and one more never leaves fewer roles", () => {
  for (const given of SETS) {
    const counted = roles(given);
    assert.deepEqual(roles(given.toReversed()), counted);
    for (const more of GIVEN)
      assert.ok(roles([...given, more]).length >= counted.length, JSON.stringify([given, more]));
  }
});
