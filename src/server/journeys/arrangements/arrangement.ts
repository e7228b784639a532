import { arrangementLines } from "../../../domain/arrangement-lines.ts";
import { DAY, iso } from "../../../domain/clock.ts";
import { endArrangement } from "../../../domain/lifecycle/arrangement-arrows.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { ROLES } from "../../../domain/roles.ts";
import { ARRANGEMENT_LAPSE_DAYS, arrangementText } from "../../../domain/standing-arrangement.ts";
import { arrangementMail } from "../../arrangements/arrangement-mail.ts";
import { whyItCoversNothing } from "../../arrangements/covers-nothing.ts";
import { takenBy } from "../../drafts/draft.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** One standing arrangement: what it covers, and agreeing to it, refusing it, or ending it. */
export const arrangementRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/arrangements/:id",
    who: "arranger",
    handle: async (visit) => {
      const { parts, arrangement, requester, answers } = visit;
      const by = arrangement.decidedBy ? await parts.records.read.member(arrangement.decidedBy) : null;
      const open = answers && arrangement.state === "asked";
      return render(visit, "arrangements/arrangement.njk", {
        title: open ? `${requester.name} asks for your agreement in advance` : "Standing arrangement",
        arrangement,
        requester,
        by,
        role: ROLES[arrangement.role].toLowerCase(),
        open,
        lines: arrangementLines({ ...arrangement, requester: requester.address }),
        text: arrangementText(arrangement, requester.address),
        lapseDays: ARRANGEMENT_LAPSE_DAYS,
        lapsesAt: iso(new Date(Date.parse(arrangement.createdAt) + ARRANGEMENT_LAPSE_DAYS * DAY)),
        nothing: await whyItCoversNothing(
          parts.records.read,
          arrangement,
          parts.clock.now().toISOString().slice(0, 10),
        ),
        over: arrangement.ends < parts.clock.now().toISOString().slice(0, 10),
        scripts: open ? ["entries/arrangement.js"] : [],
      });
    },
  }),
  row({
    method: "POST",
    path: "/arrangements/:id/end",
    who: "arranger",
    handle: async (visit) => {
      const { parts, member, arrangement, requester } = visit;
      const taken = takenBy(parts, member);
      await parts.records.write(async (tx) => {
        const now = await tx.arrangement(arrangement.id);
        refuseUnless(now !== null, "This arrangement is not there any more.");
        const step = endArrangement(now, taken);
        await tx.saveArrangement(step.arrangement);
        await tx.append(step.event);
        if (requester.id !== member.id) {
          await tx.post(arrangementMail("ended", step.arrangement, requester, member, parts.place, taken.at));
        }
      });
      return redirect(visit, `/arrangements/${arrangement.id}`);
    },
  }),
];
