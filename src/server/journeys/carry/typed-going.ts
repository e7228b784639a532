import { Type } from "typebox";
import type { MethodAnswer } from "../../../domain/assessment.ts";
import { CARRIER_SERVICES } from "../../../domain/carriers.ts";
import type { Carrier } from "../../../domain/facts.ts";
import { carriageOf } from "../../../domain/lifecycle/carriage-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { seenBy, wholeChecklist } from "../../carrying/at-dispatch.ts";
import type { Going } from "../../carrying/dispatch-transfer.ts";
import { refusedNumbers } from "../../carrying/no-numbers.ts";
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
  trackingLater: line,
  handover: line,
  handedTo: line,
  inPlace: line,
  identification: line,
  identificationOther: line,
  told: line,
  toldOther: line,
  confirmed: Type.Optional(Type.String({ maxLength: 500 })),
  saidReceived: line,
} as const;

export interface TypedGoing {
  readonly seen: readonly string[];
  readonly tracking: string;
  /** The post room adds it, when it has it from the carrier. */
  readonly trackingLater: boolean;
  readonly expected: TypedDay;
  readonly pages: string;
  /** `HANDOVERS`: how whoever has it got it; empty: not chosen. */
  readonly handover: string;
  readonly handedTo: string;
  /** Whoever it was handed to is another, and may take it for them. */
  readonly inPlace: boolean;
  readonly identification: string;
  /** In words, where it is of no kind of the list. */
  readonly identificationOther: string;
  readonly told: string;
  readonly toldOther: string;
  readonly confirmed: string;
  /** SDT-28: on the telephone, they said that they have all of it, and know how it is handled. */
  readonly saidReceived: boolean;
}

type GoingForm = { readonly [Field in keyof typeof goingFields]?: string | readonly string[] };

/** @param form what was typed; what it does not have is empty */
export function typedGoing(form: GoingForm): TypedGoing {
  const of = (name: Exclude<keyof typeof goingFields, "seen">) => ([form[name] ?? ""].flat()[0] ?? "").trim();
  return {
    seen: [form.seen ?? []].flat(),
    ...{ trackingLater: of("trackingLater") === "yes", inPlace: of("inPlace") === "yes" },
    saidReceived: of("saidReceived") === "yes",
    ...{ tracking: of("tracking"), pages: of("pages"), told: of("told") },
    ...{ toldOther: of("toldOther"), confirmed: of("confirmed") },
    ...{ handover: of("handover"), handedTo: of("handedTo"), identification: of("identification") },
    identificationOther: of("identificationOther"),
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
  const { lines } = wholeChecklist({ method }, await answerNow(visit));
  if (lines.some(({ need }) => !typed.seen.includes(need)))
    errors.seen = "Tick each line once you have seen to it. Nothing was recorded as sent";
  const expected = tracks(visit) ? readDay(typed.expected) : day;
  if (expected === null || expected < day)
    errors.expected = "Enter the day on which it should be there, such as 27 11 2026";
  if (tracks(visit) && isTracked(fixed.carrier) && typed.tracking === "" && !typed.trackingLater)
    errors.tracking = "Enter the tracking number that the service gives, or tick that the post room adds it";
  const handed = hands(visit) ? readHanded(visit, typed, errors) : NOT_HANDED;
  const call = method === "telephone" ? readCall(typed, errors) : { told: "", confirmed: "" };
  const pages = readWholeNumber(typed.pages, MOST_PAGES);
  if (method === "fax" && pages !== fixed.pages) errors.pages = shortText(pages, fixed.pages ?? 0);
  const how = { tracking: typed.tracking, ...handed, ...call };
  const counted = { expected: expected ?? day, pages: method === "fax" ? pages : null };
  const received = method === "telephone" && typed.saidReceived;
  return { errors, going: { seen: seenBy(typed.seen), how: { ...how, ...counted }, received } };
}

const MOST_PAGES = 99_999;

/** SIS-21: as many as were signed, and nothing else counts as sent. */
function shortText(pages: number | null, signed: number): string {
  if (pages === null) return "Enter how many pages the machine sent";
  return `The machine sent ${pages} of the ${signed} pages that you signed: that is recorded as an attempt. Send all of it again, then record that it went`;
}

/** What an attempt by fax is called whose pages were others than signed (SIS-22); null where there was none. */
export function shortfallIn(
  { transfer }: Pick<SenderVisit, "transfer">,
  { pages }: Pick<TypedGoing, "pages">,
): string | null {
  const { method, fixed } = carriageOf(transfer);
  const sent = method === "fax" ? readWholeNumber(pages, MOST_PAGES) : null;
  if (sent === null || sent === fixed.pages) return null;
  return `The machine sent ${sent} of ${fixed.pages ?? 0} pages`;
}

/** SDT2-3: kinds of identification. The kind is recorded and nothing that stands on it, so that it is chosen and not typed. */
const IDENTIFICATIONS: readonly string[] = [
  ...["staff pass", "warrant card", "passport", "driving licence", "identity card", "another card with a photograph"],
];
/** What is of no kind of a list is said in a few words. */
const OTHER = "other";

/** SDT2-4: kinds of information that is told by telephone: what was said is not recorded. */
const TOLD_KINDS: readonly string[] = [
  ...["a date, time or place", "how a case stands", "a decision or result", "instructions or a request"],
  ...["contact details", "details of a person"],
];

/** The same, to choose from. */
export function identificationItems() {
  return [
    { value: "", text: "Choose" },
    ...IDENTIFICATIONS.map((value) => ({ value, text: firstLarge(value) })),
    { value: OTHER, text: "Another kind" },
  ];
}

/** Ways of handing something over, to choose from. */
export function handoverItems() {
  return Object.entries(HANDOVERS).map(([value, text]) => ({ value, text }));
}

/** The kinds of information that can be told, to choose from. */
export function toldItems() {
  return [
    { value: "", text: "Choose" },
    ...TOLD_KINDS.map((value) => ({ value, text: firstLarge(value) })),
    { value: OTHER, text: "Another kind" },
  ];
}

function firstLarge(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** SDT2-4: what kind of information was told, and how it was known who answered: two things, and no content in either. */
function readCall(typed: TypedGoing, errors: Record<string, string>) {
  const told = typed.told === OTHER ? typed.toldOther : TOLD_KINDS.find((each) => each === typed.told);
  if (told === undefined) errors.told = "Choose what kind of information you gave";
  else refuseNumbers("toldOther", told === "" ? "Say which kind, in a few words" : null, told, errors);
  const { confirmed } = typed;
  refuseNumbers("confirmed", confirmed === "" ? "Say how you knew who answered" : null, confirmed, errors);
  return { told: told ?? "", confirmed };
}

/** @param wrong what is wrong with it beside its numbers */
function refuseNumbers(field: string, wrong: string | null, text: string, errors: Record<string, string>): void {
  const says = wrong ?? refusedNumbers(text);
  if (says !== null) errors[field] = says;
}

/** SDT2-3: how something is handed over: brought to somebody, or collected by them. */
export const HANDOVERS = { brought: "I took it to them", collected: "They came for it" } as const;
const NOT_HANDED = { handedTo: "", identification: "", collected: false } as const;

/** To whom it was handed, and in whose place where that is another; by which kind of identification they were known. */
function readHanded({ recipients }: SenderVisit, typed: TypedGoing, errors: Record<string, string>) {
  const names = recipients.filter((each) => !isOver(each)).map(({ name }) => name);
  const named = names.some((each) => each.toLowerCase() === typed.handedTo.toLowerCase());
  if (!Object.hasOwn(HANDOVERS, typed.handover))
    errors.handover = "Choose whether you took it to them, or they came for it";
  if (typed.handedTo === "") errors.handedTo = "Say to whom you handed it";
  else if (!named && !typed.inPlace)
    errors.handedTo = `This is for ${names.join(", ")}. If you handed it to somebody else, tick that they may take it`;
  else refuseNumbers("handedTo", null, typed.handedTo, errors);
  const other = typed.identification === OTHER ? typed.identificationOther : null;
  const identification = other ?? IDENTIFICATIONS.find((each) => each === typed.identification.toLowerCase());
  if (identification === undefined) errors.identification = "Choose which kind of identification you saw";
  if (other !== null)
    refuseNumbers("identificationOther", other === "" ? "Say which kind, in a few words" : null, other, errors);
  const handedTo = named || typed.handedTo === "" ? typed.handedTo : `${typed.handedTo}, for ${names.join(", ")}`;
  return { handedTo, identification: identification ?? "", collected: typed.handover === "collected" };
}

/** SIS-14: whether the service gives a number by which it is followed. */
export function isTracked(carrier: Carrier | null): boolean {
  return carrier !== null && CARRIER_SERVICES[carrier].tracked;
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

/** What policy answers of it now: what the checklist is made of. */
export async function answerNow({ parts, transfer, recipients, member }: SenderVisit): Promise<MethodAnswer> {
  const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
  return found.answer;
}
