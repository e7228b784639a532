import { Type } from "typebox";
import type { CarriedMethod } from "../../../domain/carriage.ts";
import { carriageOf, tryDispatch } from "../../../domain/lifecycle/carriage-arrows.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { checklistOf, seenBy } from "../../carrying/at-dispatch.ts";
import { dispatchTransfer } from "../../carrying/dispatch-transfer.ts";
import { namedBy } from "../../carrying/named.ts";
import { act } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { readDay, type TypedDay } from "../../texts/typed-day.ts";

const line = Type.Optional(Type.String({ maxLength: 100 }));
const PATH = "/transfers/:ref/carry";

interface Typed {
  readonly seen: readonly string[];
  readonly tracking: string;
  readonly expected: TypedDay;
  readonly pages: string;
  readonly handedTo: string;
  readonly identification: string;
  readonly told: string;
}

const BLANK: Typed = {
  seen: [],
  tracking: "",
  expected: { day: "", month: "", year: "" },
  pages: "",
  ...{ handedTo: "", identification: "", told: "" },
};

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
      return page(visit, BLANK, {});
    },
  }),
  row({
    method: "POST",
    path: PATH,
    who: "sender",
    body: Type.Object({
      seen: Type.Optional(
        Type.Union([Type.String({ maxLength: 60 }), Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 })]),
      ),
      tracking: line,
      "expected-day": line,
      "expected-month": line,
      "expected-year": line,
      pages: line,
      handedTo: line,
      identification: line,
      told: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    handle: async (visit, body) => {
      const { transfer } = visit;
      const typed: Typed = {
        seen: [body.seen ?? []].flat(),
        tracking: (body.tracking ?? "").trim(),
        expected: {
          day: body["expected-day"] ?? "",
          month: body["expected-month"] ?? "",
          year: body["expected-year"] ?? "",
        },
        pages: (body.pages ?? "").trim(),
        handedTo: (body.handedTo ?? "").trim(),
        identification: (body.identification ?? "").trim(),
        told: (body.told ?? "").trim(),
      };
      refuseUnless(transfer.state === "approved", "This transfer is not agreed, or has gone already.");
      const { errors, expected, pages } = await readTyped(visit, typed);
      if (Object.keys(errors).length > 0) return page(visit, typed, errors);
      await dispatchTransfer(visit, seenBy(typed.seen), {
        ...(({ tracking, handedTo, identification, told }) => ({ tracking, handedTo, identification, told }))(typed),
        expected,
        pages,
      });
      return redirect(visit, `/transfers/${transfer.reference}`);
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/attempt`,
    who: "sender",
    body: Type.Object({ what: Type.Optional(Type.String({ maxLength: 500 })) }),
    handle: async (visit, { what = "" }) => {
      if (what.trim() === "") return page(visit, BLANK, { what: "Say what happened" });
      await act(visit, ({ transfer, taken }) => tryDispatch(transfer, what, taken));
      return redirect(visit, `/transfers/${visit.transfer.reference}/carry`);
    },
  }),
];

/** Every line of the checklist has to be seen to: policy is asked about them again as it goes. */
async function readTyped(visit: SenderVisit, typed: Typed) {
  const { method, fixed } = carriageOf(visit.transfer);
  const errors: Record<string, string> = {};
  const lines = checklistOf(await needsNow(visit));
  if (lines.some(({ need }) => !typed.seen.includes(need)))
    errors.seen = "Tick each line once you have seen to it. Nothing was recorded as sent";
  const sent = tracks(visit) ? readDay(typed.expected) : visit.parts.clock.now().toISOString().slice(0, 10);
  const today = visit.parts.clock.now().toISOString().slice(0, 10);
  if (sent === null || sent < today) errors.expected = "Enter the day on which it should be there, such as 27 11 2026";
  if (hands(visit) && typed.handedTo === "") errors.handedTo = "Say to whom you handed it";
  if (hands(visit) && typed.identification === "") errors.identification = "Say which kind of identification you saw";
  if (method === "telephone" && typed.told === "")
    errors.told = "Say what kind of information you gave, and how you knew who answered";
  const pages = /^\d{1,5}$/.test(typed.pages) ? Number(typed.pages) : null;
  if (method === "fax" && pages !== fixed.pages)
    errors.pages = `Enter how many pages the machine sent. It has to be ${fixed.pages ?? 0}, as you signed: if it is not, send all of it again first`;
  return { errors, expected: sent ?? today, pages: method === "fax" ? pages : null };
}

/** Whether it is handed to somebody by the sender. */
function hands({ transfer }: SenderVisit): boolean {
  const { method, fixed } = carriageOf(transfer);
  return method === "hand-delivery" || fixed.carrier === "by-hand";
}

/** Whether somebody carries it for some days. */
function tracks({ transfer }: SenderVisit): boolean {
  const { method, fixed } = carriageOf(transfer);
  return (method === "post" || method === "removable-media") && fixed.carrier !== "by-hand";
}

async function needsNow({ parts, transfer, recipients, member }: SenderVisit) {
  const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
  return found.answer.needs;
}

async function page(visit: SenderVisit, typed: Typed, errors: Readonly<Record<string, string>>): Promise<string> {
  const { transfer, recipients, parts } = visit;
  const { read } = parts.records;
  const carriage = carriageOf(transfer);
  const needs = await needsNow(visit);
  const lines = checklistOf(needs);
  const attempts = (await read.eventsOf(transfer.reference)).filter(({ kind }) => kind === "dispatch-attempted");
  const contacts = await Promise.all(
    recipients
      .filter((each) => !isOver(each))
      .map(async (recipient) => ({
        recipient,
        code: carriage.codes[recipient.id] ?? "",
        contact: recipient.party.kind === "contact" ? await read.contact(recipient.party.contactId) : null,
      })),
  );
  const context = {
    title: DOING[carriage.method],
    name: METHOD_NAMES[carriage.method],
    path: `/transfers/${transfer.reference}`,
    reference: transfer.reference,
    method: carriage.method,
    fixed: carriage.fixed,
    named: await namedBy(read, carriage, recipients),
    lines,
    // What was met when it was signed and is not met now: it cannot go as things are.
    unmet: needs.filter((each) => !lines.includes(each)),
    tracks: tracks(visit),
    hands: hands(visit),
    mail: MAILS.includes(carriage.method) ? mailText(visit) : null,
    contacts,
    attempts,
    typed,
    errors,
    host: new URL(parts.place.origin).host,
  };
  return render(visit, "carry/dispatch.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

const MAILS: readonly CarriedMethod[] = ["email", "cjsm"];

/** SDT-14, SDT-16, SDT-26: what to paste into an email beside the package: responsibilities, and nothing of the contents. */
function mailText({ transfer, organisation, parts }: SenderVisit) {
  const { reference } = transfer;
  const host = new URL(parts.place.origin).host;
  return {
    subject: reference,
    file: reference,
    text: [
      `${organisation.name} sends you information in the attached package. Its reference is ${reference}.`,
      "It opens with a password, which you are told by another channel once you have said that it has arrived. It never comes by email.",
      `When you have it, type ${host}/arrived into your browser and enter the reference and the code: `,
      "Keep what was sent safe, follow the handling instructions inside, and show it only to people who need it.",
      `If it is not for you, do not open it and do not pass it on. Delete this email, and ring ${organisation.phone}.`,
    ],
  };
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
