import { waitsForOutcome } from "../../../domain/advice.ts";
import { carrierText, digestLines, PACKAGE_NAMES, riskText } from "../../../domain/carried-lines.ts";
import { standInOf } from "../../../domain/colleague.ts";
import { formatDate } from "../../../domain/date-text.ts";
import { holdScopeText, holdsOnTransfer } from "../../../domain/hold.ts";
import { lateIn } from "../../../domain/lateness.ts";
import { basisText } from "../../../domain/lawful-bases.ts";
import { arrivesAtOnce } from "../../../domain/lifecycle/carriage-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { nationalPhone } from "../../../domain/phone.ts";
import { problemsInWords } from "../../../domain/problem-words.ts";
import { formatSize } from "../../../domain/size-text.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { adviceGiven } from "../../advice/advice-given.ts";
import { methodOf } from "../../assessing/assess-transfer.ts";
import { leftToDo } from "../../assessing/left-to-do.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { lawfulLists } from "../../assessing/stated-needs.ts";
import { chaseOf } from "../../carrying/chase.ts";
import { unconfirmedAmong, withRegistered } from "../../drafts/registered.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { lineAhead } from "../../notices/notices.ts";
import { recoveryNumberOf } from "../../recovery-key/lines.ts";
import { render } from "../../render.ts";
import { stateTag } from "../incidents/incident-words.ts";
import { agreedTo, agreementOf } from "./agreement-view.ts";
import { lacksReport, lateStep, mediumBackStep } from "./carried-step.ts";
import { happeningsOf, wholeHappenings } from "./happenings.ts";
import { cameBack, mayBeTold, needsWords } from "./matters.ts";
import { nextStep } from "./next-step.ts";
import { statedDetails } from "./stated-details.ts";
import { mayShorten, mayTakeBack, recipientTag, transferTag } from "./status.ts";
import { tagOf } from "./tag-of.ts";
import { timelineContext } from "./timeline.ts";

const PAGE = 25;

/** The sender's page of one transfer, and the list of their transfers. */
export const transferRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers",
    who: "member",
    handle: async (visit) => {
      const { parts, member, query } = visit;
      const { read } = parts.records;
      const today = parts.clock.now().toISOString().slice(0, 10);
      const asked = Number(query.from ?? 0);
      const offset = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
      const found = await read.transfersOf(member.id, { limit: PAGE + 1, offset });
      const transfers = await Promise.all(
        found.slice(0, PAGE).map(async (transfer) => {
          const recipients = await read.recipients(transfer.reference);
          const late = lateIn(transfer, recipients, today).length > 0;
          return { transfer, recipients, late, tag: await tagOf(read, transfer, recipients, today) };
        }),
      );
      const left = await leftToDo(parts, member, transfers);
      return render(visit, "transfer/list.njk", {
        title: "What you sent",
        transfers: transfers.map((each) => ({ ...each, left: left.get(each.transfer.reference) ?? 0 })),
        overdue: transfers.filter(({ late }) => late).length,
        older: found.length > PAGE ? offset + PAGE : null,
        newer: offset > 0 ? Math.max(0, offset - PAGE) : null,
      });
    },
  }),
  row({
    method: "GET",
    path: "/transfers/:ref",
    who: "teller",
    handle: async (visit) => {
      const { parts, transfer, organisation } = visit;
      const { read } = parts.records;
      if (transfer.senderId !== visit.member.id) return standInPage(visit);
      const recipients = transfer.state === "draft" ? await withRegistered(read, visit.recipients) : visit.recipients;
      const events = await read.eventsOf(transfer.reference);
      const standIn = transfer.standInId ? await read.member(transfer.standInId) : null;
      const tells = (await standInOf(read, transfer, recipients)) !== null;
      const toConfirm = transfer.state === "draft" ? await unconfirmedAmong(read, recipients) : [];
      const live = transfer.state === "released";
      const sealed = live && transfer.carriage === null; // what people carry has no six words
      const left = (await leftToDo(parts, visit.member, [{ transfer, recipients }])).get(transfer.reference) ?? 0;
      const context = await timelineContext(read, transfer.reference, events);
      const agreement = await agreementOf({ ...visit, recipients });
      const advice = await adviceGiven(parts, transfer);
      const path = `/transfers/${transfer.reference}`;
      const today = parts.clock.now().toISOString().slice(0, 10);
      const overdue = lateStep(transfer, recipients, path, today);
      const late = overdue?.late ?? [];
      const isLate = (id: string) => late.some(({ recipient }) => recipient.id === id);
      const media = transfer.carriage ? await read.mediaOf(transfer.reference) : [];
      return render(visit, "transfer/transfer.njk", {
        scripts: addsToEvidence(transfer) ? ["entries/evidence.js"] : [],
        title: `Transfer ${transfer.reference}`,
        path,
        transfer,
        tag: transferTag(
          transfer,
          recipients,
          recipients.filter((each) => cameBack(each, events)).length,
          lateIn(transfer, recipients, today).length,
        ),
        chases: await Promise.all(late.map((each) => chaseOf(read, transfer, each))),
        next:
          (transfer.state === "released" ? mediumBackStep(transfer, recipients, media) : null) ??
          overdue?.step ??
          nextStep(transfer, recipients, events, toConfirm, agreement, left),
        agreement,
        agreed: await agreedTo(visit),
        method: METHOD_NAMES[methodOf(transfer)],
        stated: statedDetails(transfer.facts),
        carried: carriedDetails(transfer),
        report: await read.faxReport(transfer.reference),
        lacksReport: lacksReport(transfer, events),
        media,
        standIn: standIn && { ...standIn, tells },
        holds: (await holdsOnTransfer(read, transfer)).map((each) => ({ ...each, on: holdScopeText(each.scope) })),
        basis:
          transfer.facts.lawfulBasis && basisText(lawfulLists(policyNow(parts).settings), transfer.facts.lawfulBasis),
        recoveryNumber: await recoveryNumberOf(read, transfer),
        advice,
        mayAsk: ["draft", "requested", "approved", "refused"].includes(transfer.state), // OXM-4: before it goes
        toFollow: advice.filter((each) => waitsForOutcome(each.advice)),
        arranged: context.arranged.get(transfer.waybill?.digest ?? "") ?? [],
        whole: wholeHappenings(events, context),
        incidents: (await read.incidentsOf(transfer.reference)).map((each) => ({
          ...{ id: each.id, reportedAt: each.reportedAt, what: problemsInWords(each), tag: stateTag(each) },
        })),
        adds: addsToEvidence(transfer),
        canEnd: mayTakeBack(transfer, recipients),
        canChange: ["requested", "approved", "refused"].includes(transfer.state),
        canShorten: mayShorten(transfer, recipients),
        anyProved: recipients.some(({ openedAt, receivedAt }) => openedAt !== null && receivedAt !== null),
        recipients: recipients.map((recipient) => ({
          recipient,
          toConfirm: toConfirm.includes(recipient.id),
          tag: recipientTag(recipient, cameBack(recipient, events), transfer.carriage, isLate(recipient.id)),
          happenings: happeningsOf(events, recipient.id, context),
          needsWords: sealed && needsWords(recipient, events),
          mayBeTold: sealed && mayBeTold(recipient),
          canAct: live && (!isOver(recipient) || recipient.state === "misdirected"),
          ahead:
            sealed && !isOver(recipient) && recipient.state === "released"
              ? lineAhead({ transfer, recipient, organisation, place: parts.place })
              : "",
        })),
      });
    },
  }),
];

/** Whether the sender's device can add names and receipt tokens to the evidence: what a hold keeps of a transfer that ended is handed to nobody. */
function addsToEvidence({ waybill, senderGrant, endedAt }: Transfer): boolean {
  return waybill !== null && senderGrant !== null && endedAt === null;
}

/** How something goes that is carried, for the details of its page. */
function carriedDetails({ carriage }: Transfer): readonly { readonly label: string; readonly value: string }[] {
  if (!carriage) return [];
  const { fixed, dispatch } = carriage;
  const said = (label: string, value: string | number | null) =>
    value === null || value === "" ? [] : [{ label, value: String(value) }];
  return [
    ...said("How many", fixed.items),
    ...said("Pages", fixed.pages),
    ...said("Packed in", fixed.package && firstLarge(PACKAGE_NAMES[fixed.package.kind])),
    ...said("Size", fixed.package && formatSize(fixed.package.bytes)),
    ...said("SHA-256 of the package", fixed.package && digestLines(fixed.package)),
    ...said("Carried by", firstLarge(carrierText(fixed) ?? "")),
    ...said("Nothing better serves, because", fixed.reason),
    ...said("Risk of sending it by fax", fixed.risk && riskText(fixed.risk)),
    ...said("Told", dispatch?.told ?? null),
    ...said("How it was known who answered", dispatch?.confirmed ?? null),
    ...said("Dialled", dispatch?.dialled.split(", ").map(nationalPhone).join(", ") ?? null),
    ...said("Tracking number", dispatch?.tracking ?? null),
    ...said("Should be there by", dispatch && arrivesAtOnce(carriage) === null ? formatDate(dispatch.expected) : null),
  ];
}

/** As it stands at the beginning of a line. */
function firstLarge(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a stand-in sees of the transfer: whom to tell the six words, and nothing else. */
async function standInPage(visit: SenderVisit): Promise<string> {
  const { transfer, recipients, parts } = visit;
  const sender = await parts.records.read.member(transfer.senderId);
  const events = await parts.records.read.eventsOf(transfer.reference);
  const open = transfer.state === "released";
  return render(visit, "transfer/stand-in.njk", {
    title: `Transfer ${transfer.reference}`,
    path: `/transfers/${transfer.reference}`,
    sender,
    waiting: open ? recipients.filter((each) => needsWords(each, events)) : [],
    told: open ? recipients.filter((each) => mayBeTold(each) && !needsWords(each, events)) : [],
  });
}
