import assert from "node:assert/strict";
import { test } from "node:test";
import { type Carriage, NOTHING_FIXED, NOTHING_SEEN } from "../../domain/carriage.ts";
import { AT } from "../../testing/samples.ts";
import { isDone } from "./done-lines.ts";

const planned: Carriage = {
  ...{ method: "removable-media", fixed: NOTHING_FIXED, atDispatch: NOTHING_SEEN, dispatch: null, codes: {} },
};
const dispatch = {
  ...{ at: AT, byId: "amina", tracking: "", expected: "2026-12-01", pages: null, handedTo: "", identification: "" },
  ...{ collected: false, told: "", confirmed: "", dialled: "" },
};
const gone: Carriage = { ...planned, dispatch };
const untold = { state: "arrived", wordsToldAt: null } as const;
const told = { state: "arrived", wordsToldAt: AT } as const;

test("SDT-21: that the password is told is done once everybody was told it who is still waited for, and not when it is planned", () => {
  for (const need of ["plan:secret-channel", "verify:secret-number"]) {
    const done = (...people: Parameters<typeof isDone>[2]) => isDone({ need, met: true }, { carriage: gone }, people);
    assert.deepEqual([done(untold), done(told, untold), done()], [false, false, false], need);
    assert.deepEqual([done(told), done(told, { ...untold, state: "misdirected" })], [true, true], need);
  }
});

test("SIS-10, SIS-26: by what service and from what machine it goes is done once it went", () => {
  for (const need of ["carrier:signed", "carrier:tracked", "verify:fax-machine"]) {
    const done = (carriage: Carriage) => isDone({ need, met: true }, { carriage }, [told]);
    assert.deepEqual([done(planned), done(gone)], [false, true], need);
  }
});

test("SIS-23: what was done before it is signed is done, and what is not met is not", () => {
  assert.ok(isDone({ need: "media:registered", met: true }, { carriage: planned }, [untold]));
  assert.ok(!isDone({ need: "media:registered", met: false }, { carriage: gone }, [told]));
  assert.ok(!isDone({ need: "plan:secret-channel", met: false }, { carriage: gone }, [told]));
});
