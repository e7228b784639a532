import { isWorkAddress } from "../../../domain/address.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { withLanguage } from "../account/spoken.ts";
import { closedPage, find, masked, nextPath, nothingPage, overPage, receivePage } from "./receive-page.ts";

/** The page that the link of a notice leads to. OXM-24: it opens nothing, and looking at it changes nothing. */
export const landingRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id",
    who: "anonymous",
    rates: [{ times: 120, seconds: 600, by: "address" }],
    handle: async (visit) => {
      const found = await find(visit);
      if (!found) return nothingPage(visit);
      const { recipient, sender, proved, closed } = found;
      const here = `/r/${recipient.id}`;
      const signIn = `/sign-in?next=${encodeURIComponent(here)}`;
      // SDT-2: a member shows who they are by signing in, never by a code
      const byPasskey = recipient.party.kind === "member";
      if (byPasskey && !proved) {
        if (visit.member)
          return receivePage(visit, "other-member", null, (t) => ({ title: t.landing.otherMemberTitle, here }), 403);
        if (isWorkAddress(recipient.address, visit.organisation.workDomains)) return redirect(visit, signIn);
      }
      if (closed && !proved && closed !== "paused") return overPage(visit, found);
      if (closed) return closedPage(visit, found, closed);
      if (proved) return redirect(visit, nextPath(recipient));
      return receivePage(visit, "landing", found, (t, language) => ({
        title: t.landing.title,
        lead: t.landing.lead(sender, visit.organisation),
        mailbox: masked(recipient.address),
        // The page to sign in does not know who comes: it is told the language.
        signIn: byPasskey ? withLanguage(signIn, language) : null,
        recover: withLanguage("/recover", language),
        here,
      }));
    },
  }),
];
