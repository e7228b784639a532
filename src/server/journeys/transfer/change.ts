import { Type } from "typebox";
import { DomainError } from "../../../domain/error.ts";
import type { ApproverRole } from "../../../domain/facts.ts";
import { answerQuestion } from "../../../domain/lifecycle/approval-arrows.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { reopen, revise } from "../../../domain/lifecycle/transfer-arrows.ts";
import { approvalMail } from "../../approvals/approval-mail.ts";
import { approversNow, askApprovals, askLost, supersedeAll, unansweredRoles } from "../../approvals/ask-approvals.ts";
import { lostApprovals } from "../../approvals/counting.ts";
import { rolesToAsk } from "../../approvals/roles-to-ask.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { carryOut } from "../../carry-out.ts";
import { takenBy } from "../../drafts/draft.ts";
import { act } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { refuseWhileHeld } from "../../refuse-while-held.ts";
import { releaseOrHold } from "../../release-gate/release.ts";
import { render } from "../../render.ts";

const REVISABLE = ["requested", "approved", "refused"];
const MOST_WORDS = 2000;

/** What a sender does while others have to agree: change it, ask again, answer a question, try again to send it. */
export const changeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/change",
    who: "sender",
    handle: async (visit) => {
      const { transfer } = visit;
      refuseUnless(REVISABLE.includes(transfer.state), "This transfer cannot be changed this way.");
      await refuseWhileHeld(visit.parts.records.read, transfer);
      const path = `/transfers/${transfer.reference}`;
      return render(visit, "transfer/change.njk", { title: "Change it?", path, transfer });
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/change",
    who: "sender",
    handle: async (visit) => {
      await act(visit, async ({ tx, transfer, taken }) => {
        await refuseWhileHeld(tx, transfer); // SIS-37: as a draft, what was sealed would go
        const step = revise(transfer, taken);
        await supersedeAll(tx, transfer.reference, taken);
        return step;
      });
      // SDT-5: where the agreement ended, that is what has to be changed.
      const page = visit.query.then === "agreement" ? "agreement" : "describe";
      return redirect(visit, `/transfers/${visit.transfer.reference}/${page}`);
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/ask-again",
    who: "sender",
    rates: [{ times: 5, seconds: 3600, by: "target" }],
    handle: async (visit) => {
      await askAgain(visit);
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/release",
    who: "sender",
    rates: [{ times: 30, seconds: 600, by: "target" }],
    handle: async (visit) => {
      await release(visit);
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/answer",
    who: "sender",
    body: Type.Object({
      request: Type.String({ maxLength: 64 }),
      question: Type.String({ maxLength: 4, pattern: "^[0-9]{1,3}$" }),
      answer: Type.String({ maxLength: MOST_WORDS * 4 }),
    }),
    handle: async (visit, { request, question, answer }) => {
      await answerTo(visit, request, Number(question), answer);
      return back(visit, "#questions");
    },
  }),
];

async function askAgain({ parts, member: sender, transfer: { reference } }: SenderVisit): Promise<void> {
  await parts.records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    const waits = transfer?.state === "requested" || transfer?.state === "approved";
    refuseUnless(waits && transfer.waybill !== null, "This transfer waits for nobody.");
    const requests = await tx.approvalsOf(reference);
    const { digest } = transfer.waybill;
    const taken = takenBy(parts, sender);
    const { answering } = policyNow(parts).settings;
    const about = { reference, digest, sender, place: parts.place, answering };
    if (transfer.state === "approved") {
      const lost = await lostApprovals(tx, requests, digest, sender);
      const recipients = await tx.recipients(reference);
      const { answer } = await assessTransfer(parts, tx, { transfer, recipients, sender });
      const more = rolesToAsk(answer.needs, lost);
      refuseUnless(lost.length > 0 || more.length > 0, "Everybody who had to has agreed, and all of it counts.");
      await carryOut(tx, reopen(transfer, taken));
      await askLost(tx, about, lost, taken);
      await askApprovals(tx, about, more, taken);
      return;
    }
    const asked = requests.filter((each) => each.digest === digest && each.state === "waiting");
    const lapsed = requests.filter((each) => each.digest === digest && each.state === "lapsed");
    const answered = (role: ApproverRole) =>
      requests.some((each) => each.digest === digest && each.role === role && each.state === "approved");
    const open = [...unansweredRoles(transfer.waybill, requests), ...lapsed.map(({ role }) => role)];
    const roles = open.filter((role) => !asked.some((each) => each.role === role) && !answered(role));
    refuseUnless(roles.length > 0, "Everybody who has to answer is asked already.");
    await askApprovals(tx, about, roles, taken);
  });
}

/** What still holds it is on the page that comes back; nothing is written then. */
async function release({ parts, member: sender, organisation, transfer, recipients }: SenderVisit): Promise<void> {
  const { reference } = transfer;
  const { answer } = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender });
  if (transfer.state === "approved" && answer.verdict !== "ready") return;
  await parts.records.write(async (tx) => {
    const taken = takenBy(parts, sender);
    const outcome = await releaseOrHold({ parts, tx, reference, sender, organisation, taken });
    if (outcome.kind === "released") return;
    const why = outcome.kind === "held" ? outcome.why : "Somebody has to register first. Nothing was changed.";
    throw new DomainError({ code: "not-now", message: why });
  });
}

async function answerTo(visit: SenderVisit, requestId: string, index: number, text: string): Promise<void> {
  const { parts, member: sender, transfer } = visit;
  if (text.trim().length > MOST_WORDS) {
    const message = `Write at most ${MOST_WORDS.toLocaleString("en-GB")} characters. Nothing was changed: go back, what you typed is still there.`;
    throw new DomainError({ code: "incomplete", message });
  }
  await parts.records.write(async (tx) => {
    const found = await tx.approval(requestId);
    refuseUnless(found?.reference === transfer.reference, "There is no such question.");
    const taken = takenBy(parts, sender);
    const { request, event } = answerQuestion(found, index, text, taken);
    await tx.saveApproval(request);
    await tx.append(event);
    const asker = request.questions[index]?.askedBy;
    const approvers = await approversNow(tx, request, sender, taken.at);
    const told = approvers.filter(({ member }) => member.id === asker);
    for (const approver of told.length > 0 ? told : approvers) {
      await tx.post(approvalMail("question-answered", { request, approver, sender, place: parts.place, at: taken.at }));
    }
  });
}

function back(visit: SenderVisit, part = ""): null {
  return redirect(visit, `/transfers/${visit.transfer.reference}${part}`);
}
