import { Type } from "typebox";
import type { ApprovalRequest } from "../../../domain/approval.ts";
import { LAPSE_DAYS } from "../../../domain/approval.ts";
import { askQuestion } from "../../../domain/lifecycle/approval-arrows.ts";
import type { LineToAgree } from "../../../domain/lines-to-agree.ts";
import type { Reader } from "../../../domain/records.ts";
import { ROLES } from "../../../domain/roles.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import type { Waybill } from "../../../domain/waybill.ts";
import { adviceGiven } from "../../advice/advice-given.ts";
import { mayReadReport } from "../../api/fax-report.ts";
import { answerable } from "../../approvals/answer-request.ts";
import { lostApprovals } from "../../approvals/counting.ts";
import { dueText } from "../../approvals/due-text.ts";
import { whyNotThisManager } from "../../approvals/one-role-each.ts";
import { toAgreeBy } from "../../approvals/queue.ts";
import { senderMail } from "../../approvals/sender-mail.ts";
import { shownFiles } from "../../approvals/shown-files.ts";
import { takenBy } from "../../drafts/draft.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type ApproverVisit, type Row, row } from "../../gate/row.ts";
import { whyWithheld } from "../../release-gate/why-held.ts";
import { render } from "../../render.ts";
import { countryNamesIn } from "../../texts/countries.ts";
import { whyLost } from "../transfer/agreement-view.ts";
import { earlierAnswer, fixedLines } from "./earlier-answer.ts";
import { metConditions } from "./met-conditions.ts";

const MOST_WORDS = 2000;

/** One request, on one page that fits a phone: who asks, for whom, what, what the rules say, and the answer. */
export const requestRows: readonly Row[] = [
  row({ method: "GET", path: "/to-agree/:id", who: "approver", handle: (visit) => requestPage(visit, {}, "") }),
  row({
    method: "POST",
    path: "/to-agree/:id/question",
    who: "approver",
    body: Type.Object({ question: Type.Optional(Type.String({ maxLength: 20_000 })) }),
    rates: [{ times: 30, seconds: 600, by: "target" }],
    handle: async (visit, { question = "" }) => {
      const { parts, member, asked } = visit;
      const text = question.trim();
      if (text === "") return requestPage(visit, { question: "Write the question" }, question);
      if (text.length > MOST_WORDS) {
        return requestPage(
          visit,
          { question: `Write at most ${MOST_WORDS.toLocaleString("en-GB")} characters` },
          question,
        );
      }
      await parts.records.write(async (tx) => {
        const taken = takenBy(parts, member);
        const { request, sender } = await answerable(tx, visit, taken.at);
        const step = askQuestion(request, member.id, text, taken);
        await tx.saveApproval(step.request);
        await tx.append(step.event);
        await tx.post(senderMail("question", request, sender, parts.place, taken.at));
      });
      return redirect(visit, `/to-agree/${asked.id}#questions`);
    },
  }),
];

async function requestPage(visit: ApproverVisit, errors: Readonly<Record<string, string>>, question: string) {
  const { parts, asked, transfer, sender, approver, member } = visit;
  const { read } = parts.records;
  const now = parts.clock.now();
  const found = await fixedLines(read, asked.digest);
  if (!found) throw new ServerError({ code: "gone", message: "What you were asked about is not there any more." });
  const requests = await read.approvalsOf(asked.reference);
  const barred = approver ? await whyNotThisManager(read, asked, member, sender, requests) : null;
  const standing =
    asked.state === "waiting" && transfer.waybill?.digest === asked.digest && transfer.state === "requested";
  const recipients = standing ? await read.recipients(asked.reference) : [];
  const withheld = standing ? await whyWithheld(parts, { transfer, recipients, sender }) : [];
  const open = standing && approver !== null && barred === null && withheld.length === 0;
  const context = {
    title: open ? `${sender.name} asks for your agreement` : `Asked by ${sender.name}`,
    path: "/to-agree",
    errors,
    withheld,
    ...{ asked, transfer, sender, open, barred, question, lapseDays: LAPSE_DAYS },
    role: ROLES[asked.role].toLowerCase(),
    inPlaceOf: approver?.inPlaceOf ?? null,
    due: dueText(asked.dueAt, now),
    over: standing ? null : await whyOver(visit, requests),
    earlier: standing ? await earlierAnswer(read, asked, requests) : null,
    groups: groupsOf(found.lines, transfer),
    // of the files as they are now: an earlier waybill's may have been others
    risky: standing ? transfer.riskyReason : null,
    unanswered: (await read.adviceOf(asked.reference)).filter(
      ({ answeredAt, supersededAt }) => answeredAt === null && supersededAt === null,
    ).length,
    countries: countryNamesIn(found.lines),
    others: await answersOf(
      read,
      requests.filter(({ digest, id }) => digest === asked.digest && id !== asked.id),
      standing ? await lostApprovals(read, requests, asked.digest, sender) : [],
    ),
    advice: await adviceGiven(parts, transfer),
    met: metConditions(parts, found.recorded, found.fixed.at),
    report: mayReadReport(await read.faxReport(asked.reference), member),
    files: await filesFor(visit, found.waybill, standing),
    questions: await questionsOf(read, requests),
    texts: { waybill: found.fixed.text, assessment: found.fixed.assessment, digest: asked.digest },
    entries: JSON.stringify(
      recipients.map(({ name, address, access, tokenHash }) => ({
        ...{ name, address, token: tokenHash },
        access: transfer.carriage ? "carried" : access,
      })),
    ),
    scripts: open ? ["entries/agree.js"] : [],
  };
  return render(visit, "to-agree/request.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** What is asked about first, with how it goes, under which agreement and on which lawful basis; the rest of a secure link is folded, so that the decision is three screens of a phone away. */
const REST: readonly string[] = ["copy", "until", "recovery", "storage"];

function groupsOf(lines: readonly LineToAgree[], { carriage }: Transfer) {
  const inGroup = (wanted: string) => lines.filter(({ group }) => group === wanted);
  const isRest = ({ name }: LineToAgree) => carriage === null && REST.includes(name);
  const rules = inGroup("rules");
  return {
    transfer: inGroup("transfer").filter((each) => !isRest(each)),
    rest: inGroup("transfer").filter(isRest),
    rules: rules.filter(({ label }) => label !== "Advice"),
    advice: rules.filter(({ label }) => label === "Advice"),
    record: inGroup("record"),
  };
}

/** Whether this approver may see the files: now, or why not. */
async function filesFor({ parts, asked, member }: ApproverVisit, waybill: Waybill, standing: boolean) {
  const named = (waybill.shown ?? []).some(({ address }) => address === member.address);
  if (!named) return standing && !waybill.carried ? "not-chosen" : null; // of what people carry, nothing is here
  const open = await shownFiles(parts.records.read, asked.id, member, parts.clock.now().toISOString());
  return open ? "open" : null;
}

/** Why a request needs no answer (any more), in words, and where to go instead. */
async function whyOver({ asked, transfer, member, parts }: ApproverVisit, requests: readonly ApprovalRequest[]) {
  const by = asked.decidedBy ? await parts.records.read.member(asked.decidedBy) : null;
  const who = by?.id === member.id ? "You" : (by?.name ?? "Somebody");
  const now = requests.find(
    ({ id, role, state, digest }) =>
      id !== asked.id && role === asked.role && state === "waiting" && digest === transfer.waybill?.digest,
  );
  // The same may be signed once more, and then asks whoever was asked.
  const theirs = await toAgreeBy(parts.records.read, member, parts.clock.now().toISOString());
  const handedOver = now?.digest === asked.digest && theirs.every(({ request }) => request.id !== now.id);
  const says: Readonly<Record<ApprovalRequest["state"], string>> = {
    waiting: "It does not wait for an answer any more.",
    approved: `${who} agreed to it.`,
    refused: `${who} refused it.`,
    superseded:
      by === null
        ? handedOver
          ? "It needs no answer from you any more: that role has changed hands, and whoever holds it now was asked."
          : "It needs no answer any more: the transfer was changed, refused by somebody else, taken back or has expired."
        : handedOver
          ? `${who} agreed to it. That role has changed hands since, so that answer does not count, and it was asked for again.`
          : `${who} ${asked.reason === "" ? "agreed to it" : "refused it"}. It was changed or has ended since, so that answer does not count any more.`,
    lapsed: `Nobody answered within ${LAPSE_DAYS} days, so the request has ended. The sender was told.`,
  };
  const inPlaceOf = asked.inPlaceOf ? await parts.records.read.member(asked.inPlaceOf) : null;
  return { says: says[asked.state], at: asked.decidedAt, reason: asked.reason, now: now?.id ?? null, inPlaceOf };
}

/** What the others who were asked about the same waybill have answered, and why that does not count now. */
function answersOf(read: Reader, requests: readonly ApprovalRequest[], lost: readonly ApprovalRequest[]) {
  const asked = requests.filter(({ state }) => state === "waiting" || state === "approved" || state === "refused");
  return Promise.all(
    asked.map(async (request) => ({
      ...{ role: ROLES[request.role], state: request.state, decidedAt: request.decidedAt, reason: request.reason },
      lost: lost.includes(request) ? await whyLost(read, request) : "",
      by: request.decidedBy ? await read.member(request.decidedBy) : null,
    })),
  );
}

/** Questions and answers on the record of this transfer, about earlier versions too, oldest first. */
async function questionsOf(read: Reader, requests: readonly ApprovalRequest[]) {
  const all = requests.flatMap(({ role, questions }) => questions.map((each) => ({ ...each, role: ROLES[role] })));
  const sorted = all.toSorted((a, b) => (a.askedAt < b.askedAt ? -1 : 1));
  return Promise.all(sorted.map(async (each) => ({ ...each, by: await read.member(each.askedBy) })));
}
