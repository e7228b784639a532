import { Type } from "typebox";
import type { StoredEvent } from "../../../domain/event.ts";
import { authorityDeadline, kindsOf, type LinkedTransfer } from "../../../domain/incident.ts";
import { asSaid } from "../../../domain/incident-said.ts";
import { acknowledge, finishAction } from "../../../domain/lifecycle/incident-arrows.ts";
import { problemInWords } from "../../../domain/problem-words.ts";
import type { Reader } from "../../../domain/records.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type IncidentVisit, type Row, row } from "../../gate/row.ts";
import { type Declared, declaredOf } from "../../incidents/declared.ts";
import { stillOpen } from "../../incidents/still-open.ts";
import { render } from "../../render.ts";
import { recipientTag } from "../transfer/status.ts";
import { act } from "./act-on-incident.ts";
import {
  kindInWords,
  lineOf,
  reporterInWords,
  stateTag,
  stoppedInWords,
  tellingInWords,
  toldInWords,
} from "./incident-words.ts";
import { nextStepOf } from "./next-step.ts";

/** One incident: what was reported, who had what, who was told, what is decided and done, and what is to do next. */
export const incidentRows: readonly Row[] = [
  row({ method: "GET", path: "/incidents/:id", who: "incident-reader", handle: (visit) => incidentPage(visit) }),
  row({
    method: "POST",
    path: "/incidents/:id/acknowledge",
    who: "incident-handler",
    handle: async (visit) => {
      await act(visit, async ({ tx, incident, taken }) => {
        const owner = incident.ownerId ? await tx.member(incident.ownerId) : null; // one who has left has it no more
        const ownerId = owner?.state === "active" ? owner.id : null;
        return acknowledge({ ...incident, ownerId }, visit.member.id, taken);
      });
      return redirect(visit, `/incidents/${visit.incident.id}`);
    },
  }),
  row({
    method: "POST",
    path: "/incidents/:id/done",
    who: "incident-reader",
    body: Type.Object({ action: Type.String({ maxLength: 100 }) }),
    handle: async (visit, { action }) => {
      const found = visit.incident.actions.find(({ id }) => id === action);
      if (!found || !(visit.acts || found.whoId === visit.member.id)) {
        throw new ServerError({ code: "no-such-page", message: "There is no such action that is yours to do." });
      }
      await act(visit, ({ incident, taken }) => finishAction(incident, action, taken));
      return redirect(visit, `/incidents/${visit.incident.id}`);
    },
  }),
];

/** @param list where all of them are, for whoever looks */
export async function incidentPage(visit: IncidentVisit, list = "/incidents"): Promise<string> {
  const { parts, member, sees, acts, query, params } = visit;
  const { read } = parts.records;
  const incident = await asSaid(read, visit.incident);
  const declared = await declaredOf(read, incident);
  const members = new Map((await read.members()).map((each) => [each.id, each]));
  const nameOf = (id: string) => members.get(id)?.name ?? "a former colleague";
  const named = (id: string | null) => {
    const found = id ? members.get(id) : undefined;
    return found ? `${found.name} (${found.address})` : "";
  };
  const whole = sees === "whole";
  const events = await read.eventsNumbered(incident.events);
  const open = await stillOpen(read, incident, member.id);
  const [gravest, ...others] = kindsOf(incident).map(problemInWords);
  const now = parts.clock.now().toISOString();
  return render(visit, "incidents/incident.njk", {
    title: `Reported problem ${incident.id}: ${gravest}`,
    also: others,
    // whoever typed the number of a later report is told where they are
    typed: incident.reports.find(({ number }) => number === params.id && number !== incident.id)?.number ?? "",
    incident,
    list,
    whole,
    acts,
    now,
    sent: incident.reports.some(({ number }) => number === query.reported) ? query.reported : "",
    tag: stateTag(incident),
    next: nextStepOf(
      { ...visit, incident },
      whole ? open : open.filter(({ href }) => href.startsWith("/transfers/")),
      declared,
      nameOf,
    ),
    personal: personalInWords(
      incident.personal,
      declared,
      events.findLast(({ kind }) => kind === "incident-stated"),
    ),
    deadline: authorityDeadline(incident),
    over: authorityDeadline(incident) <= now,
    reports: incident.reports.map((report) => ({
      report,
      kind: kindInWords(report),
      by: reporterInWords(report, named(report.memberId)),
      stopped: stoppedInWords(report),
      reach: whole ? report.reach : "",
    })),
    transfers: await Promise.all(
      incident.transfers
        .filter(({ senderId }) => whole || senderId === member.id)
        .map((linked) => linkedView(read, linked, named(linked.senderId), linked.senderId === member.id)),
    ),
    told: incident.told.map((each) => ({ ...each, as: toldInWords(each) })),
    owner: named(incident.ownerId),
    actions: incident.actions
      .filter(({ whoId }) => whole || whoId === member.id)
      .map((action) => ({ action, who: nameOf(action.whoId), mine: acts || action.whoId === member.id })),
    decisions: whole
      ? (["authority", "people"] as const).flatMap((about) => {
          const telling = incident[about];
          return telling ? [{ says: tellingInWords(about, telling), ...telling, by: nameOf(telling.byMemberId) }] : [];
        })
      : [],
    timeline: events
      .filter((event) => whole || LIMITED.includes(event.kind))
      .flatMap((event) => {
        const line = lineOf(event, nameOf);
        const by = event.actor.kind === "member" ? nameOf(event.actor.id) : "";
        return line ? [{ ...line, at: event.at, by: event.kind === "incident-reported" ? "" : by }] : [];
      }),
  });
}

/** Whether personal data is concerned, by whose word: the waybill's alone is not confirmed. */
function personalInWords(personal: boolean | null, declared: Declared | null, stated: StoredEvent | undefined): string {
  const waybill = declared ? `By the waybill: ${declared.says}` : "";
  if (stated && personal !== null) return `${personal ? "Yes" : "No"}. ${waybill}`.trim();
  if (declared) return `${waybill}, not confirmed`;
  return personal === null ? "Nobody has said yet" : personal ? "Yes" : "No";
}

/** What a sender sees of the timeline: neither notes nor decisions nor what was learnt. */
const LIMITED: readonly StoredEvent["kind"][] = ["incident-reported", "incident-acknowledged", "incident-linked"];

/** Who had been handed what is sealed to them, and who proved that they opened it: when it was linked, and now. */
async function linkedView(
  read: Reader,
  { reference, at, exposures, senderId }: LinkedTransfer,
  sender: string,
  own: boolean,
) {
  const recipients = await read.recipients(reference);
  const transfer = await read.transfer(reference);
  return {
    carried: (transfer?.carriage ?? null) !== null,
    reference,
    at,
    sender,
    own,
    left: (await read.member(senderId))?.state !== "active",
    recipients: recipients.map((recipient) => {
      const then = exposures.find(({ recipientId }) => recipientId === recipient.id);
      return {
        recipient,
        tag: recipientTag(recipient),
        handedLater: recipient.handedOutAt !== null && (then?.handedOutAt ?? null) === null,
        openedLater: recipient.openedAt !== null && (then?.openedAt ?? null) === null,
      };
    }),
  };
}
