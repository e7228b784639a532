import { Type } from "typebox";
import { DAY, iso } from "../../../domain/clock.ts";
import { holdsOnTransfer } from "../../../domain/hold.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { isOver, shorten } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { RecipientState } from "../../../domain/transfer.ts";
import { act, takeBack } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { soonerNotice } from "../../notices/notices.ts";
import { render } from "../../render.ts";
import { mayShorten, mayTakeBack } from "./status.ts";

const form = Type.Object({ days: Type.Optional(Type.String({ maxLength: 10 })) });

/** Taking a transfer back, and bringing its date forward. Both say first what it means. */
export const takeBackRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/take-back",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients } = visit;
      if (!mayTakeBack(transfer, recipients)) return redirect(visit, `/transfers/${transfer.reference}`);
      return render(visit, "transfer/take-back.njk", {
        title: transfer.state === "draft" ? "Throw this draft away?" : "Take it back?",
        path: `/transfers/${transfer.reference}`,
        transfer,
        proves: provesOpening(visit),
        held: (await holdsOnTransfer(visit.parts.records.read, transfer)).map(({ reason }) => reason).join("; "),
        handed: recipients.filter(({ handedOutAt, openedAt }) => handedOutAt && !openedAt),
        opened: recipients.filter(({ openedAt }) => openedAt),
        others: recipients.filter(({ handedOutAt }) => !handedOutAt),
      });
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/take-back",
    who: "sender",
    handle: async (visit) => {
      refuseUnless(
        mayTakeBack(visit.transfer, visit.recipients),
        "Everybody has confirmed receipt, or it is over: there is nothing to take back.",
      );
      await takeBack(visit);
      return redirect(visit, `/transfers/${visit.transfer.reference}`);
    },
  }),
  row({
    method: "GET",
    path: "/transfers/:ref/expiry",
    who: "sender",
    handle: async (visit) =>
      mayShorten(visit.transfer, visit.recipients)
        ? expiryPage(visit, {})
        : redirect(visit, `/transfers/${visit.transfer.reference}`),
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/expiry",
    who: "sender",
    body: form,
    handle: async (visit, { days }) => {
      refuseUnless(
        mayShorten(visit.transfer, visit.recipients),
        "Everybody has confirmed receipt, or it is over: no date is waited for.",
      );
      const chosen = sooner(visit).find(({ value }) => value === days);
      if (!chosen) return expiryPage(visit, { days: "Choose until when it can be opened" }, 422);
      const { parts, member: sender, organisation } = visit;
      const { place } = parts;
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        const step = shorten(transfer, chosen.at, taken);
        for (const recipient of recipients.filter(({ state }) => WITHOUT_RECEIPT.includes(state))) {
          const about = { transfer: step.transfer, recipient, sender, organisation, place, at: taken.at };
          await tx.post(soonerNotice(about));
        }
        return step;
      });
      return redirect(visit, `/transfers/${visit.transfer.reference}`);
    },
  }),
];

/** SDT-28: whether there is proof of opening that the sender's device can add to the evidence, and cannot when the transfer has ended. */
function provesOpening({ transfer, recipients }: SenderVisit): boolean {
  const proved = recipients.some(({ openedAt, receivedAt }) => openedAt !== null && receivedAt !== null);
  return transfer.senderGrant !== null && proved;
}

/** Those who were told of the date before and have not confirmed receipt. */
const WITHOUT_RECEIPT: readonly RecipientState[] = ["released", "arrived", "opened"];

/** OXM-21: dates before the present one. */
function sooner({ parts, transfer }: SenderVisit): readonly { readonly value: string; readonly at: string }[] {
  const now = parts.clock.now().getTime();
  const choices = [1, 2, 3, 5, 7, 14, 30].map((days) => ({ value: String(days), at: iso(new Date(now + days * DAY)) }));
  return choices.filter(({ at }) => at < transfer.expiresAt);
}

function expiryPage(visit: SenderVisit, errors: Readonly<Record<string, string>>, status = 200): string {
  const { transfer, recipients } = visit;
  return render(
    visit,
    "transfer/expiry.njk",
    {
      title: "Bring the date forward",
      errors,
      path: `/transfers/${transfer.reference}`,
      transfer,
      proves: provesOpening(visit),
      choices: sooner(visit),
      waiting: recipients.filter((each) => !isOver(each) && !each.openedAt),
    },
    status,
  );
}
