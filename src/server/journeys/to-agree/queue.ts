import type { Member } from "../../../domain/member.ts";
import { ROLES } from "../../../domain/roles.ts";
import { mayReadReport } from "../../api/fax-report.ts";
import { dueText } from "../../approvals/due-text.ts";
import { arrangementsToAgreeBy, toAgreeBy } from "../../approvals/queue.ts";
import { type Row, row } from "../../gate/row.ts";
import type { Parts } from "../../parts.ts";
import { isWithheld } from "../../release-gate/why-held.ts";
import { render } from "../../render.ts";

/** What waits for the member's agreement, the first due first. */
export const toAgreeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/to-agree",
    who: "colleague",
    handle: async (visit) => {
      const { parts, member } = visit;
      const now = parts.clock.now();
      const waiting = await toAgreeBy(parts.records.read, member, now.toISOString());
      return render(visit, "to-agree/queue.njk", {
        title: "To agree",
        arrangements: (await arrangementsToAgreeBy(parts.records.read, member, now.toISOString())).map((each) => ({
          ...each,
          role: ROLES[each.arrangement.role].toLowerCase(),
        })),
        agreed: await agreedBy(parts, member),
        waiting: await Promise.all(
          waiting.map(async ({ request, approver, sender }) => ({
            ...{ request, sender, inPlaceOf: approver.inPlaceOf },
            role: ROLES[request.role].toLowerCase(),
            due: dueText(request.dueAt, now),
            overdue: Date.parse(request.dueAt) <= now.getTime(),
            open: request.questions.filter(({ answer }) => answer === null).length,
            withheld: await isWithheld(parts, request.reference),
          })),
        ),
      });
    },
  }),
];

/** As far back as anybody looks for what they agreed to; the rest is in the records. */
const MOST_AGREED = 30;

/** What the member agreed to, the newest first, with where a fax machine's report is that is sealed to them (SIS-25). */
async function agreedBy({ records: { read } }: Parts, member: Member) {
  const requests = await read.approvalsGivenBy(member.id, MOST_AGREED);
  return Promise.all(
    requests.map(async ({ id, reference, role, decidedAt }) => {
      const transfer = await read.transfer(reference);
      return {
        ...{ id, reference, decidedAt, role: ROLES[role].toLowerCase() },
        sender: transfer && (await read.member(transfer.senderId)),
        report: mayReadReport(await read.faxReport(reference), member),
      };
    }),
  );
}
