import { Type } from "typebox";
import { carriageOf } from "../../../domain/lifecycle/carriage-arrows.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { checklistOf, seenBy } from "../../carrying/at-dispatch.ts";
import type { Going } from "../../carrying/dispatch-transfer.ts";
import type { SenderVisit } from "../../gate/row.ts";
import { readDay, type TypedDay } from "../../texts/typed-day.ts";

const line = Type.Optional(Type.String({ maxLength: 100 }));

/** Fields of how something went, as they are typed when it goes and from a paper afterwards. */
export const goingFields = {
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
} as const;

export interface TypedGoing {
  readonly seen: readonly string[];
  readonly tracking: string;
  readonly expected: TypedDay;
  readonly pages: string;
  readonly handedTo: string;
  readonly identification: string;
  readonly told: string;
}

type GoingForm = { readonly [Field in keyof typeof goingFields]?: string | readonly string[] };

/** @param form what was typed; what it does not have is empty */
export function typedGoing(form: GoingForm): TypedGoing {
  const of = (name: Exclude<keyof typeof goingFields, "seen">) => ([form[name] ?? ""].flat()[0] ?? "").trim();
  return {
    seen: [form.seen ?? []].flat(),
    ...{ tracking: of("tracking"), pages: of("pages"), told: of("told") },
    ...{ handedTo: of("handedTo"), identification: of("identification") },
    expected: { day: of("expected-day"), month: of("expected-month"), year: of("expected-year") },
  };
}

/**
 * How it went, or what is wrong with each answer. Every line of the checklist has to be seen to: policy is asked about them again as it goes.
 * @param day YYYY-MM-DD, on which it went
 */
export async function readGoing(
  visit: SenderVisit,
  typed: TypedGoing,
  day: string,
): Promise<{ readonly going: Going; readonly errors: Readonly<Record<string, string>> }> {
  const { method, fixed } = carriageOf(visit.transfer);
  const errors: Record<string, string> = {};
  const lines = checklistOf(await needsNow(visit));
  if (lines.some(({ need }) => !typed.seen.includes(need)))
    errors.seen = "Tick each line once you have seen to it. Nothing was recorded as sent";
  const expected = tracks(visit) ? readDay(typed.expected) : day;
  if (expected === null || expected < day)
    errors.expected = "Enter the day on which it should be there, such as 27 11 2026";
  if (hands(visit) && typed.handedTo === "") errors.handedTo = "Say to whom you handed it";
  if (hands(visit) && typed.identification === "") errors.identification = "Say which kind of identification you saw";
  if (method === "telephone" && typed.told === "")
    errors.told = "Say what kind of information you gave, and how you knew who answered";
  const pages = /^\d{1,5}$/.test(typed.pages) ? Number(typed.pages) : null;
  if (method === "fax" && pages !== fixed.pages)
    errors.pages = `Enter how many pages the machine sent. It has to be ${fixed.pages ?? 0}, as you signed: if it is not, send all of it again first`;
  const { tracking, handedTo, identification, told } = typed;
  const how = { tracking, handedTo, identification, told };
  const counted = { expected: expected ?? day, pages: method === "fax" ? pages : null };
  return { errors, going: { seen: seenBy(typed.seen), how: { ...how, ...counted } } };
}

/** Whether it is handed to somebody by the sender. */
export function hands({ transfer }: SenderVisit): boolean {
  const { method, fixed } = carriageOf(transfer);
  return method === "hand-delivery" || fixed.carrier === "by-hand";
}

/** Whether somebody carries it for some days. */
export function tracks({ transfer }: SenderVisit): boolean {
  const { method, fixed } = carriageOf(transfer);
  return (method === "post" || method === "removable-media") && fixed.carrier !== "by-hand";
}

export async function needsNow({ parts, transfer, recipients, member }: SenderVisit) {
  const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
  return found.answer.needs;
}
