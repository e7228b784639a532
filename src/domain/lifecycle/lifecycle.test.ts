import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DomainError } from "../error.ts";
import { NOT_STATED, type Recipient, type Transfer } from "../transfer.ts";
import {
  arrive,
  arriveAgain,
  askForWords,
  drop,
  handOut,
  misdirect,
  open,
  pause,
  receive,
  reportProblem,
  resume,
  tellWords,
  verifyAgain,
} from "./recipient-arrows.ts";
import type { Proof, Step, Taken } from "./step.ts";
import {
  approve,
  expire,
  isOver,
  recall,
  refuse,
  release,
  reopen,
  request,
  revise,
  shorten,
} from "./transfer-arrows.ts";

const START = Date.parse("2026-11-21T10:00:00.000Z");
const HOUR = 3_600_000;
const PROOF: Proof = { statement: "{}", signature: "c2ln", publicKey: "a2V5", keyKind: "arrival" };
const WAYBILL = { text: "{}", digest: "ab".repeat(32) };
const SEALED = {
  bodyId: "AAAAAAAAAAAAAAAAAAAAAA",
  bodySize: 5,
  manifest: "YWdl",
  content: "00".repeat(32),
  totals: { items: 1, bytes: 1 },
};

interface World {
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
}

function draft(count: number): World {
  const transfer: Transfer = {
    reference: "WB-0000-0000",
    state: "draft",
    senderId: "amina",
    salt: "AAAAAAAAAAAAAAAAAAAAAA",
    facts: {
      ...NOT_STATED,
      purpose: "Case papers",
      necessity: "The hearing needs them",
      classification: "OFFICIAL",
      personal: true,
      sensitive: false,
      impact: { individuals: "some", organisation: "none" },
    },
    createdAt: new Date(START).toISOString(),
    expiresAt: new Date(START + 100 * HOUR).toISOString(),
    senderGrant: "Z3JhbnQ=",
    uploadId: SEALED.bodyId,
    sealed: SEALED,
    standInId: null,
    recovery: null,
    shownTo: [],
    riskyReason: null,
    carriage: null,
    waybill: null,
    releasedAt: null,
    endedAt: null,
    destruction: null,
  };
  const recipients = Array.from(
    { length: count },
    (_, position): Recipient => ({
      id: `recipient ${position}`,
      reference: transfer.reference,
      position,
      party: { kind: "contact", contactId: "chambers" },
      name: "Rhys Morgan",
      address: `rhys${position}@chambers.example`,
      organisation: "Morgan Chambers",
      language: "cy",
      team: position === 1,
      state: "named",
      access: position === 2 ? "account" : "words",
      registerFirst: false,
      expecting: true,
      legitimateNeed: "",
      grant: "Z3JhbnQ=",
      tokenHash: "00".repeat(32),
      arrival: null,
      wordsToldAt: null,
      releasedAt: null,
      handedOutAt: null,
      openedAt: null,
      receivedAt: null,
      confirmation: null,
    }),
  );
  return { transfer, recipients };
}

type OfRecipient = (transfer: Transfer, recipient: Recipient, taken: Taken) => Step;
const RECIPIENT_ARROWS: Readonly<Record<string, OfRecipient>> = {
  arrive: (t, r, taken) => arrive(t, r, { publicKey: "a2V5", reader: "Siân" }, PROOF, taken),
  arriveNameless: (t, r, taken) => arrive(t, r, { publicKey: "a2V5", reader: "" }, PROOF, taken),
  arriveAgain: (t, r, taken) => arriveAgain(t, r, { publicKey: "b3RoZXI", reader: "Siân" }, PROOF, taken),
  handOut,
  told: (t, r, taken) => tellWords(t, r, { told: true, channel: "phone", ending: "42" }, taken),
  noAnswer: (t, r, taken) => tellWords(t, r, { told: false, channel: "phone", ending: "42" }, taken),
  askForWords,
  open,
  verifyAgain: (t, r, taken) => verifyAgain(t, r, true, taken),
  receive: (t, r, taken) => receive(t, r, PROOF, taken),
  problem: (t, r, taken) => reportProblem(t, r, { kind: "damaged", text: "" }, taken),
  misdirect,
  pause,
  resume,
  drop,
};

type OfTransfer = (world: World, taken: Taken) => Step;
const TRANSFER_ARROWS: Readonly<Record<string, OfTransfer>> = {
  request: ({ transfer, recipients }, taken) => request(transfer, recipients, WAYBILL, PROOF, taken),
  approve: ({ transfer }, taken) => approve(transfer, taken),
  reopen: ({ transfer }, taken) => reopen(transfer, taken),
  release: ({ transfer, recipients }, taken) => release(transfer, recipients, taken),
  refuse: ({ transfer }, taken) => refuse(transfer, "Not needed", taken),
  revise: ({ transfer }, taken) => revise(transfer, taken),
  recall: ({ transfer, recipients }, taken) => recall(transfer, recipients, taken),
  expire: ({ transfer, recipients }, taken) => expire(transfer, recipients, taken),
  shorten: ({ transfer }, taken) =>
    shorten(transfer, new Date(Date.parse(transfer.expiresAt) - 5 * HOUR).toISOString(), taken),
};

interface Move {
  readonly arrow: string;
  readonly recipient: number;
  /** Hours that pass before it. */
  readonly hours: number;
}

const COUNT = 3;
/** What ends something comes seldom, so that most sequences get far. */
const SELDOM = ["recall", "refuse", "drop", "misdirect"];
const OFTEN = [...Object.keys(TRANSFER_ARROWS), ...Object.keys(RECIPIENT_ARROWS)].filter(
  (each) => !SELDOM.includes(each),
);
const move: fc.Arbitrary<Move> = fc.record({
  arrow: fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...OFTEN) },
    { weight: 1, arbitrary: fc.constantFrom(...SELDOM) },
  ),
  recipient: fc.nat(COUNT - 1),
  hours: fc.oneof({ weight: 60, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.constant(101) }),
});
/** Mostly from a released transfer, where most arrows are; sometimes from the draft. */
const moves: fc.Arbitrary<readonly Move[]> = fc
  .tuple(fc.boolean(), fc.array(move, { maxLength: 60, size: "max" }))
  .map(([released, more]) => (released ? [...RELEASED, ...more] : more));
const RELEASED = ["request", "approve", "release"].map((arrow) => ({ arrow, recipient: 0, hours: 0 }));

interface Taking {
  readonly before: World;
  readonly after: World;
  readonly step: Step | null;
  readonly move: Move;
  readonly at: string;
}

/** Takes the moves one after another, as the server does; a refused one leaves everything as it was. */
function* taking(list: readonly Move[]): Generator<Taking> {
  let world = draft(COUNT);
  let now = START;
  for (const move of list) {
    now += move.hours * HOUR;
    const at = new Date(now).toISOString();
    const before = world;
    const step = tryStep(before, move, { at, by: { kind: "system" } });
    if (step) world = applied(before, step);
    yield { before, after: world, step, move, at };
  }
}

function tryStep(world: World, { arrow, recipient }: Move, taken: Taken): Step | null {
  try {
    const row = world.recipients[recipient];
    const ofTransfer = TRANSFER_ARROWS[arrow];
    if (ofTransfer) return ofTransfer(world, taken);
    assert.ok(row);
    return RECIPIENT_ARROWS[arrow]?.(world.transfer, row, taken) ?? null;
  } catch (error) {
    assert.ok(error instanceof DomainError, String(error));
    assert.match(error.message, /Nothing was changed\.$/);
    return null;
  }
}

function applied(world: World, step: Step): World {
  const changed = new Map(step.recipients.map((each) => [each.id, each]));
  return { transfer: step.transfer, recipients: world.recipients.map((each) => changed.get(each.id) ?? each) };
}

function holds(check: (taking: Taking) => void): void {
  fc.assert(
    fc.property(moves, (list) => {
      for (const each of taking(list)) check(each);
    }),
    { numRuns: 1000 },
  );
}

const pairs = ({ before, after }: Taking) =>
  before.recipients.map((was, at) => {
    const is = after.recipients[at];
    assert.ok(is);
    return { was, is };
  });

test("a transfer goes back only where its sender changes it before release, unsigned then, and none leaves an end", () => {
  const order = ["draft", "requested", "approved", "released"];
  holds(({ before, after, move }) => {
    const [was, is] = [before.transfer.state, after.transfer.state];
    if (was === is) return;
    if (was === "refused") assert.ok(["draft", "recalled", "expired"].includes(is), `${was} became ${is}`);
    else assert.ok(order.includes(was), `${was} is an end`);
    if (is === "draft") {
      assert.deepEqual([move.arrow, was === "released", after.transfer.waybill], ["revise", false, null]);
      return;
    }
    if (was === "approved" && is === "requested") {
      assert.deepEqual([move.arrow, after.transfer.waybill], ["reopen", before.transfer.waybill]);
      return;
    }
    if (order.includes(is)) assert.equal(order.indexOf(is), order.indexOf(was) + 1);
  });
});

test("a recipient whose access has ended never has it again, and their grant is gone", () => {
  holds((each) => {
    for (const { was, is } of pairs(each)) {
      if (isOver(was)) assert.deepEqual(is, was);
      if (isOver(is)) assert.equal(is.grant, null);
    }
  });
});

test("OXM-21: after recall or expiry no grant and no sealed manifest is left, and no recipient can do anything", () => {
  holds((each) => {
    const { before, after, step, move } = each;
    if (["recalled", "expired", "closed"].includes(after.transfer.state)) {
      assert.equal(after.transfer.senderGrant, null);
      assert.equal(after.transfer.sealed?.manifest, "");
      for (const { grant } of after.recipients) assert.equal(grant, null);
    }
    if (before.transfer.state !== "released" && move.arrow in RECIPIENT_ARROWS && move.arrow !== "drop") {
      assert.equal(step, null, `${move.arrow} of a transfer that is ${before.transfer.state}`);
    }
  });
});

test("OXM-21: past its date nothing is arrived at, handed out, opened or received, even before the clock's job came round", () => {
  const late = new Set(["arrive", "arriveAgain", "handOut", "told", "open", "receive", "askForWords", "pause"]);
  holds(({ before, step, move, at }) => {
    if (before.transfer.expiresAt <= at && late.has(move.arrow)) assert.equal(step, null);
  });
});

test("SDT-13, OXM-24: a grant is handed out after arrival alone, and words are told after arrival alone", () => {
  holds((each) => {
    for (const { was, is } of pairs(each)) {
      if (is.handedOutAt && !was.handedOutAt) assert.ok(was.arrival);
      if (is.wordsToldAt && !was.wordsToldAt) assert.ok(was.arrival && was.access === "words");
      if (is.arrival) assert.ok(is.releasedAt);
    }
  });
});

test("SDT-28: a receipt comes after opening, opening after the grant, and no time on the record is ever changed", () => {
  const times = ["releasedAt", "handedOutAt", "openedAt", "receivedAt"] as const;
  holds((each) => {
    for (const { was, is } of pairs(each)) {
      if (is.receivedAt) assert.ok(is.openedAt && is.openedAt <= is.receivedAt);
      if (is.openedAt) assert.ok(is.handedOutAt && is.handedOutAt <= is.openedAt);
      if (is.handedOutAt) assert.ok(is.releasedAt && is.releasedAt <= is.handedOutAt);
      for (const time of times) if (was[time]) assert.equal(is[time], was[time], time);
      if (was.receivedAt) assert.deepEqual(is.arrival, was.arrival, "the receipt's key stays the one it was");
    }
  });
});

test("SDT-14: while it is paused nothing but resuming, or an end, happens to that recipient; resuming gives back what was", () => {
  const left = new Set(["resume", "drop", "misdirect", "recall", "expire"]);
  const states = new Map<string, string>();
  fc.assert(
    fc.property(moves, (list) => {
      states.clear();
      for (const each of taking(list)) {
        for (const { was, is } of pairs(each)) {
          if (was.state !== "paused" && is.state === "paused") states.set(is.id, was.state);
          if (was.state !== "paused" || is === was) continue;
          assert.ok(left.has(each.move.arrow), each.move.arrow);
          if (each.move.arrow === "resume") assert.deepEqual(is, { ...was, state: states.get(is.id) });
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("SDT-14: “not for me” and dropping end one recipient's access and touch nobody else's", () => {
  holds((each) => {
    if (!each.step || (each.move.arrow !== "misdirect" && each.move.arrow !== "drop")) return;
    for (const { was, is } of pairs(each)) if (was.id !== `recipient ${each.move.recipient}`) assert.equal(is, was);
    assert.equal(each.after.transfer, each.before.transfer);
  });
});

test("a team mailbox never arrives without a reader's name", () => {
  holds(({ after }) => {
    for (const { team, arrival } of after.recipients) assert.ok(!team || !arrival || arrival.reader !== "");
  });
});

test("a waybill that was fixed is never another until it is given up, and neither content, recipients nor their tokens change after it", () => {
  holds((each) => {
    const { before, after, move } = each;
    if (before.transfer.waybill && !(move.arrow === "revise" && each.step)) {
      assert.equal(after.transfer.waybill, before.transfer.waybill);
    }
    assert.equal(after.transfer.sealed?.content, before.transfer.sealed?.content);
    assert.ok(after.transfer.expiresAt <= before.transfer.expiresAt, "the expiry is only ever brought forward");
    for (const { was, is } of pairs(each)) {
      assert.deepEqual([is.id, is.address, is.tokenHash, is.access], [was.id, was.address, was.tokenHash, was.access]);
    }
  });
});

test("every arrow that changes anything says so in an event of this transfer, at that time", () => {
  holds(({ before, after, step, at }) => {
    if (!step) return;
    if (step.events.length === 0) assert.deepEqual(after, before);
    for (const event of step.events) assert.deepEqual([event.reference, event.at], ["WB-0000-0000", at]);
  });
});

test("a closed transfer is one that everyone still concerned has received", () => {
  holds(({ before, after }) => {
    if (after.transfer.state !== "closed" || before.transfer.state === "closed") return;
    const concerned = before.recipients.filter((each) => !isOver(each));
    assert.ok(concerned.length > 0 && concerned.every((each) => each.state === "received"));
  });
});

test("each arrow is taken by some sequence, so that the properties above are about all of them", () => {
  const taken = new Set<string>();
  fc.assert(
    fc.property(moves, (list) => {
      for (const { step, move } of taking(list)) if (step) taken.add(move.arrow);
    }),
    { numRuns: 3000, seed: 7 },
  );
  assert.deepEqual(
    [...Object.keys(TRANSFER_ARROWS), ...Object.keys(RECIPIENT_ARROWS)].filter((each) => !taken.has(each)),
    [],
  );
});

test("a receipt survives that somebody pauses and the sender resumes", () => {
  const way = ["arrive", "handOut", "open", "receive", "pause", "resume"];
  const list = [...RELEASED, ...way.map((arrow) => ({ arrow, recipient: 0, hours: 0 }))];
  const states = [...taking(list)].map(({ after }) => after.recipients[0]?.state);
  assert.deepEqual(states.slice(-4), ["opened", "received", "paused", "received"]);
});

test("an expiry can be neither put off nor set in the past", () => {
  const world = [...taking(RELEASED)].at(-1)?.after;
  assert.ok(world);
  const taken: Taken = { at: new Date(START + HOUR).toISOString(), by: { kind: "system" } };
  for (const hours of [101, 100, 1, 0]) {
    const date = new Date(START + hours * HOUR).toISOString();
    assert.throws(() => shorten(world.transfer, date, taken), { name: "DomainError", code: "not-now" });
  }
});
