import type { FixedWaybill } from "../../../domain/approval.ts";
import type { StoredEvent } from "../../../domain/event.ts";
import { METHODS } from "../../../domain/facts.ts";
import { holdScopeText, holdsOnTransfer } from "../../../domain/hold.ts";
import { basisText } from "../../../domain/lawful-bases.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { problemsInWords } from "../../../domain/problem-words.ts";
import {
  isRefusal,
  type RecordedAssessment,
  type RecordedRule,
  rulesAsked,
} from "../../../domain/recorded-assessment.ts";
import type { Reader } from "../../../domain/records.ts";
import { parseReference } from "../../../domain/reference.ts";
import { ROLES } from "../../../domain/roles.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import type { Waybill } from "../../../domain/waybill.ts";
import { adviceGiven } from "../../advice/advice-given.ts";
import { arrangementsUsed } from "../../arrangements/arrangements-used.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { lawfulLists } from "../../assessing/stated-needs.ts";
import { ServerError } from "../../error.ts";
import { takeEvidence } from "../../evidence/take-evidence.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { isOpen, keepOpen, look } from "../../records/looks.ts";
import { recordTimeline } from "../../records/record-timeline.ts";
import { render } from "../../render.ts";
import { stateTag } from "../incidents/incident-words.ts";
import { recipientTag, transferTag } from "../transfer/status.ts";

const RATES = [{ times: 120, seconds: 600, by: "caller" }] as const;

/** SIS-37, SIS-23: the record of one transfer, whoever sent it. Opening it is an event of that transfer. */
export const recordRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/records/:ref",
    who: "auditor",
    handle: async (visit) => {
      const transfer = await transferOf(visit);
      if (await isOpen(visit, transfer.reference)) return recordPage(visit, transfer);
      return render(visit, "records/open.njk", { title: `Record ${transfer.reference}`, transfer });
    },
  }),
  row({
    method: "POST",
    path: "/records/:ref",
    who: "auditor",
    rates: RATES,
    handle: async (visit) => {
      const { reference } = await transferOf(visit);
      await look(visit, "record-opened", reference, {});
      await keepOpen(visit, reference);
      await visit.reply.redirect(`/records/${reference}`, 303);
      return null;
    },
  }),
  row({
    method: "POST",
    path: "/records/:ref/evidence",
    who: "auditor",
    rates: [{ times: 60, seconds: 600, by: "caller" }],
    handle: async (visit) => {
      const transfer = await transferOf(visit);
      const pack = await takeEvidence({ ...visit, transfer });
      await visit.reply
        .type("application/zip")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="${transfer.reference}.evidence.zip"`)
        .send(Buffer.from(pack));
      return null;
    },
  }),
];

async function transferOf({ parts, params }: MemberVisit): Promise<Transfer> {
  const transfer = await parts.records.read.transfer(parseReference(params.ref ?? ""));
  if (transfer) return transfer;
  throw new ServerError({ code: "no-such-page", message: "There is no transfer with this reference." });
}

async function recordPage(visit: MemberVisit, transfer: Transfer): Promise<string> {
  const { read } = visit.parts.records;
  const { reference, facts } = transfer;
  const recipients = await read.recipients(reference);
  const events = await read.eventsOf(reference);
  const fixed = await read.fixedWaybillsOf(reference);
  const waybill = transfer.waybill ? (JSON.parse(transfer.waybill.text) as Waybill) : null; // written by this server
  const method = METHODS.find((each) => each === waybill?.method);
  const standIn = transfer.standInId ? await read.member(transfer.standInId) : null;
  const arranged = new Map(
    await Promise.all(fixed.map(async (each) => [each.digest, await arrangementsUsed(read, each)] as const)),
  );
  return render(visit, "records/record.njk", {
    title: `Record ${reference}`,
    path: `/records/${reference}`,
    tag: transferTag(transfer, recipients),
    method: method ? METHOD_NAMES[method] : "Not signed yet",
    sender: await read.member(transfer.senderId),
    standIn,
    facts,
    carried: transfer.carriage !== null,
    basis: facts.lawfulBasis && basisText(lawfulLists(policyNow(visit.parts).settings), facts.lawfulBasis),
    holds: (await holdsOnTransfer(read, transfer)).map((each) => ({ ...each, on: holdScopeText(each.scope) })),
    incidents: (await read.incidentsOf(reference)).map((each) => ({
      ...{ id: each.id, reportedAt: each.reportedAt, what: problemsInWords(each), tag: stateTag(each) },
    })),
    transfer: {
      ...{ reference, createdAt: transfer.createdAt, releasedAt: transfer.releasedAt, endedAt: transfer.endedAt },
      ...{ expiresAt: transfer.expiresAt, riskyReason: transfer.riskyReason, digest: transfer.waybill?.digest ?? null },
      totals: transfer.sealed?.totals ?? null,
    },
    recipients: recipients.map((each) => ({
      ...{ name: each.name, address: each.address, organisation: each.organisation, tag: recipientTag(each) },
      ...{ access: each.access, releasedAt: each.releasedAt, openedAt: each.openedAt, receivedAt: each.receivedAt },
      ...{ arrivedAt: each.arrival?.at ?? null, expecting: each.expecting, legitimateNeed: each.legitimateNeed },
    })),
    agreed: await agreedBy(read, reference),
    arranged: arranged.get(transfer.waybill?.digest ?? "") ?? [],
    advice: await adviceGiven(visit.parts, transfer),
    decision: await decisionShown(read, fixed.at(-1)),
    timeline: recordTimeline(events, recipients, await namesIn(read, events), arranged),
  });
}

async function agreedBy(read: Reader, reference: string) {
  const named = async (id: string | null) => (id === null ? null : await read.member(id));
  return Promise.all(
    (await read.approvalsOf(reference)).map(async (each) => ({
      role: ROLES[each.role],
      state: each.state,
      by: await named(each.decidedBy),
      inPlaceOf: await named(each.inPlaceOf),
      ...{ askedAt: each.askedAt, decidedAt: each.decidedAt, reason: each.reason },
    })),
  );
}

/**
 * The decision that the last waybill commits to: every rule that was asked, and what met it, when the sender signed or later. Null for `asked`
 * where the record is of version 1, which knows only what was open.
 */
async function decisionShown(read: Reader, fixed: FixedWaybill | undefined) {
  if (!fixed) return null;
  const recorded = JSON.parse(fixed.assessment) as RecordedAssessment; // written by this server
  const { verdict, needs = [], advice = [], policy } = recorded;
  const released = await read.releasedAssessment(fixed.digest);
  const later = released && rulesAsked(JSON.parse(released.text) as RecordedAssessment); // ours too
  const given = (await read.approvalsOf(fixed.reference)).filter(
    ({ digest, state }) => digest === fixed.digest && state === "approved",
  );
  const laterBy = async ({ rule, need }: RecordedRule): Promise<string> => {
    const approval = given.find(({ role }) => need === `approval:${role}`);
    const by = approval?.decidedBy ? await read.member(approval.decidedBy) : null;
    if (by) return `${by.name} (${by.address}) agreed`;
    const met = later?.find((each) => each.rule === rule)?.met === true;
    return met ? "Met when it went" : "";
  };
  const asked = rulesAsked(recorded);
  return {
    ...{ at: fixed.at, verdict, needs, advice, policy },
    met: asked?.filter((each) => each.met).length ?? 0,
    asked:
      asked &&
      (
        await Promise.all(
          asked.map(async (each) => ({
            ...each,
            refusal: isRefusal(each),
            later: each.met ? "" : await laterBy(each),
          })),
        )
      ).toSorted(byClause),
  };
}

function byClause(a: RecordedRule, b: RecordedRule): number {
  return a.clauses.join(" ").localeCompare(b.clauses.join(" "), "en", { numeric: true });
}

async function namesIn(read: Reader, events: readonly StoredEvent[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(events.flatMap(({ actor }) => (actor.kind === "member" ? [actor.id] : [])));
  const members = await Promise.all([...ids].map((id) => read.member(id)));
  return new Map(members.flatMap((each) => (each ? [[each.id, each.name]] : [])));
}
