import { Type } from "typebox";
import { lateIn } from "../../../domain/lateness.ts";
import {
  arriveCarried,
  arrivesAtOnce,
  carriageOf,
  needNoPassword,
  receiveCarried,
  reportShortfall,
  tellPassword,
} from "../../../domain/lifecycle/carriage-arrows.ts";
import { handMediumOver } from "../../../domain/lifecycle/medium-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { nationalPhone } from "../../../domain/phone.ts";
import type { Writer } from "../../../domain/records.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import { hasPassword } from "../../carrying/has-password.ts";
import { fileOtherDigest, readSeenDigest } from "../../carrying/seen-digest.ts";
import { act } from "../../drafts/take-back.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { handlingIn } from "../../texts/receiving/handling.ts";
import { type Way, waysToTell } from "../../words/ways-to-tell.ts";
import { happeningsOf } from "../transfer/happenings.ts";
import { recipientTag } from "../transfer/status.ts";
import { timelineContext } from "../transfer/timeline.ts";
import { heardBy, heardItems } from "./heard.ts";

const PATH = "/transfers/:ref/carried/:recipient";
const line = Type.Optional(Type.String({ maxLength: 500 }));
const digestLine = Type.Optional(Type.String({ maxLength: 5000 }));

/** What was typed into one of the forms, to be shown again where it is refused. */
interface Typed {
  /** Of the arrival: how it is known, and who has it. */
  readonly arrivalBy: string;
  readonly reader: string;
  /** Of the password. */
  readonly way: string;
  readonly why: string;
  /** Of the receipt, and all that follow. */
  readonly by: string;
  readonly note: string;
  readonly pages: string;
  readonly handling: string;
  readonly digest: string;
}
const BLANK: Typed = {
  ...{ arrivalBy: "", reader: "", way: "", why: "" },
  ...{ by: "", note: "", pages: "", handling: "", digest: "" },
};

/** What happens at the recipient's end of something that is carried, as the sender hears of it (SDT-21, SDT-28, SIS-21). */
export const atRecipientRows: readonly Row[] = [
  row({ method: "GET", path: PATH, who: "sender", handle: async (visit) => page(visit, {}) }),
  row({
    method: "POST",
    path: `${PATH}/arrival`,
    who: "sender",
    body: Type.Object({ by: line, reader: line }),
    handle: async (visit, { by, reader = "" }) => {
      const how = heardBy(by, "arrival", carriageOf(visit.transfer));
      if (!how) return page(visit, { "arrival-by": "Choose how you know" }, { ...BLANK, arrivalBy: by ?? "", reader });
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        await mediumArrived(tx, transfer, taken);
        return arriveCarried(transfer, recipientIn(recipients, visit), { by: how, reader: reader.trim() }, taken);
      });
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/password`,
    who: "sender",
    body: Type.Object({ way: line, answer: line, why: line }),
    handle: async (visit, { way, answer, why = "" }) => {
      const recipient = recipientIn(visit.recipients, visit);
      if (answer === "not-needed") {
        if (why.trim() === "") return page(visit, { why: "Say why they do not need to be told" });
        await act(visit, ({ transfer, recipients, taken }) =>
          needNoPassword(transfer, recipientIn(recipients, visit), why, taken),
        );
        return back(visit);
      }
      const used = (await otherChannels(visit, recipient)).find(({ value }) => value === way);
      if (!used)
        return page(visit, { way: "Choose how you told them, or tried to" }, { ...BLANK, way: way ?? "", why });
      const attempt = { told: answer === "told", channel: used.channel, ending: used.number.slice(-4) };
      await act(visit, ({ transfer, recipients, taken }) =>
        tellPassword(transfer, recipientIn(recipients, visit), attempt, taken),
      );
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/receipt`,
    who: "sender",
    body: Type.Object({ by: line, note: line, pages: line, handling: line, digest: digestLine }),
    handle: async (visit, { by, note = "", pages = "", handling, digest = "" }) => {
      const how = heardBy(by, "receipt", carriageOf(visit.transfer));
      const typed: Typed = { ...BLANK, by: by ?? "", note, pages, handling: handling ?? "", digest };
      const { method, dispatch, fixed } = carriageOf(visit.transfer);
      const fax = method === "fax";
      const count = readWholeNumber(pages, 99_999);
      if (!how) return page(visit, { "receipt-by": "Choose how they confirmed it" }, typed);
      if (fax && count === null) return page(visit, { pages: "Enter how many pages came" }, typed);
      const seen = readSeenDigest(digest, fixed);
      if (seen.is === "unreadable")
        return page(
          visit,
          { digest: "Enter all 64 digits and letters a to f of the SHA-256, or leave it empty" },
          typed,
        );
      if (seen.is === "other") {
        await act(visit, ({ tx, transfer, recipients, taken }) =>
          fileOtherDigest(visit.parts, { tx, transfer, taken }, recipientIn(recipients, visit), {
            ...{ by: how, digests: seen.digests, reporter: visit.member },
          }),
        );
        return page(visit, { digest: OTHER_DIGEST }, typed);
      }
      const sent = dispatch?.pages ?? 0;
      if (fax && count !== null && count !== sent) {
        // SIS-21: it stays open, and that it was short stays on the record.
        await act(visit, ({ transfer, recipients, taken }) =>
          reportShortfall(transfer, recipientIn(recipients, visit), { by: how, pages: count }, taken),
        );
        const says = `${sent} pages were sent and ${count} came, so it is not complete. That is recorded. Send it again, or report what is missing`;
        return page(visit, { pages: says }, typed);
      }
      const said = {
        by: how,
        note: note.trim(),
        pages: fax ? count : null,
        handling: handling === "yes",
        digests: seen.digests,
      };
      await act(visit, ({ transfer, recipients, taken }) =>
        receiveCarried(transfer, recipientIn(recipients, visit), said, taken),
      );
      return redirect(visit, `/transfers/${visit.transfer.reference}`);
    },
  }),
];

const OTHER_DIGEST =
  "This is not the SHA-256 of what was sent, so this is no receipt. It is recorded and reported as damaged. Ask them to use nothing of it and to keep it safe; if it was of another file, enter that of the package. Otherwise take it back and send it again";

/** The medium is where the recipient is. */
export async function mediumArrived(
  tx: Writer,
  transfer: Transfer,
  taken: Parameters<typeof handMediumOver>[1],
): Promise<void> {
  const { mediumId } = carriageOf(transfer).fixed;
  const medium = mediumId === null ? null : await tx.medium(mediumId);
  // A medium that was erased and went out again carries another transfer by now.
  if (medium?.state !== "in-transit" || medium.reference !== transfer.reference) return;
  const step = handMediumOver(medium, taken);
  await tx.saveMedium(step.medium);
  await tx.append(step.event);
}

async function page(
  visit: SenderVisit,
  errors: Readonly<Record<string, string>>,
  typed: Typed = BLANK,
): Promise<string> {
  const { transfer, parts } = visit;
  const { read } = parts.records;
  const { method, dispatch, fixed } = carriageOf(transfer);
  const recipient = recipientIn(visit.recipients, visit);
  const events = await read.eventsOf(transfer.reference);
  const ways = await otherChannels(visit, recipient);
  const live = transfer.state === "released" && !isOver(recipient);
  const [late] = lateIn(transfer, [recipient], parts.clock.now().toISOString().slice(0, 10));
  const context = {
    title: recipient.name,
    path: `/transfers/${transfer.reference}`,
    here: `/transfers/${transfer.reference}/carried/${recipient.id}`,
    transfer,
    recipient,
    method,
    name: METHOD_NAMES[method],
    dispatch,
    tag: recipientTag(recipient, false, transfer.carriage, late !== undefined),
    late: late?.what === "arrival",
    happenings: happeningsOf(events, recipient.id, await timelineContext(read, transfer.reference, events)),
    toArrive: live && recipient.state === "released",
    toTell: live && ["arrived", "received"].includes(recipient.state) && hasPassword(transfer),
    typed,
    told: recipient.wordsToldAt !== null,
    toSign: live && recipient.state === "arrived" && arrivesAtOnce(carriageOf(transfer)) === "in-person",
    packed: fixed.package !== null,
    handling: { language: recipient.language, lines: handlingIn(recipient.language, transfer.facts.classification) },
    toConfirm: live && recipient.state === "arrived" && (fixed.package === null || recipient.wordsToldAt !== null),
    ways: ways.map((way) => ({ value: way.value, text: wayText(way) })),
    arrivedHow: heardItems("arrival", carriageOf(transfer)),
    receivedHow: heardItems("receipt", carriageOf(transfer)),
    errors,
  };
  return render(visit, "carry/at-recipient.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** SDT-13, SDT-21: the ways to tell a password, but for the one that the package went by. */
export async function otherChannels(
  { parts, transfer }: Pick<SenderVisit, "parts" | "transfer">,
  recipient: Recipient,
) {
  const { method, fixed } = carriageOf(transfer);
  const posted = (method === "post" || method === "removable-media") && fixed.carrier !== "by-hand";
  return (await waysToTell(parts.records.read, recipient)).filter(({ channel }) => !(posted && channel === "post"));
}

/** A way to tell something, as it is chosen: by telephone, on the number. */
export function wayText({ channel, number }: Way): string {
  return `${WAYS[channel] ?? channel}${number === "" ? "" : ` on ${nationalPhone(number)}`}`;
}

const WAYS: Readonly<Record<string, string>> = {
  phone: "By telephone",
  sms: "By text message from my own phone",
  "relay-uk": "Through Relay UK",
  teams: "On Teams",
  "in-person": "In person",
  post: "By letter",
};

/** The recipient whom the path names. @throws ServerError `no-such-page` */
export function recipientIn(recipients: readonly Recipient[], { params, transfer }: SenderVisit): Recipient {
  carriageOf(transfer);
  const found = recipients.find(({ id }) => id === params.recipient);
  if (found) return found;
  throw new ServerError({
    code: "no-such-page",
    message: "There is nothing here that you can see. Check the address or the reference.",
  });
}

function back(visit: SenderVisit): null {
  return redirect(visit, `/transfers/${visit.transfer.reference}/carried/${visit.params.recipient ?? ""}`);
}
