import { withdrawKey } from "../../../domain/lifecycle/key-offer.ts";
import type { Member } from "../../../domain/member.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { cookieName, cookieOptions, endSessions } from "../../gate/session.ts";
import { postKeyMail } from "../../key-offers/key-mail.ts";
import { now, retireWaysIn } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { spoken } from "./spoken.ts";

/** Somebody from outside takes away the key that they kept after opening: their account ends, and six words serve again. */
export const removeKeyRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/account/remove-key",
    who: "member",
    handle: async (visit) => {
      if (!isOffered(visit.member)) return redirect(visit, "/account");
      const language = await spoken(visit, "/account/remove-key");
      return render(visit, "account/remove-key.njk", { ...language, title: language.a.removeKey.title });
    },
  }),
  row({
    method: "POST",
    path: "/account/remove-key",
    who: "member",
    handle: async (visit) => {
      const { parts, member } = visit;
      await parts.records.write(async (tx) => {
        const current = await tx.member(member.id);
        if (!current) throw new ServerError({ code: "gone", message: "Your account is not there any more." });
        const { member: after, event } = withdrawKey(current, now(parts));
        await tx.saveMember(after);
        await tx.append(event);
        await retireWaysIn(tx, member.id, now(parts), "all");
        await postKeyMail(tx, parts, member, "withdrawn");
      });
      await endSessions(parts, member.id);
      visit.reply.clearCookie(cookieName(parts, "waybill"), cookieOptions(parts));
      const language = await spoken(visit, null);
      const context = { ...language, title: language.a.removeKey.doneTitle };
      return render({ ...visit, member: null }, "account/key-removed.njk", context);
    },
  }),
];

/** Whether they have a key that they offered themselves. */
export function isOffered({ offer }: Member): boolean {
  return offer?.state === "offered" || offer?.state === "confirmed";
}
