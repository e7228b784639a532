import { Type } from "typebox";
import { randomId } from "../../../bytes/random.ts";
import { DomainError } from "../../../domain/error.ts";
import { FAX_SETTINGS, type FaxMachine, isUsable } from "../../../domain/fax-machine.ts";
import * as arrow from "../../../domain/lifecycle/fax-machine-arrows.ts";
import type { Taken } from "../../../domain/lifecycle/step.ts";
import { nationalPhone, parsePhone } from "../../../domain/phone.ts";
import { takenBy } from "../../drafts/draft.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { keepsMedia } from "../../media/media-keeper.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { readDay } from "../../texts/typed-day.ts";

const line = Type.Optional(Type.String({ maxLength: 200 }));
type Errors = Readonly<Record<string, string>>;
interface Typed {
  readonly number: string;
  readonly location: string;
  readonly owner: string;
}
const BLANK: Typed = { number: "", location: "", owner: "" };

/** SIS-26: the register of fax machines: only one whose settings were checked, not too long ago, is used. */
export const faxMachineRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/fax-machines",
    who: "colleague",
    handle: async (visit) => {
      const { read } = visit.parts.records;
      const today = now(visit.parts).slice(0, 10);
      const machines = (await read.faxMachines()).filter(({ endedAt }) => endedAt === null);
      return render(visit, "fax-machines/fax-machines.njk", {
        title: "Fax machines",
        machines: machines.map((each) => ({ ...each, usable: isUsable(each, today) })),
        keeps: keepsMedia(visit.member),
      });
    },
  }),
  row({
    method: "GET",
    path: "/fax-machines/new",
    who: "media-keeper",
    handle: async (visit) => form(visit, null, BLANK, {}),
  }),
  row({
    method: "POST",
    path: "/fax-machines/new",
    who: "media-keeper",
    body: Type.Object({ number: line, location: line, owner: line }),
    handle: async (visit, body) => save(visit, null, { ...BLANK, ...body }),
  }),
  row({
    method: "GET",
    path: "/fax-machines/:id",
    who: "media-keeper",
    handle: async (visit) => {
      const machine = await machineOf(visit);
      return form(visit, machine, machine, {});
    },
  }),
  row({
    method: "POST",
    path: "/fax-machines/:id",
    who: "media-keeper",
    body: Type.Object({ number: line, location: line, owner: line }),
    handle: async (visit, body) => save(visit, await machineOf(visit), { ...BLANK, ...body }),
  }),
  row({
    method: "POST",
    path: "/fax-machines/:id/check",
    who: "media-keeper",
    body: Type.Object({
      seen: Type.Optional(
        Type.Union([Type.String({ maxLength: 40 }), Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 })]),
      ),
      day: line,
      month: line,
      year: line,
    }),
    handle: async (visit, { seen, day = "", month = "", year = "" }) => {
      const ticked = [seen ?? []].flat();
      const machine = await machineOf(visit);
      const until = readDay({ day, month, year });
      const errors = {
        ...(Object.keys(FAX_SETTINGS).every((each) => ticked.includes(each))
          ? {}
          : { seen: "Each of these has to be so before the machine is used" }),
        ...(until ? {} : { day: "Enter the day of the next check, such as 22 5 2027" }),
      };
      if (!until || Object.keys(errors).length > 0) return form(visit, machine, machine, errors);
      await act(visit, (each, taken) => arrow.checkFaxMachine(each, visit.member.id, until, taken));
      return redirect(visit, "/fax-machines");
    },
  }),
  row({
    method: "POST",
    path: "/fax-machines/:id/end",
    who: "media-keeper",
    handle: async (visit) => {
      await act(visit, arrow.endFaxMachine);
      return redirect(visit, "/fax-machines");
    },
  }),
];

async function act(
  visit: MemberVisit,
  take: (machine: FaxMachine, taken: Taken) => arrow.FaxMachineStep,
): Promise<void> {
  const { parts, member, params } = visit;
  await parts.records.write(async (tx) => {
    const machine = await tx.faxMachine(params.id ?? "");
    if (!machine) throw notThere();
    const step = take(machine, takenBy(parts, member));
    await tx.saveFaxMachine(step.machine);
    await tx.append(step.event);
  });
}

async function save(visit: MemberVisit, before: FaxMachine | null, typed: Typed) {
  const { parts, member } = visit;
  const number = phoneIn(typed.number);
  const about = { location: typed.location.trim(), owner: typed.owner.trim() };
  const taken = number === null ? null : await parts.records.read.faxMachineByNumber(number);
  const errors = {
    ...(number === null ? { number: "Enter its number, like 020 7946 0000" } : {}),
    ...(taken && taken.id !== before?.id ? { number: "A machine with this number is in the register already" } : {}),
    ...(about.location === "" ? { location: "Say where it stands" } : {}),
    ...(about.owner === "" ? { owner: "Say which team or person it belongs to" } : {}),
  };
  if (number === null || Object.keys(errors).length > 0) return form(visit, before, typed, errors);
  if (before) await act(visit, (machine, at) => arrow.changeFaxMachine(machine, { number, ...about }, at));
  else {
    const step = arrow.registerFaxMachine({ id: randomId(), number, ...about }, member.id, takenBy(parts, member));
    await parts.records.write(async (tx) => {
      await tx.saveFaxMachine(step.machine);
      await tx.append(step.event);
    });
  }
  return redirect(visit, "/fax-machines");
}

function phoneIn(typed: string): string | null {
  try {
    return parsePhone(typed);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

async function form(visit: MemberVisit, machine: FaxMachine | null, typed: Typed, errors: Errors): Promise<string> {
  const context = {
    title: machine ? `Fax machine ${nationalPhone(machine.number)}` : "Add a fax machine",
    action: machine ? `/fax-machines/${machine.id}` : "/fax-machines/new",
    machine,
    typed,
    settings: FAX_SETTINGS,
    errors,
  };
  return render(visit, "fax-machines/edit-fax-machine.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

async function machineOf({ parts, params }: MemberVisit): Promise<FaxMachine> {
  const machine = await parts.records.read.faxMachine(params.id ?? "");
  if (machine) return machine;
  throw notThere();
}

function notThere(): ServerError {
  return new ServerError({ code: "no-such-page", message: "There is no such fax machine. Look in the register." });
}
