import { Type } from "typebox";
import { offerKey } from "../../../domain/lifecycle/key-offer.ts";
import { checkToken } from "../../api/receiving.ts";
import { act } from "../../api/receiving-act.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type RecipientVisit, type Row, row } from "../../gate/row.ts";
import { postKeyMail } from "../../key-offers/key-mail.ts";
import { type Offerer, offererOf } from "../../key-offers/offerable.ts";
import { checkEnrolment, enrolBody, enrolOptions, saveEnrolment } from "../../passkeys/enrolment.ts";
import { keyTextsIn } from "../../texts/key/texts.ts";
import { nextPath, receivePage } from "./receive-page.ts";
import { standing } from "./standing.ts";

const RATES = [{ times: 20, seconds: 600, by: "target" }] as const;

/**
 * After opening, somebody outside may keep a passkey and key. It is offered: nothing is sealed to it before a sender has confirmed it.
 * The proved mailbox lets them in; the receipt token shows that they had the six words, which whoever reads the mailbox has not.
 */
export const keyRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/key",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      const { recipient, sender } = found;
      if ((await offererOf(visit.parts.records.read, recipient)) === null) return redirect(visit, nextPath(recipient));
      return receivePage(visit, "key", found, (_, language) => {
        const k = keyTextsIn(language);
        const { host } = new URL(visit.parts.place.origin);
        return {
          title: k.title,
          k,
          lead: k.lead(sender),
          remove: k.remove(host, visit.organisation),
          here: `/r/${recipient.id}/key`,
          scripts: ["entries/keep-key.js"],
        };
      });
    },
  }),
  row({
    method: "POST",
    path: "/api/r/:id/key/options",
    who: "recipient",
    body: Type.Object({}),
    rates: RATES,
    handle: async (visit) => {
      const { fresh } = await offererFor(visit);
      return enrolOptions(visit.parts, fresh, visit.organisation.name);
    },
  }),
  row({
    method: "POST",
    path: "/api/r/:id/key",
    who: "recipient",
    body: Type.Object({ ...enrolBody.properties, token: Type.String({ maxLength: 100 }) }),
    rates: RATES,
    handle: async (visit, { token, ...body }) => {
      const { parts, recipient } = visit;
      await checkToken(token, recipient);
      const { fresh } = await offererFor(visit);
      const enrolment = await checkEnrolment(parts, fresh, body);
      await act(parts, recipient.id, "recipient", async ({ tx, transfer, recipient: current, taken }) => {
        const offerer = await offererOf(tx, current); // of two windows, the second finds an account
        if (offerer?.fresh.id !== fresh.id) throw notNow();
        const where = { reference: transfer.reference, recipientId: current.id };
        const { member, event } = offerKey(offerer.known, fresh, where, taken);
        await tx.saveMember(member);
        await saveEnrolment(tx, enrolment);
        await postKeyMail(tx, parts, member, "offered");
        return { transfer, recipients: [], events: [event] };
      });
      return { next: `/r/${recipient.id}/done` };
    },
  }),
];

async function offererFor({ parts, proof, recipient }: RecipientVisit): Promise<Offerer> {
  const offerer = proof === "mailbox" ? await offererOf(parts.records.read, recipient) : null;
  if (offerer === null) throw notNow();
  return offerer;
}

function notNow(): ServerError {
  const message =
    "A passkey can be kept once you have opened the package with the six words, and where you have none yet. Nothing was changed.";
  return new ServerError({ code: "not-allowed", message });
}
