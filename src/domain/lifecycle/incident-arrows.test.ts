import assert from "node:assert/strict";
import { test } from "node:test";
import {
  authorityDeadline,
  deadlineToTell,
  type Incident,
  type IncidentKind,
  kindsOf,
  newIncidentNumber,
  openDecisions,
  type Report,
  readIncidentNumber,
  type Told,
} from "../incident.ts";
import {
  acknowledge,
  addAction,
  closeIncident,
  decideTelling,
  escalate,
  finishAction,
  giveTo,
  needsEscalation,
  note,
  reopenIncident,
  statePersonal,
  tellOfDeadline,
} from "./incident-arrows.ts";
import { contradicts, joinIncident, linkTransfer, openIncident } from "./incident-reports.ts";
import type { Taken } from "./step.ts";

const AT = "2026-11-21T10:00:00.000Z";
const LATER = "2026-11-21T11:00:00.000Z";
const taken = (at = AT, id = "priya"): Taken => ({ at, by: { kind: "member", id } });
const report: Report = {
  ...{ number: "IN-1", at: AT, kind: "wrong-person", standing: "nobody", memberId: null, recipientId: "r" },
  ...{ words: "Not mine", reach: "me@home.example", about: "", stopped: "paused" },
};
const told: readonly Told[] = [
  { as: "privacy-team", name: "Privacy", address: "p@x.example", memberId: null, at: AT },
  { as: "line-manager", name: "Lena", address: "l@x.example", memberId: "lena", at: AT },
];
const linked = {
  ...{ reference: "WB-0000-0000", senderId: "sam", at: AT },
  exposures: [
    { recipientId: "r", handedOutAt: AT, openedAt: null },
    { recipientId: "s", handedOutAt: AT, openedAt: AT },
  ],
};
const opening = { linked, personal: true, dueAt: LATER, told };

const reported = openIncident(report, opening, taken()).incident;
const looked = acknowledge(reported, "priya", taken()).incident;
const refuses = (act: () => unknown, why: RegExp) =>
  assert.throws(act, (error: unknown) => {
    assert.ok(error instanceof Error && "code" in error && error.code === "not-now", String(error));
    assert.match(error.message, why);
    return true;
  });
const priya = { memberId: "priya", as: "privacy team" };
const joining = { about: "WB-0000-0000", told: [], contradicts: false, dueAt: LATER };
const decided = (incident: Incident) =>
  (["authority", "people"] as const).reduce(
    (each, about) => decideTelling(each, about, { tell: false, reason: "No risk" }, priya, taken()).incident,
    incident,
  );

test("SPG-3: an incident is opened with who was handed what and who opened it; what was written is not in its event", () => {
  const { incident, events } = openIncident(report, opening, taken());
  assert.equal(incident.id, "IN-1");
  assert.deepEqual(incident.transfers, [linked]);
  assert.deepEqual(events, [
    {
      ...{ kind: "incident-reported", at: AT, actor: { kind: "member", id: "priya" }, reference: "WB-0000-0000" },
      recipientId: null,
      detail: {
        ...{ incident: "IN-1", report: "IN-1", problem: "wrong-person", standing: "nobody", stopped: "paused" },
        ...{ handed: 2, opened: 1, told: "privacy-team, line-manager" },
      },
    },
  ]);
});

test("another report joins what is being looked into, and nothing that is closed", () => {
  const more = { ...report, number: "IN-2", kind: "missing" } as const;
  const { incident, events } = joinIncident(looked, more, joining, taken());
  assert.deepEqual([incident.id, incident.state, incident.reports.length], ["IN-1", "acknowledged", 2]);
  assert.equal(events[0]?.detail.report, "IN-2");
  const other = { ...looked.transfers[0], reference: "WB-1111-1111", senderId: "sam", at: AT, exposures: [] };
  const two = linkTransfer(looked, other, { personal: false, told: [] }, taken()).incident;
  const [first] = joinIncident(two, more, joining, taken()).events;
  assert.deepEqual(
    [first?.reference, first?.detail.handed],
    ["WB-0000-0000", 2],
    "of that transfer, not of the last one",
  );
  const closed = closeIncident(decided(looked), "None", [], taken()).incident;
  refuses(() => joinIncident(closed, more, joining, taken()), /closed/);
  refuses(() => note(closed, "x", taken()), /closed/);
});

test("SDT-29: a person acknowledges it once and owns it from then on; who does not have it in time is told of, once a day", () => {
  assert.equal(looked.ownerId, "priya");
  refuses(() => acknowledge(looked, "lena", taken()), /Somebody has acknowledged/);
  assert.equal(needsEscalation(reported, AT), false);
  assert.equal(needsEscalation(reported, LATER), true);
  const escalated = escalate(reported, told, { at: LATER, by: { kind: "system" } }).incident;
  assert.equal(escalated.told.length, 4);
  assert.equal(needsEscalation(escalated, "2026-11-22T10:59:59.999Z"), false);
  assert.equal(needsEscalation(escalated, "2026-11-22T11:00:00.000Z"), true);
  assert.equal(needsEscalation(looked, LATER), false);
  refuses(() => escalate(looked, told, taken(LATER)), /does not wait/);
  const given = giveTo(looked, { id: "lena" }, taken());
  assert.deepEqual([given.incident.ownerId, given.events[0]?.detail.owner], ["lena", "lena"]);
  refuses(() => giveTo(looked, { id: "priya" }, taken()), /look after it already/);
  refuses(() => giveTo(reported, { id: "lena" }, taken()), /First acknowledge/);
});

test("personal data starts a clock of 72 hours, and both decisions stay open until each is made with its reason", () => {
  assert.equal(authorityDeadline(reported), "2026-11-24T10:00:00.000Z");
  assert.deepEqual(openDecisions(looked), ["authority", "people"]);
  const one = decideTelling(looked, "authority", { tell: true, reason: "High risk" }, priya, taken(LATER));
  assert.deepEqual(one.incident.authority, { tell: true, reason: "High risk", byMemberId: "priya", at: LATER });
  assert.deepEqual(one.events[0]?.detail, {
    incident: "IN-1",
    about: "authority",
    tell: true,
    reason: "High risk",
    as: "privacy team",
  });
  assert.equal(one.events[0]?.reference, null, "what is decided is no event of the transfer");
  assert.deepEqual(openDecisions(one.incident), ["people"]);
  const unsaid = { ...looked, personal: null };
  refuses(() => decideTelling(unsaid, "people", { tell: true, reason: "x" }, priya, taken()), /First say/);
  const no = { personal: false, reason: "It was a blank form" };
  const says = { ...priya, whose: "the privacy team", declared: null };
  assert.deepEqual(openDecisions(statePersonal(unsaid, no, says, taken()).incident), []);
  refuses(() => statePersonal(one.incident, no, says, taken()), /rests on personal data/);
});

test("OXM-3: that no personal data is concerned has a reason, is not the sender's to say, and is the privacy team's where the waybill declares it", () => {
  const unsaid = { ...looked, personal: null };
  const no = { personal: false, reason: "It was a blank form" };
  const lena = {
    memberId: "lena",
    as: null,
    whose: "the privacy team",
    declared: { personal: false, says: "no personal data" },
  };
  refuses(() => statePersonal(unsaid, { ...no, reason: " " }, lena, taken()), /Say why no personal data/);
  refuses(() => statePersonal(unsaid, no, { ...lena, memberId: "sam", as: "privacy team" }, taken()), /You sent it/);
  const declares = { ...lena, declared: { personal: true, says: "personal data, special category data" } };
  refuses(
    () => statePersonal(unsaid, no, declares, taken()),
    /declares personal data, special category data: .* privacy/,
  );
  const said = statePersonal(unsaid, no, { ...declares, as: "privacy team" }, taken());
  assert.equal(said.incident.personal, false);
  assert.deepEqual(said.events[0]?.detail, {
    ...{ incident: "IN-1", personal: false, reason: "It was a blank form" },
    ...{ declared: "personal data, special category data", as: "privacy team" },
  });
  assert.equal(statePersonal(unsaid, { personal: true, reason: "" }, lena, taken()).incident.personal, true);
});

test("what was said about personal data and about telling is asked again when another transfer is linked", () => {
  const other = { ...linked, reference: "WB-1111-1111" };
  const { incident } = linkTransfer(decided(looked), other, { personal: false, told: [] }, taken());
  assert.deepEqual(openDecisions(incident), ["authority", "people"]);
  const none = linkTransfer({ ...looked, personal: false }, other, { personal: true, told: [] }, taken(LATER));
  assert.equal(none.incident.personal, true);
  assert.equal(authorityDeadline(none.incident), authorityDeadline(looked), "SDT-29: the first knowledge stands");
  assert.deepEqual([none.events[0]?.detail.asked, none.events[0]?.detail.clock], ["again", undefined]);
  const anew = linkTransfer(decided(looked), other, { personal: false, told: [] }, taken(LATER));
  assert.equal(anew.events[0]?.detail.clock, "anew");
});

test("another report asks again what it contradicts: another kind, or what was handed or opened since; a closed incident waits for somebody anew", () => {
  const now = linked.exposures;
  assert.equal(contradicts(looked, { kind: "wrong-person" }, now, AT), false);
  assert.equal(contradicts(looked, { kind: "lost" }, now, AT), true);
  const later = [{ recipientId: "r", handedOutAt: AT, openedAt: LATER }];
  assert.equal(contradicts(looked, { kind: "wrong-person" }, later, AT), true);
  assert.equal(contradicts(looked, { kind: "wrong-person" }, later, LATER), false, "it was known then");
  const more = { ...report, number: "IN-2", kind: "opened-by-other" } as const;
  const against = { ...joining, contradicts: true, dueAt: "2026-11-21T13:00:00.000Z" };
  const joined = joinIncident(decided(looked), { ...more, kind: "missing" }, against, taken(LATER));
  assert.deepEqual(openDecisions(joined.incident), ["authority", "people"]);
  assert.deepEqual([joined.incident.state, joined.events[0]?.detail.asked], ["acknowledged", "again"]);
  assert.equal(authorityDeadline(joined.incident), "2026-11-24T11:00:00.000Z", "what was decided is asked from now on");
  const undecided = joinIncident(looked, more, against, taken(LATER)).incident;
  assert.equal(authorityDeadline(undecided), authorityDeadline(looked), "what was not is put off by nothing");
  const none = joinIncident({ ...looked, personal: false }, more, against, taken(LATER)).incident;
  assert.equal(none.personal, null);
  assert.equal(authorityDeadline(none), authorityDeadline(looked), "SDT-29: that none is concerned puts nothing off");
  const closed = closeIncident(decided(looked), "None", [], taken()).incident;
  const again = joinIncident(closed, more, against, taken(LATER));
  const { state, dueAt, acknowledgedAt, closedAt, ownerId } = again.incident;
  assert.deepEqual([state, dueAt, acknowledgedAt, closedAt, ownerId], ["reported", against.dueAt, null, null, "priya"]);
  assert.deepEqual(openDecisions(again.incident), ["authority", "people"]);
  assert.deepEqual(
    again.events.map(({ kind, reference }) => [kind, reference]),
    [
      ["incident-reported", "WB-0000-0000"],
      ["incident-reopened", "WB-0000-0000"],
      ["incident-reopened", null],
    ],
  );
});

test("SDT-29: a worse report makes the incident one of its kind, has it acknowledged anew, and is escalated when it is not", () => {
  const damaged = openIncident({ ...report, kind: "damaged" }, opening, taken()).incident;
  const had = acknowledge(damaged, "priya", taken()).incident;
  const dueAt = "2026-11-21T13:00:00.000Z";
  const more = (kind: IncidentKind, incident = had) =>
    joinIncident(incident, { ...report, number: "IN-2", kind }, { ...joining, dueAt }, taken(LATER));
  for (const kind of ["opened-by-other", "wrong-person", "lost", "missing"] as const) {
    const { incident, events } = more(kind);
    const { state, acknowledgedAt, ownerId } = incident;
    assert.deepEqual([incident.kind, state, acknowledgedAt, ownerId], [kind, "reported", null, "priya"], kind);
    assert.deepEqual([events[0]?.detail.before, events[0]?.detail.acknowledge], ["damaged", "again"]);
    assert.deepEqual([needsEscalation(incident, LATER), needsEscalation(incident, dueAt)], [false, true]);
    assert.equal(acknowledge(incident, "lena", taken(LATER)).incident.ownerId, "priya", "who had it has it still");
  }
  for (const kind of ["damaged", "suspicious-message", "near-miss"] as const)
    assert.deepEqual([more(kind).incident.kind, more(kind).incident.state], ["damaged", "acknowledged"], kind);
  const opened = more("opened-by-other").incident;
  const both = more("wrong-person", acknowledge(opened, "priya", taken()).incident).incident;
  assert.deepEqual([both.kind, both.state], ["opened-by-other", "reported"], "a grave one is new beside a graver");
  assert.deepEqual(kindsOf(both), ["opened-by-other", "wrong-person", "damaged"]);
  const escalated = escalate(damaged, told, taken(LATER)).incident;
  const worse = more("lost", escalated).incident;
  assert.deepEqual(
    [worse.dueAt, needsEscalation(worse, LATER)],
    [LATER, true],
    "and what waits already is told of at once",
  );
});

test("SDT-29: whom the clock concerns is told once that it runs out, and once that it has, until it is decided", () => {
  const by = (at: string): Taken => ({ at, by: { kind: "system" } });
  const [soon, over] = ["2026-11-23T10:00:00.000Z", "2026-11-24T10:00:00.000Z"];
  assert.equal(deadlineToTell(looked, "2026-11-23T09:59:59.999Z"), null);
  assert.equal(deadlineToTell(reported, soon), "soon", "also before anybody has it");
  const first = tellOfDeadline(looked, told, by(soon));
  assert.deepEqual([first.incident.told.length, first.events[0]?.detail.moment], [4, "soon"]);
  refuses(() => tellOfDeadline(first.incident, [], by("2026-11-24T09:59:59.999Z")), /nobody is to be told/);
  const last = tellOfDeadline(first.incident, [], by(over));
  assert.equal(last.events[0]?.detail.moment, "over");
  assert.equal(deadlineToTell(last.incident, "2027-01-01T00:00:00.000Z"), null);
  for (const none of [decided(looked), { ...looked, personal: false }, { ...looked, state: "closed" } as const])
    assert.equal(deadlineToTell(none, over), null);
  assert.equal(deadlineToTell({ ...looked, personal: null }, over), "over", "while nobody has said, it runs");
});

test("the number of a report is read as people type it; a transfer's reference is none", () => {
  const number = newIncidentNumber();
  for (const typed of [number, number.toLowerCase(), ` ${number.slice(3)} `, number.replaceAll("-", "")])
    assert.equal(readIncidentNumber(typed), number, typed);
  assert.equal(readIncidentNumber(number.replace("IN", "WB")), null);
  assert.equal(readIncidentNumber("the stick"), null);
});

test("OXM-3: that nobody is told, and closing what has personal data in it, is not for who sent it", () => {
  const sam = { memberId: "sam", as: "administrator" };
  refuses(
    () => decideTelling(looked, "authority", { tell: false, reason: "x" }, sam, taken(AT, "sam")),
    /You sent it: .* colleague/,
  );
  const told = decideTelling(looked, "people", { tell: true, reason: "x" }, sam, taken(AT, "sam")).incident;
  assert.equal(told.people?.tell, true, "that they are told may be anybody's to say");
  refuses(() => closeIncident(decided(looked), "None", [], taken(AT, "sam")), /You sent it/);
  const none = { ...looked, personal: false };
  assert.equal(closeIncident(none, "None", [], taken(AT, "sam")).incident.state, "closed");
});

test("nothing that is still to decide or to do is closed away, and it can be opened again", () => {
  refuses(() => closeIncident(reported, "None", [], taken()), /First acknowledge/);
  refuses(() => closeIncident({ ...looked, personal: null }, "None", [], taken()), /Nobody has said/);
  refuses(() => closeIncident(looked, "None", [], taken()), /not decided yet/);
  refuses(() => closeIncident(decided(looked), "None", ["WB-7F3K-Q2XV"], taken()), /WB-7F3K-Q2XV is paused/);
  const action = { id: "a", what: "Ask them", whoId: "sam", due: "2026-12-01", doneAt: null };
  const acted = addAction(decided(looked), action, taken()).incident;
  refuses(() => closeIncident(acted, "None", [], taken()), /not done yet/);
  refuses(() => finishAction(acted, "other", taken()), /no such action/);
  const done = finishAction(acted, "a", taken(LATER)).incident;
  assert.equal(done.actions[0]?.doneAt, LATER);
  refuses(() => finishAction(done, "a", taken()), /done already/);
  const closed = closeIncident(done, "Check addresses", [], taken(LATER));
  assert.deepEqual(
    closed.events.map(({ reference, detail }) => [reference, detail]),
    [
      ["WB-0000-0000", { incident: "IN-1" }],
      [null, { incident: "IN-1", lessons: "Check addresses" }],
    ],
  );
  refuses(() => reopenIncident(done, "x", "priya", taken()), /not closed/);
  const again = reopenIncident(closed.incident, "More was found", "lena", taken()).incident;
  assert.deepEqual([again.state, again.closedAt, again.ownerId], ["acknowledged", null, "priya"]);
});

test("a transfer is linked once; with personal data in it the clock of the first report counts", () => {
  const none = openIncident(report, { ...opening, linked: null, personal: null }, taken()).incident;
  assert.equal(none.transfers.length, 0);
  const found = linkTransfer(none, linked, { personal: true, told }, taken(LATER));
  assert.deepEqual([found.incident.personal, found.events[0]?.reference], [true, "WB-0000-0000"]);
  assert.equal(authorityDeadline(found.incident), "2026-11-24T10:00:00.000Z");
  refuses(() => linkTransfer(found.incident, linked, { personal: false, told: [] }, taken()), /linked already/);
});
