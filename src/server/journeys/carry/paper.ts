import { arrivesAtOnce, carriageOf } from "../../../domain/lifecycle/carriage-arrows.ts";
import type { OnPaper } from "../../../domain/lifecycle/from-paper.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import type { Recipient } from "../../../domain/transfer.ts";
import { checklistOf, wholeChecklist } from "../../carrying/at-dispatch.ts";
import { agreedAt, enterAttempt, enterPaper, type FilledIn } from "../../carrying/enter-paper.ts";
import { hasPassword } from "../../carrying/has-password.ts";
import { dialledFor } from "../../carrying/named.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { otherChannels, wayText } from "./at-recipient.ts";
import { heardItems } from "./heard.ts";
import { machineCheck } from "./machine-check.ts";
import {
  answerNow,
  handoverItems,
  hands,
  identificationItems,
  isTracked,
  readGoing,
  shortfallIn,
  toldItems,
  tracks,
  typedGoing,
} from "./typed-going.ts";
import { type PaperForm, paperBody, readFor, readStep, type TypedFor, typedFor, typedStep } from "./typed-paper.ts";

const PATH = "/transfers/:ref/paper";

/** A checklist that was printed and filled in by hand is entered as one form: who did what, and when (SDT-28, SIS-14, SIS-22, SIS-23). */
export const enterPaperRows: readonly Row[] = [
  row({
    method: "GET",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const { transfer, member } = visit;
      if (!mayEnter(visit)) return redirect(visit, `/transfers/${transfer.reference}`);
      const by = member.name;
      return page(
        visit,
        { "went-by": by, "arrived-by": fill(visit, by), "told-by": fill(visit, by), "received-by": fill(visit, by) },
        {},
      );
    },
  }),
  row({
    method: "POST",
    path: PATH,
    who: "sender",
    body: paperBody,
    handle: async (visit, body) => {
      const form = body as PaperForm; // its fields are texts, or lists of them
      if (!mayEnter(visit)) return redirect(visit, `/transfers/${visit.transfer.reference}`);
      const { filled, errors, attempt } = await readPaper(visit, form);
      if (attempt) await enterAttempt(visit, attempt.what, attempt.on);
      if (Object.keys(errors).length > 0) return page(visit, form, errors);
      await enterPaper(visit, filled);
      return redirect(visit, `/transfers/${visit.transfer.reference}`);
    },
  }),
];

/** Once it is agreed, and until nobody is waited for any more. */
function mayEnter({ transfer, recipients }: SenderVisit): boolean {
  carriageOf(transfer);
  return transfer.state === "approved" || (transfer.state === "released" && waited(recipients).length > 0);
}

/** For whom a paper can tell something. */
function waited(recipients: readonly Recipient[]): readonly Recipient[] {
  return recipients.filter((each) => !isOver(each) && each.state !== "received");
}

function fill({ recipients }: SenderVisit, text: string): readonly string[] {
  return waited(recipients).map(() => text);
}

/** The whole form, or what is wrong with it by part: `went` and those of `readGoing`, and `arrived-0`, `told-0`, `received-0` and so on. */
async function readPaper(visit: SenderVisit, form: PaperForm) {
  const { transfer, recipients, parts } = visit;
  const { read } = parts.records;
  const now = parts.clock.now().toISOString();
  const carriage = carriageOf(transfer);
  const errors: Record<string, string> = {};
  let went: FilledIn["went"] = null;
  let attempt: { readonly what: string; readonly on: OnPaper } | null = null;
  let wentAt = carriage.dispatch?.at ?? null;
  if (transfer.state === "approved") {
    const bounds = { notBefore: await agreedAt(read, transfer.reference), before: "everybody had agreed to it", now };
    const on =
      readStep(typedStep(form, "went"), bounds) ?? "Enter when it went: nothing else can be entered before that";
    if (typeof on === "string") errors.went = on;
    else {
      const typed = typedGoing(form);
      const found = await readGoing(visit, typed, on.at.slice(0, 10));
      Object.assign(errors, found.errors);
      const what = shortfallIn(visit, typed);
      attempt = what === null ? null : { what, on };
      went = { ...found.going, received: false, on };
      wentAt = on.at;
    }
  }
  const atOnce = went !== null && arrivesAtOnce(carriage) !== null;
  const filled: FilledIn["recipients"][number][] = [];
  for (const [at, recipient] of waited(recipients).entries()) {
    const found = readFor(typedFor(form, indexOf(form, recipient, at)), {
      ...{ id: recipient.id, wentAt, now, carriage },
      sent: carriage.method === "fax" ? (carriage.dispatch?.pages ?? carriage.fixed.pages ?? 0) : null,
      toldAt: recipient.wordsToldAt,
      arrivedAt: recipient.arrival?.at ?? (atOnce ? wentAt : null),
      ways: await otherChannels(visit, recipient),
    });
    for (const [part, says] of Object.entries(found.errors)) errors[`${part}-${at}`] = says;
    filled.push(found.filled);
  }
  const says =
    went !== null || filled.some(({ arrived, told, short, received }) => arrived ?? told ?? short ?? received);
  if (!says && Object.keys(errors).length === 0) errors.nothing = "Enter at least one step with its day and time";
  return { errors, attempt, filled: { went, recipients: filled } };
}

/** Where this recipient's fields stand in the form: who is waited for may have changed since it was shown. */
function indexOf({ recipient: ids = [] }: PaperForm, { id }: Recipient, otherwise: number): number {
  const at = [ids].flat().indexOf(id);
  return at === -1 ? otherwise : at;
}

const CHOOSE = { value: "", text: "Choose" };

async function page(visit: SenderVisit, form: PaperForm, errors: Readonly<Record<string, string>>): Promise<string> {
  const { transfer, recipients } = visit;
  const carriage = carriageOf(transfer);
  const goes = transfer.state === "approved";
  const answer = goes ? await answerNow(visit) : null;
  const needs = answer?.needs ?? [];
  const asked = checklistOf(needs);
  const context = {
    title: "Enter a checklist that was filled in by hand",
    name: METHOD_NAMES[carriage.method],
    path: `/transfers/${transfer.reference}`,
    reference: transfer.reference,
    method: carriage.method,
    packed: carriage.fixed.package !== null,
    goes,
    went: typedStep(form, "went"),
    ...(answer ? wholeChecklist(carriage, answer) : { lines: [], advised: [] }),
    ...{ unmet: needs.filter((each) => !asked.includes(each)), typed: typedGoing(form) },
    machine: await machineCheck(visit),
    ...{ tracks: goes && tracks(visit), tracked: isTracked(carriage.fixed.carrier), hands: goes && hands(visit) },
    recipients: await Promise.all(
      waited(recipients).map(async (recipient, at) => ({
        recipient,
        typed: typedFor(form, indexOf(form, recipient, at)) satisfies TypedFor,
        toArrive: recipient.state !== "arrived" && arrivesAtOnce(carriage) === null,
        toTell: hasPassword(transfer) && recipient.wordsToldAt === null,
        ways: (await otherChannels(visit, recipient)).map((way) => ({ value: way.value, text: wayText(way) })),
      })),
    ),
    arrivedHow: [CHOOSE, ...heardItems("arrival", carriage)],
    receivedHow: [CHOOSE, ...heardItems("receipt", carriage)],
    ...{ identifications: identificationItems(), handovers: handoverItems() },
    toldKinds: toldItems(),
    dialled: goes ? await dialledFor(visit.parts.records.read, carriage, recipients) : [],
    errors,
  };
  return render(visit, "carry/paper.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
