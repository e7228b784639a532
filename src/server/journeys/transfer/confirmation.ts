import { Type } from "typebox";
import { iso } from "../../../domain/clock.ts";
import { recordConfirmation } from "../../../domain/lifecycle/recipient-arrows.ts";
import { CONFIRMATION_WAYS, type Recipient } from "../../../domain/transfer.ts";
import { act } from "../../drafts/take-back.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { readDay, type TypedDay, typedDay } from "../../texts/typed-day.ts";

const PATH = "/transfers/:ref/recipients/:recipient/confirmation";
const text = Type.Optional(Type.String({ maxLength: 20 }));
const NOTHING: TypedDay = { day: "", month: "", year: "" };

/** SDT-28: a confirmation that came by email, on paper or by phone, recorded by the sender. It says that they have it, and proves nothing. */
export const confirmationRows: readonly Row[] = [
  row({
    method: "GET",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const recipient = recipientIn(visit.recipients, visit);
      return page(visit, recipient, { how: "", on: typedDay(iso(visit.parts.clock.now()).slice(0, 10)) }, {});
    },
  }),
  row({
    method: "POST",
    path: PATH,
    who: "sender",
    body: Type.Object({ how: text, "on-day": text, "on-month": text, "on-year": text }),
    handle: async (visit, body) => {
      const { how: typed = "" } = body;
      const typedOn = {
        ...NOTHING,
        day: body["on-day"] ?? "",
        month: body["on-month"] ?? "",
        year: body["on-year"] ?? "",
      };
      const how = CONFIRMATION_WAYS.find((each) => each === typed);
      const on = readDay(typedOn);
      const recipient = recipientIn(visit.recipients, visit);
      const early = on !== null && on < (recipient.releasedAt ?? "").slice(0, 10);
      const late = on !== null && on > iso(visit.parts.clock.now()).slice(0, 10);
      if (how === undefined || on === null || early || late) {
        return page(
          visit,
          recipient,
          { how: typed, on: typedOn },
          {
            ...(how === undefined && { how: "Choose how they confirmed it" }),
            ...(on === null && { on: "Enter the day, such as 21 11 2026" }),
            ...(early && { on: "That is before it was sent" }),
            ...(late && { on: "That day has not come" }),
          },
        );
      }
      await act(visit, ({ transfer, recipients, taken }) =>
        recordConfirmation(transfer, recipientIn(recipients, visit), { how, on }, taken),
      );
      return redirect(visit, `/transfers/${visit.transfer.reference}`);
    },
  }),
];

function page(
  visit: SenderVisit,
  recipient: Recipient,
  typed: { readonly how: string; readonly on: TypedDay },
  errors: Readonly<Record<string, string>>,
): string {
  const path = `/transfers/${visit.transfer.reference}/recipients/${recipient.id}`;
  const context = { title: "Record their confirmation", path, recipient, typed, errors };
  return render(visit, "transfer/confirmation.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

function recipientIn(recipients: readonly Recipient[], { params }: SenderVisit): Recipient {
  const found = recipients.find(({ id }) => id === params.recipient);
  if (found) return found;
  throw new ServerError({
    code: "no-such-page",
    message: "There is nothing here that you can see. Check the address or the reference.",
  });
}
