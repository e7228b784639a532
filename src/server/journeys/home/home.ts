import { lateIn } from "../../../domain/lateness.ts";
import type { Member } from "../../../domain/member.ts";
import { leftToDo } from "../../assessing/left-to-do.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { lookerOf } from "../../incidents/may-read.ts";
import type { Parts } from "../../parts.ts";
import { render } from "../../render.ts";
import { spoken } from "../account/spoken.ts";
import { logAlarms } from "../health/log-alarms.ts";
import { tagOf } from "../transfer/tag-of.ts";
import { keptBack } from "./kept-back.ts";
import { sentBy, type Waiting, waitingFor } from "./waiting.ts";

/** The start page: what waits for me, what is on its way, and one big button. */
export const homeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/",
    who: "anonymous",
    handle: async (visit) => {
      const { parts, member } = visit;
      if (!member) return redirect(visit, "/sign-in");
      const { read } = parts.records;
      const today = parts.clock.now().toISOString().slice(0, 10);
      const sent = await sentBy(read, member.id);
      const onTheWay = await Promise.all(
        sent
          .filter(({ transfer }) => ["requested", "approved", "released"].includes(transfer.state))
          .map(async (each) => ({
            ...each,
            tag: await tagOf(read, each.transfer, each.recipients, today),
            late: lateIn(each.transfer, each.recipients, today).length > 0,
          })),
      );
      const language = await spoken(visit, "/");
      const ways = (await read.credentialsOf(member.id)).length;
      return render(visit, "home/home.njk", {
        ...language,
        title: language.a.home.title,
        waiting: [
          ...(await alarmsFor(parts, member)),
          ...(await waitingFor(
            read,
            member.id,
            sent,
            parts.clock.now(),
            await lookerOf(parts, member),
            { left: await leftToDo(parts, member, sent), keptBack: await keptBack(parts, member, sent) },
            language.a.home,
          )),
        ],
        onTheWay,
        overdue: onTheWay.filter(({ late }) => late).length,
        any: sent.length > 0,
        agreed: (await read.approvalsGivenBy(member.id, 1)).length > 0,
        lonePasskey: ways === 1,
      });
    },
  }),
];

/** SIS-37: an alarm about the log stands before everything else that waits for an administrator. */
async function alarmsFor(parts: Parts, { roles }: Member): Promise<readonly Waiting[]> {
  if (!roles.includes("administrator")) return [];
  return (await logAlarms(parts)).map(({ witness }) => ({
    says: `The log is not what it was${witness ? `, as its witness ${witness} says` : ""}: somebody may have changed the records, or an older database was restored.`,
    button: "See what to do",
    href: "/health",
  }));
}
