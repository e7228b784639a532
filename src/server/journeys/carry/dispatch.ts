import { Type } from "typebox";
import type { CarriedMethod } from "../../../domain/carriage.ts";
import { carrierText } from "../../../domain/carried-lines.ts";
import { voicePhones } from "../../../domain/contact.ts";
import { carriageOf, tryDispatch } from "../../../domain/lifecycle/carriage-arrows.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import type { Recipient } from "../../../domain/transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { checklistOf, wholeChecklist } from "../../carrying/at-dispatch.ts";
import { cjsmAddress } from "../../carrying/cjsm-address.ts";
import { dispatchTransfer } from "../../carrying/dispatch-transfer.ts";
import { mailToPaste } from "../../carrying/mail-to-paste.ts";
import { dialledFor, namedBy } from "../../carrying/named.ts";
import { act } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { keepForm, keptForm } from "../../kept-form.ts";
import { render } from "../../render.ts";
import { machineCheck } from "./machine-check.ts";
import {
  answerNow,
  goingFields,
  handoverItems,
  hands,
  identificationItems,
  isTracked,
  readGoing,
  shortfallIn,
  type TypedGoing,
  toldItems,
  tracks,
  typedGoing,
} from "./typed-going.ts";

const PATH = "/transfers/:ref/carry";

/** The checklist of what is seen to as it goes, and the record that it went (SIS-14, SIS-20 … SIS-23, SDT2-3, SDT2-4). */
export const dispatchRows: readonly Row[] = [
  row({
    method: "GET",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const { transfer } = visit;
      carriageOf(transfer);
      if (transfer.state !== "approved") return redirect(visit, `/transfers/${transfer.reference}`);
      const kept = await keptForm(visit, `/transfers/${transfer.reference}/carry`);
      return page(visit, kept === null ? typedGoing({}) : (JSON.parse(kept.typed) as TypedGoing), {}); // our own text
    },
  }),
  row({
    method: "POST",
    path: PATH,
    who: "sender",
    body: Type.Object(goingFields),
    handle: async (visit, body) => {
      const { transfer } = visit;
      const typed = typedGoing(body);
      refuseUnless(transfer.state === "approved", "This transfer is not agreed, or has gone already.");
      const { errors, going } = await readGoing(visit, typed, visit.parts.clock.now().toISOString().slice(0, 10));
      await recordShortfall(visit, typed);
      if (Object.keys(errors).length > 0) return page(visit, typed, errors);
      await dispatchTransfer(visit, going);
      const [only, ...others] = visit.recipients.filter((each) => !isOver(each));
      const path = `/transfers/${transfer.reference}`;
      return redirect(
        visit,
        hands(visit) && only && others.length === 0 ? `${path}/carried/${only.id}/signature` : path,
      );
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/attempt`,
    who: "sender",
    body: Type.Object({ ...goingFields, what: Type.Optional(Type.String({ maxLength: 500 })) }),
    handle: async (visit, { what = "", ...body }) => {
      // What was ticked and typed by then is shown again: the next attempt goes on from there.
      const typed = typedGoing(body);
      if (what.trim() === "") return page(visit, typed, { what: "Say what happened" });
      await act(visit, ({ transfer, taken }) => tryDispatch(transfer, what, taken));
      const path = `/transfers/${visit.transfer.reference}/carry`;
      return redirect(visit, (await keepForm(visit, path, { typed: JSON.stringify(typed) })) ?? path);
    },
  }),
];

/** SIS-21, SIS-22: a machine that sent other pages than were signed made an attempt, which is recorded; nothing counts as sent. */
async function recordShortfall(visit: SenderVisit, typed: TypedGoing): Promise<void> {
  const what = shortfallIn(visit, typed);
  if (what !== null) await act(visit, ({ transfer, taken }) => tryDispatch(transfer, what, taken));
}

async function page(visit: SenderVisit, typed: TypedGoing, errors: Readonly<Record<string, string>>): Promise<string> {
  const { transfer, recipients, parts } = visit;
  const { read } = parts.records;
  const carriage = carriageOf(transfer);
  const answer = await answerNow(visit);
  const asked = checklistOf(answer.needs);
  const attempts = (await read.eventsOf(transfer.reference)).filter(({ kind }) => kind === "dispatch-attempted");
  const named = await namedBy(read, carriage, recipients);
  const host = new URL(parts.place.origin).host;
  const mails = MAILS.includes(carriage.method);
  const contacts = await Promise.all(
    recipients
      .filter((each) => !isOver(each))
      .map(async (recipient) => ({
        recipient,
        place: named.places[recipients.indexOf(recipient)] ?? "",
        code: carriage.codes[recipient.id] ?? "",
        paste: mails ? mailToPaste(transfer, recipient, visit.organisation, host) : [],
        ...(await numbersOf(visit, recipient)),
      })),
  );
  const dials = carriage.method === "fax" || carriage.method === "telephone";
  const context = {
    title: DOING[carriage.method],
    name: METHOD_NAMES[carriage.method],
    path: `/transfers/${transfer.reference}`,
    reference: transfer.reference,
    method: carriage.method,
    fixed: carriage.fixed,
    named,
    carrier: carrierText(carriage.fixed, policyNow(parts).settings.carriers),
    ...wholeChecklist(carriage, answer),
    // What was met when it was signed and is not met now: it cannot go as things are.
    unmet: answer.needs.filter((each) => !asked.includes(each)),
    machine: await machineCheck(visit),
    tracks: tracks(visit),
    tracked: isTracked(carriage.fixed.carrier),
    hands: hands(visit),
    ...{ identifications: identificationItems(), handovers: handoverItems() },
    mail: mails ? mailFrom(visit) : null,
    contacts,
    // SIS-20, SDT2-4: what is dialled, as it was signed; a contact without it cannot be sent to until that is put right.
    dialled: await dialledFor(read, carriage, recipients),
    undialled: dials ? contacts.filter(({ contact, place }) => contact !== null && place === "") : [],
    toldKinds: toldItems(),
    attempts,
    typed,
    errors,
    host,
  };
  return render(visit, "carry/dispatch.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** A recipient's entry, and the numbers of it at which a person answers. */
async function numbersOf({ parts }: SenderVisit, { party }: Recipient) {
  const contact = party.kind === "contact" ? await parts.records.read.contact(party.contactId) : null;
  return { contact, phones: contact ? voicePhones(contact) : [] };
}

const MAILS: readonly CarriedMethod[] = ["email", "cjsm"];

/** SDT-17, SIS-38: from which mailbox of the sender's own it goes, and under which subject (SDT-16). */
function mailFrom({ transfer, member, parts }: SenderVisit) {
  const onCjsm = carriageOf(transfer).method === "cjsm" ? cjsmAddress(member.address, policyNow(parts).settings) : null;
  return { from: onCjsm?.address ?? member.address, subject: transfer.reference };
}

const DOING = {
  email: "Send it by email",
  cjsm: "Send it by CJSM",
  post: "Post it",
  "hand-delivery": "Hand it over",
  telephone: "Tell them by telephone",
  "removable-media": "Send the medium",
  fax: "Send the fax",
} as const;
