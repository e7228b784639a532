import { Type } from "typebox";
import {
  arrivesAtOnce,
  carriageOf,
  receiveCarried,
  SIGNED_HOW,
  type SignedHow,
  signForHandover,
} from "../../../domain/lifecycle/carriage-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { SIGNATURE_PLACE } from "../../../paperwork/carried/handover-receipt.ts";
import { SHEET_WORDS } from "../../../paperwork/carried/sheet-words.ts";
import { hasPassword } from "../../carrying/has-password.ts";
import { act } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { recipientIn } from "./at-recipient.ts";

const PATH = "/transfers/:ref/carried/:recipient/signature";
const line = Type.Optional(Type.String({ maxLength: 100 }));

interface Typed {
  readonly by: string;
  readonly name: string;
  readonly complete: boolean;
  readonly handling: boolean;
}

/**
 * Whoever is handed something signs for it (SDT2-3): on the screen, by typing their name, or on paper. What they draw goes onto a receipt on
 * the sender's device and is never sent: this server gets its SHA-256.
 */
export const signatureRows: readonly Row[] = [
  row({
    method: "GET",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients } = visit;
      const recipient = recipientIn(recipients, visit);
      const handed = arrivesAtOnce(carriageOf(transfer)) === "in-person" && recipient.state === "arrived";
      if (!handed) return redirect(visit, `/transfers/${transfer.reference}/carried/${recipient.id}`);
      const name = carriageOf(transfer).dispatch?.handedTo ?? "";
      return page(visit, { by: "", name, complete: false, handling: false }, {});
    },
  }),
  row({
    method: "POST",
    path: PATH,
    who: "sender",
    body: Type.Object({ by: line, name: line, receipt: line, complete: line, handling: line }),
    handle: async (visit, { by = "", name = "", receipt = "", complete, handling }) => {
      const typed = { by, name: name.trim(), complete: complete === "yes", handling: handling === "yes" };
      const how = SIGNED_HOW.find((each) => each === by);
      const digest = how === "screen" ? receipt : "";
      const errors = wrongIn(typed, how, digest);
      if (how === undefined || Object.keys(errors).length > 0) return page(visit, typed, errors);
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        const signed = { how, name: typed.name, receipt: digest };
        const recipient = recipientIn(recipients, visit);
        const before = (await tx.eventsAbout(recipient.id)).some(({ kind }) => kind === "handover-signed");
        const step = signForHandover(transfer, recipient, signed, taken, before);
        if (!typed.complete || hasPassword(transfer)) return step;
        const said = { by: "in-person", note: "", pages: null, handling: typed.handling } as const;
        const received = receiveCarried(step.transfer, recipient, said, taken);
        return { ...received, events: [...step.events, ...received.events] };
      });
      return redirect(visit, `/transfers/${visit.transfer.reference}`);
    },
  }),
];

function wrongIn({ name }: Typed, how: SignedHow | undefined, digest: string): Readonly<Record<string, string>> {
  if (how === undefined) return { by: "Choose how they signed" };
  if (how === "screen" && !/^[0-9a-f]{64}$/.test(digest))
    return { by: "Nothing was signed on the screen: sign in the field and save the receipt, or choose another way" };
  return name === "" ? { name: "Enter the name of who signed" } : {};
}

function page(visit: SenderVisit, typed: Typed, errors: Readonly<Record<string, string>>): string {
  const { transfer, recipients } = visit;
  const recipient = recipientIn(recipients, visit);
  const { method, dispatch, fixed } = carriageOf(transfer);
  const path = `/transfers/${transfer.reference}`;
  const context = {
    title: "They sign for it",
    path,
    here: `${path}/carried/${recipient.id}/signature`,
    receipt: `${path}/papers/receipt/${recipient.id}`,
    file: `${transfer.reference}-receipt.pdf`,
    place: JSON.stringify(SIGNATURE_PLACE),
    reference: transfer.reference,
    method: METHOD_NAMES[method],
    recipient,
    dispatch,
    items: fixed.items,
    // What the receipt says, in the language of whoever signs it.
    language: recipient.language,
    statement: SHEET_WORDS[recipient.language].handover.statement,
    mayBeComplete: !hasPassword(transfer),
    typed,
    errors,
    scripts: ["entries/handover.js"],
  };
  return render(visit, "carry/signature.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
