import { Type } from "typebox";
import { parseAddress } from "../../../domain/address.ts";
import { whoIsColleague } from "../../../domain/colleague.ts";
import { DomainError } from "../../../domain/error.ts";
import * as arrow from "../../../domain/lifecycle/medium-arrows.ts";
import { pause } from "../../../domain/lifecycle/recipient-arrows.ts";
import type { Taken } from "../../../domain/lifecycle/step.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { type Medium, overdue } from "../../../domain/medium.ts";
import type { Member } from "../../../domain/member.ts";
import type { Reader, Writer } from "../../../domain/records.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { carryOut } from "../../carry-out.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { fileReport } from "../../incidents/file-report.ts";
import { actOnMedium, mediumOf } from "../../media/act-on-medium.ts";
import { keepsMedia, refuseUnlessMediaKeeper } from "../../media/media-keeper.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { readDay } from "../../texts/typed-day.ts";
import { mediumTag } from "./media.ts";

const line = Type.Optional(Type.String({ maxLength: 500 }));
const day = { day: line, month: line, year: line };
type Errors = Readonly<Record<string, string>>;
/** What was typed into the form that is shown again, by field; whoever types controls it. */
type Typed = Readonly<Record<string, string>>;

/** One medium, and what can be done with it now (SDT-23 … SDT-25, OXM-27). */
export const mediumRows: readonly Row[] = [
  row({ method: "GET", path: "/media/:id", who: "colleague", handle: async (visit) => page(visit, {}) }),
  row({
    method: "POST",
    path: "/media/:id/issue",
    who: "media-keeper",
    body: Type.Object({ to: line, ...day }),
    handle: async (visit, { to = "", ...typed }) => {
      const custodian = await colleague(visit.parts.records.read, to);
      const returnDue = readDay(dayOf(typed));
      const day = returnDue === null ? NO_RETURN : returnDue < today(visit) ? PAST_RETURN : null;
      const errors = {
        ...(custodian ? {} : { to: "Enter the work address of a colleague who has signed in here" }),
        ...(day === null ? {} : { day }),
      };
      if (!custodian || !returnDue || day !== null) return page(visit, errors, { to, ...typed });
      await actOnMedium(visit, (medium, taken) =>
        arrow.issueMedium(medium, { custodianId: custodian.id, reference: null, returnDue }, taken),
      );
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/returned",
    who: "colleague",
    handle: async (visit) => {
      await actOnMedium(visit, (medium, taken) => {
        refuseUnlessConcerned(visit.member, medium);
        return arrow.returnMedium(medium, taken);
      });
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/checked-in",
    who: "media-keeper",
    handle: async (visit) => {
      await actOnMedium(visit, (medium, taken) => arrow.checkMediumIn(medium, taken));
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/erased",
    who: "media-keeper",
    body: Type.Object({ how: line, witness: line }),
    handle: async (visit, { how = "", witness = "" }) => {
      const { read } = visit.parts.records;
      const second = witness.trim() === "" ? null : await colleague(read, witness);
      const needed = policyNow(visit.parts).settings.media.secondPerson === true;
      const unseen =
        witness.trim() === ""
          ? needed
            ? "Enter the work address of whoever else saw it erased: a second person has to"
            : null
          : second === null
            ? "Enter the work address of a colleague who has signed in here"
            : second.id === visit.member.id
              ? "You erased it, so the second person is somebody else. Enter their work address"
              : null;
      const errors = {
        ...(how.trim() === "" ? { how: "Say how it was erased, such as: overwritten once and read back" } : {}),
        ...(unseen === null ? {} : { witness: unseen }),
      };
      if (Object.keys(errors).length > 0) return page(visit, errors, { how, witness });
      await actOnMedium(visit, (medium, taken) =>
        arrow.eraseMedium(medium, { method: how, byId: visit.member.id, witnessId: second?.id ?? null }, needed, taken),
      );
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/available",
    who: "media-keeper",
    handle: async (visit) => {
      await actOnMedium(visit, (medium, taken) => arrow.reissueMedium(medium, taken));
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/reviewed",
    who: "media-keeper",
    body: Type.Object(day),
    handle: async (visit, typed) => {
      const next = readDay(dayOf(typed));
      if (!next || next <= today(visit))
        return page(visit, { day: "Enter the day of the next review, after today, such as 22 11 2027" }, typed);
      await actOnMedium(visit, (medium, taken) => arrow.reviewMedium(medium, next, taken));
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/lost",
    who: "colleague",
    body: Type.Object({ what: line }),
    handle: async (visit, { what = "" }) => {
      if (what.trim() === "")
        return page(visit, { what: "Say what is known: where it was last, and since when it is missed" });
      await actOnMedium(visit, async (medium, taken, tx) => {
        refuseUnlessConcerned(visit.member, medium);
        const step = arrow.loseMedium(medium, what, taken);
        // SDT-30, SIS-27: a lost medium is an incident at once, whatever was on it.
        const transfer = medium.reference === null ? null : await tx.transfer(medium.reference);
        const about = transfer ? "" : `Medium ${medium.serial}`;
        const said = {
          kind: "lost",
          words: `Medium ${medium.serial}: ${what.trim()}`,
          stopped: null,
          reach: "",
          senderKnows: false,
        } as const;
        const standing = transfer?.senderId === visit.member.id ? "sender" : "member";
        const filing = { ...said, about, standing, recipientId: null, reporter: visit.member, transfer } as const;
        await fileReport(tx, visit.parts, filing, taken);
        // Whoever finds it is told no password: it waits until the sender decides.
        if (transfer?.state === "released") await pauseAll(tx, transfer, taken);
        return step;
      });
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: "/media/:id/destroyed",
    who: "media-keeper",
    body: Type.Object({ method: line }),
    handle: async (visit, { method = "" }) => {
      if (method.trim() === "") return page(visit, { method: "Say how it was destroyed, and by whom" });
      await actOnMedium(visit, (medium, taken) => arrow.destroyMedium(medium, method, taken));
      return back(visit);
    },
  }),
];

const NO_RETURN = "Enter the day on which it has to be back, such as 1 12 2026";
const PAST_RETURN = "The day on which it has to be back has passed. Enter today or a later day";

/** YYYY-MM-DD */
function today({ parts }: MemberVisit): string {
  return now(parts).slice(0, 10);
}

async function pauseAll(tx: Writer, transfer: Transfer, taken: Taken): Promise<void> {
  for (const each of await tx.recipients(transfer.reference)) {
    if (isOver(each) || each.state === "received" || each.state === "paused") continue;
    await carryOut(tx, pause(transfer, each, taken, "report"));
  }
}

function dayOf({ day = "", month = "", year = "" }: { day?: string; month?: string; year?: string }) {
  return { day, month, year };
}

/** Whoever has it, or keeps the register. @throws ServerError `not-allowed` */
function refuseUnlessConcerned(member: Member, { custodianId }: Medium): void {
  if (custodianId !== member.id) refuseUnlessMediaKeeper(member);
}

async function colleague(read: Reader, typed: string): Promise<Member | null> {
  try {
    const found = await read.memberByAddress(parseAddress(typed));
    return found && (await whoIsColleague(read))(found) ? found : null; // SDT-17
  } catch (error) {
    if (error instanceof DomainError || error instanceof ServerError) return null;
    throw error;
  }
}

async function page(visit: MemberVisit, errors: Errors, typed: Typed = {}): Promise<string> {
  const { parts, member } = visit;
  const { read } = parts.records;
  const medium = await mediumOf(visit);
  const named = async (id: string | null) => (id === null ? null : ((await read.member(id))?.name ?? "somebody"));
  const { state } = medium;
  const keeps = keepsMedia(member);
  const concerned = keeps || medium.custodianId === member.id;
  const context = {
    title: medium.serial,
    path: `/media/${medium.id}`,
    medium,
    tag: mediumTag(medium),
    late: overdue(medium, now(parts).slice(0, 10)),
    custodian: await named(medium.custodianId),
    erasedBy: await named(medium.erasure?.byId ?? null),
    witness: await named(medium.erasure?.witnessId ?? null),
    recipients: concerned ? await whereItIs(read, medium) : "",
    own: medium.custodianId === member.id,
    keeps,
    can: {
      issue: keeps && state === "available",
      giveBack: concerned && ["issued", "in-transit", "with-recipient", "lost"].includes(state),
      checkIn: keeps && state === "returned",
      erase: keeps && (state === "returned" || state === "to-erase"),
      reuse: keeps && state === "erased",
      review: keeps && medium.purpose === "archive" && state !== "destroyed",
      lose: concerned && state !== "lost" && state !== "destroyed",
      destroy: keeps && ["available", "returned", "to-erase", "erased"].includes(state),
    },
    secondPerson: policyNow(parts).settings.media.secondPerson === true,
    typed,
    errors,
  };
  return render(visit, "media/medium.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** To whom it went with what it carries; empty where it did not go. */
async function whereItIs(read: Reader, { state, reference }: Medium): Promise<string> {
  if (reference === null || (state !== "in-transit" && state !== "with-recipient")) return "";
  const people = (await read.recipients(reference)).filter((each) => !isOver(each));
  return people.map(({ name, organisation }) => (organisation === "" ? name : `${name}, ${organisation}`)).join("; ");
}

function back(visit: MemberVisit): null {
  return redirect(visit, `/media/${visit.params.id ?? ""}`);
}
