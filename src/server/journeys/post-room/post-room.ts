import { Type } from "typebox";
import { carrierText } from "../../../domain/carried-lines.ts";
import { CARRIER_SERVICES } from "../../../domain/carriers.ts";
import { DomainError } from "../../../domain/error.ts";
import type { StoredEvent } from "../../../domain/event.ts";
import { expectedOn, lateIn } from "../../../domain/lateness.ts";
import { handToCarrier } from "../../../domain/lifecycle/carriage-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../../domain/member.ts";
import type { Reader } from "../../../domain/records.ts";
import { parseReference } from "../../../domain/reference.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { contactOf } from "../../assessing/gather-facts.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { carryOut } from "../../carry-out.ts";
import { carrierOf } from "../../carrying/chase.ts";
import { signedPlace } from "../../carrying/signed-place.ts";
import { takenBy } from "../../drafts/draft.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

const typed = Type.Optional(Type.String({ maxLength: 100 }));

/**
 * The post room's page, for a scanner or a keyboard: a reference in, the addressee shown to compare with the envelope, and the handing over
 * recorded (SIS-9, SIS-14). It shows no contents, and cannot: nothing of them is on this server.
 */
export const postRoomRows: readonly Row[] = [
  row({ method: "GET", path: "/post-room", who: "post-room", handle: async (visit) => page(visit, "", null, {}) }),
  row({
    method: "POST",
    path: "/post-room",
    who: "post-room",
    body: Type.Object({ reference: typed }),
    handle: async (visit, { reference = "" }) => {
      const found = await find(visit, reference);
      return typeof found === "string"
        ? page(visit, reference, null, { reference: found })
        : page(visit, "", found, {});
    },
  }),
  row({
    method: "POST",
    path: "/post-room/handed-over",
    who: "post-room",
    body: Type.Object({ reference: typed, tracking: typed, checked: typed }),
    handle: async (visit, { reference = "", tracking = "", checked }) => {
      const found = await find(visit, reference);
      if (typeof found === "string") return page(visit, reference, null, { reference: found });
      if (checked !== "yes")
        return page(visit, "", found, {
          checked: "Compare it with the envelope first, then tick this. Nothing was recorded",
        });
      // SIS-14: what the sender left to the post room is known to nobody else
      if (isTracked(found) && !found.carriage?.dispatch?.tracking && tracking.trim() === "")
        return page(visit, "", found, {
          tracking: "Type the number that the carrier gave for it: this service is tracked. Nothing was recorded",
        });
      const { parts, member } = visit;
      const transfer = await parts.records.write(async (tx) => {
        const now = (await tx.transfer(found.reference)) ?? found;
        const handed = (await tx.eventsOf(found.reference)).some(({ kind }) => kind === "handed-to-carrier");
        const step = handToCarrier(now, { tracking, handed }, takenBy(parts, member));
        await carryOut(tx, step);
        return step.transfer;
      });
      return page(visit, "", transfer, {});
    },
  }),
];

function isTracked({ carriage }: Transfer): boolean {
  const carrier = carriage?.fixed.carrier ?? null;
  return carrier !== null && CARRIER_SERVICES[carrier].tracked;
}

/** The transfer of a typed reference, or what to say. */
async function find({ parts }: MemberVisit, reference: string): Promise<Transfer | string> {
  const nothing =
    "Nothing with this reference goes out by a carrier. Look at the envelope again, or ask whoever sent it. If it has come in, take it in under “What has arrived”";
  try {
    const transfer = await parts.records.read.transfer(parseReference(reference));
    const { carrier = null } = transfer?.carriage?.fixed ?? {};
    if (!transfer || carrier === null || carrier === "by-hand") return nothing;
    if (transfer.state === "requested" || transfer.state === "draft")
      return "This is not agreed yet: keep it here, and tell whoever sent it";
    if (transfer.state !== "released")
      return "The sender has not recorded that this goes, or it is over: keep it here, and ask them";
    const recipients = (await parts.records.read.recipients(transfer.reference)).filter((each) => !isOver(each));
    if (recipients.every(({ state }) => state !== "released"))
      return "The recipient has confirmed already that this arrived, so it goes out no more: keep it here, and ask whoever sent it";
    for (const each of recipients) {
      const agreed = await signedPlace(transfer, each);
      const contact = await contactOf(parts.records.read, each);
      if (agreed !== null && agreed !== ((carrier.startsWith("dx") ? contact?.dx : contact?.postal) ?? ""))
        return `The address of ${each.name} was changed after this was agreed to. It goes to no other address than the agreed one, and that may be wrong by now: keep it here, and ask whoever sent it`;
    }
    return transfer;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

async function page(
  visit: MemberVisit,
  reference: string,
  transfer: Transfer | null,
  errors: Readonly<Record<string, string>>,
): Promise<string> {
  const context = {
    title: "What goes out",
    arrived: (await visit.parts.records.read.incomingPosts()).length,
    reference,
    found: transfer && (await shown(visit, transfer)),
    overdue: transfer === null ? await overdueOf(visit) : [],
    errors,
  };
  return render(visit, "post-room/post-room.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** More than a post room chases in a day. */
const MOST_OVERDUE = 50;

/** As many at a time are looked at. */
const PAGE = 200;

/**
 * SIS-14: what carriers have had for too long: its reference, addressees, carrier and number, and whom to tell. The longest overdue first. What
 * no carrier has does not count, however much of it there is.
 */
async function overdueOf({ parts }: MemberVisit) {
  const { read } = parts.records;
  const today = parts.clock.now().toISOString().slice(0, 10);
  const found: Overdue[] = [];
  let after: { readonly expected: string; readonly reference: string } | undefined;
  for (;;) {
    const page = await read.carriedExpectedBefore(today, PAGE, "arrival", after);
    for (const transfer of page) {
      const overdue = await overdueBy(read, transfer, today);
      if (overdue !== null) found.push(overdue);
      if (found.length === MOST_OVERDUE) return found;
    }
    const last = page.at(-1);
    const expected = last && expectedOn(last);
    if (!last || !expected || page.length < PAGE) return found;
    after = { expected, reference: last.reference };
  }
}

interface Overdue {
  readonly reference: string;
  readonly due: string;
  readonly names: readonly string[];
  readonly carrier: NonNullable<ReturnType<typeof carrierOf>>;
  readonly sender: Member | null;
}

async function overdueBy(read: Reader, transfer: Transfer, today: string): Promise<Overdue | null> {
  const carrier = carrierOf(transfer);
  if (carrier === null) return null;
  const all = lateIn(transfer, await read.recipients(transfer.reference), today);
  const late = all.filter(({ what }) => what === "arrival");
  const [first] = late;
  if (!first) return null;
  const sender = await read.member(transfer.senderId);
  return {
    reference: transfer.reference,
    due: first.due,
    names: late.map(({ recipient }) => recipient.name),
    carrier,
    sender,
  };
}

async function shown(visit: MemberVisit, transfer: Transfer) {
  const { read } = visit.parts.records;
  const { carriage, reference } = transfer;
  const recipients = (await read.recipients(reference)).filter((each) => !isOver(each));
  const events = await read.eventsOf(reference);
  const carrier = carriage?.fixed.carrier ?? null;
  const sender = await read.member(transfer.senderId);
  return {
    reference,
    carrier: carriage && carrierText(carriage.fixed, policyNow(visit.parts).settings.carriers),
    tracking: carriage?.dispatch?.tracking ?? "",
    tracked: isTracked(transfer),
    // SIS-8: what calls for it is on the record; what it is about is not shown here.
    addresseeOnly: transfer.facts.personal || transfer.facts.sensitive,
    sender: sender?.name ?? "",
    addressees: await Promise.all(
      recipients.map(async (each) => {
        const contact = await contactOf(read, each);
        const now = (carrier?.startsWith("dx") ? contact?.dx : contact?.postal) ?? "";
        const address = (await signedPlace(transfer, each)) ?? now;
        const lines = address.split("\n").filter((line) => line.trim() !== "");
        const named = each.organisation === "" || lines.includes(each.organisation) ? [] : [each.organisation];
        return [each.name, ...named, ...lines];
      }),
    ),
    handed: events.findLast(({ kind }: StoredEvent) => kind === "handed-to-carrier")?.at ?? null,
  };
}
