import assert from "node:assert/strict";
import { test } from "node:test";
import type { Approval } from "../../domain/facts.ts";
import { approvedRoles, type Holds } from "./approved.ts";

const anyone: Holds = () => true;
const line = (by: string): Approval => ({ role: "line-manager", by });
const senior = (by: string): Approval => ({ role: "senior-manager", by });
const roles = (approvals: readonly Approval[], holds = anyone) =>
  [...approvedRoles(approvals, "sender@a.uk", holds)].sort();

test("SDT-3: nobody approves their own, in whatever role", () => {
  assert.deepEqual(roles([line("sender@a.uk"), senior("sender@a.uk")]), []);
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
