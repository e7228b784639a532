import { Type } from "typebox";
import { CONTINUE_MINUTES, newContinueCode, takeContinueCode } from "../../codes/continue-code.ts";
import { inHalves } from "../../codes/digits.ts";
import { redirect } from "../../gate/redirect.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { timeIn } from "../../texts/dates.ts";
import { provedBy } from "./code.ts";
import { nextPath, receivePage } from "./receive-page.ts";
import { standing } from "./standing.ts";

/** “Continue on another device”: a short address and a code, shown on the device that proved the mailbox. Members sign in there instead. */
export const deviceRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/device",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      if (visit.proof === "member") return redirect(visit, nextPath(visit.recipient));
      return receivePage(visit, "device", found, (t) => ({
        title: t.device.title,
        here: `/r/${visit.recipient.id}/device`,
      }));
    },
  }),
  row({
    method: "POST",
    path: "/r/:id/device",
    who: "recipient",
    rates: [{ times: 10, seconds: 3600, by: "target" }],
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      if (visit.proof === "member") return redirect(visit, nextPath(visit.recipient));
      const { parts, recipient } = visit;
      const code = await newContinueCode(parts, recipient.id);
      const until = new Date(parts.clock.now().getTime() + CONTINUE_MINUTES * 60_000).toISOString();
      return receivePage(visit, "device", found, (t, language) => ({
        title: t.device.title,
        steps: t.device.steps(`${new URL(parts.place.origin).host}/continue`),
        code: inHalves(code),
        until: t.device.until(timeIn(language, until)),
        here: `/r/${recipient.id}/device`,
      }));
    },
  }),
  row({ method: "GET", path: "/continue", who: "anonymous", handle: async (visit) => continuePage(visit, false) }),
  row({
    method: "POST",
    path: "/continue",
    who: "anonymous",
    body: Type.Object({ code: Type.String({ maxLength: 100 }) }),
    rates: [{ times: 10, seconds: 600, by: "address" }],
    handle: async (visit, { code }) => {
      const id = await takeContinueCode(visit.parts, code);
      const recipient = id ? await visit.parts.records.read.recipient(id) : null;
      if (!recipient) return continuePage(visit, true);
      await provedBy(visit, { recipient }, "continue");
      return redirect(visit, `/r/${recipient.id}/arrive`);
    },
  }),
];

function continuePage(visit: AnonymousVisit, wrong: boolean): string {
  return receivePage(
    visit,
    "continue",
    null,
    (t) => ({
      title: t.device.enterTitle,
      here: "/continue",
      ...(wrong ? { errors: { code: t.device.wrong } } : {}),
    }),
    wrong ? 422 : 200,
  );
}
