import { leftToDo } from "../../assessing/left-to-do.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { transferTag } from "../transfer/status.ts";
import { sentBy, waitingFor } from "./waiting.ts";

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
      const sent = await sentBy(read, member.id);
      const onTheWay = sent
        .filter(({ transfer }) => ["requested", "approved", "released"].includes(transfer.state))
        .map(({ transfer, recipients }) => ({ transfer, recipients, tag: transferTag(transfer, recipients) }));
      const ways = (await read.credentialsOf(member.id)).length;
      return render(visit, "home/home.njk", {
        title: "Home",
        waiting: await waitingFor(read, member.id, sent, parts.clock.now(), await leftToDo(parts, member, sent)),
        onTheWay,
        any: sent.length > 0,
        lonePasskey: ways === 1,
      });
    },
  }),
];
