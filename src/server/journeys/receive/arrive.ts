import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { nextPath, receivePage } from "./receive-page.ts";
import { mustArrive, standing } from "./standing.ts";

/** Whoever proved the mailbox confirms arrival (a member does so when opening, with the same passkey prompt); the browser makes its key and signs (the page's script, through the API). */
export const arriveRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/arrive",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      const { recipient, sender, teller } = found;
      if (recipient.state === "received" || visit.proof === "member") return redirect(visit, nextPath(recipient));
      const corrected = await mustArrive(visit);
      const arrived = recipient.arrival !== null && !corrected;
      return receivePage(visit, "arrive", found, (t) => ({
        title: t.arrive.title,
        what: t.arrive.what(sender, visit.organisation, recipient.access === "words", teller),
        corrected: recipient.arrival !== null && corrected ? t.arrive.corrected : null,
        elsewhere: arrived ? t.arrive.again : null,
        here: `/r/${recipient.id}/arrive`,
        scripts: ["entries/receive.js"],
      }));
    },
  }),
];
