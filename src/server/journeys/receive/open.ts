import { handledAs } from "../../../domain/facts.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { offererOf } from "../../key-offers/offerable.ts";
import { accountTextsIn } from "../../texts/account/texts.ts";
import { dateTimeIn } from "../../texts/dates.ts";
import { keyTextsIn } from "../../texts/key/texts.ts";
import { proofTextsIn } from "../../texts/opened-proof/texts.ts";
import { receivePage } from "./receive-page.ts";
import { mustArrive, standing } from "./standing.ts";

/** The page on which the browser opens the package; the server hands out sealed bytes and has no code that opens them. */
export const openRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/open",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      const { recipient, transfer } = found;
      if (await mustArrive(visit)) return redirect(visit, `/r/${recipient.id}/arrive`);
      const { read } = visit.parts.records;
      // Whoever has not confirmed receipt yet is offered it on the page after that.
      const mayKeep = recipient.receivedAt !== null && (await offererOf(read, recipient)) !== null;
      return receivePage(visit, "open", found, (t, language) => ({
        k: keyTextsIn(language),
        a: accountTextsIn(language),
        p: proofTextsIn(language),
        mayKeep,
        title: t.open.title,
        expires: dateTimeIn(language, transfer.expiresAt),
        handling: t.done.handling[handledAs(transfer.facts.classification)],
        signs: visit.proof,
        command: `waybill receive ${visit.proof === "member" ? transfer.reference : `${visit.parts.place.origin}/r/${recipient.id}`}`,
        here: `/r/${recipient.id}/open`,
        scripts: ["entries/open.js"],
      }));
    },
  }),
];
