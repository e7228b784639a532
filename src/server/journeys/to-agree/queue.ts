import { ROLES } from "../../../domain/roles.ts";
import { dueText } from "../../approvals/due-text.ts";
import { arrangementsToAgreeBy, toAgreeBy } from "../../approvals/queue.ts";
import { type Row, row } from "../../gate/row.ts";
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
