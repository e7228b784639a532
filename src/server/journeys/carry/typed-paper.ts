import { Type } from "typebox";
import type { Carriage } from "../../../domain/carriage.ts";
import { isWithin, type OnPaper } from "../../../domain/lifecycle/from-paper.ts";
import { readWholeNumber } from "../../../domain/typed-number.ts";
import type { FilledInFor } from "../../carrying/enter-paper.ts";
import { readSeenDigest } from "../../carrying/seen-digest.ts";
import { readMoment, type TypedMoment } from "../../texts/typed-moment.ts";
import type { Way } from "../../words/ways-to-tell.ts";
import { type HeardBy, heardBy } from "./heard.ts";
import { goingFields } from "./typed-going.ts";

const MOST = 50;
/** One for each recipient, in the order of `recipient`; a form with one recipient sends a text. */
const lines = Type.Optional(
  Type.Union([Type.String({ maxLength: 500 }), Type.Array(Type.String({ maxLength: 500 }), { maxItems: MOST })]),
);
const moment = <Prefix extends string>(prefix: Prefix) =>
  ({
    [`${prefix}-day`]: lines,
    [`${prefix}-month`]: lines,
    [`${prefix}-year`]: lines,
    [`${prefix}-time`]: lines,
    [`${prefix}-by`]: lines,
  }) as Readonly<Record<`${Prefix}-${"day" | "month" | "year" | "time" | "by"}`, typeof lines>>;

/** The form of a filled-in checklist, as it was typed: nothing of it is checked yet. */
export const paperBody = Type.Object({
  ...moment("went"),
  ...moment("arrived"),
  ...moment("told"),
  ...moment("received"),
  ...goingFields,
  recipient: lines,
  "arrived-how": lines,
  "arrived-reader": lines,
  "told-way": lines,
  "received-how": lines,
  "received-note": lines,
  "received-pages": lines,
  "received-handling": lines,
  "received-digest": lines,
});

export type PaperForm = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A step as it was typed: when, and who did it. */
export interface TypedStep extends TypedMoment {
  readonly by: string;
}

export interface TypedFor {
  readonly arrived: TypedStep & { readonly how: string; readonly reader: string };
  readonly told: TypedStep & { readonly way: string };
  readonly received: TypedStep & {
    readonly how: string;
    readonly note: string;
    readonly pages: string;
    readonly handling: string;
    readonly digest: string;
  };
}

/** The text of a field; the one at `at` where there is one for each recipient. */
export function fieldOf(form: PaperForm, name: string, at = 0): string {
  return ([form[name] ?? ""].flat()[at] ?? "").trim();
}

export function typedStep(form: PaperForm, prefix: string, at = 0): TypedStep {
  const of = (name: string) => fieldOf(form, `${prefix}-${name}`, at);
  return { day: of("day"), month: of("month"), year: of("year"), time: of("time"), by: of("by") };
}

export function typedFor(form: PaperForm, at: number): TypedFor {
  const of = (name: string) => fieldOf(form, name, at);
  return {
    arrived: { ...typedStep(form, "arrived", at), how: of("arrived-how"), reader: of("arrived-reader") },
    told: { ...typedStep(form, "told", at), way: of("told-way") },
    received: {
      ...typedStep(form, "received", at),
      ...{ how: of("received-how"), note: of("received-note"), pages: of("received-pages") },
      ...{ handling: of("received-handling"), digest: of("received-digest") },
    },
  };
}

/** What must be so for a step to be read: what came before it, and what comes before on the paper is called. */
export interface ReadingStep {
  /** ISO 8601; null: what comes before it is missing. */
  readonly notBefore: string | null;
  readonly before: string;
  readonly now: string;
}

/** A typed step: null where its time was left empty, and a sentence where something is wrong with it. */
export function readStep(typed: TypedStep, { notBefore, before, now }: ReadingStep): OnPaper | string | null {
  if ([typed.day, typed.month, typed.year, typed.time].every((each) => each === "")) return null;
  if (notBefore === null) return `Enter first when ${before}`;
  const at = readMoment(typed);
  if (at === null) return "Enter the day and the time, such as 27 11 2026 and 14:05";
  if (at > now) return "This is in the future. A paper tells of what has happened";
  if (!isWithin(at, { notBefore, now })) return `This is before ${before}`;
  return typed.by === "" ? "Say who did or noted it" : { at, by: typed.by };
}

/** What the record says of one recipient already, and how they can be told. */
export interface AboutRecipient {
  readonly id: string;
  /** When it went, ISO 8601; null: neither on record nor on the paper. */
  readonly wentAt: string | null;
  /** When they were told the password, or it was said that they need none, where that is on record. */
  readonly toldAt: string | null;
  /** When it arrived, where that is on record. */
  readonly arrivedAt: string | null;
  readonly now: string;
  readonly ways: readonly Way[];
  /** SIS-21: pages that the machine sent, as the record or the paper says; null: it is no fax. */
  readonly sent: number | null;
  readonly carriage: Pick<Carriage, "method" | "fixed">;
}

/** What a paper says of one recipient, or what is wrong with it, by the part of the form. */
export function readFor(
  typed: TypedFor,
  { id, wentAt, arrivedAt, toldAt, now, ways, sent, carriage }: AboutRecipient,
): { readonly filled: FilledInFor; readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  const read = (part: "arrived" | "told" | "received", bounds: Omit<ReadingStep, "now">): OnPaper | null => {
    const found = readStep(typed[part], { ...bounds, now });
    if (typeof found !== "string") return found;
    errors[part] = found;
    return null;
  };
  const { fixed } = carriage;
  const how = (part: "arrived" | "received", on: OnPaper | null): HeardBy | null => {
    const by = on === null ? null : heardBy(typed[part].how, part === "arrived" ? "arrival" : "receipt", carriage);
    if (on !== null && by === null) errors[part] = "Choose how it is known";
    return by;
  };
  const arrived = arrivedAt === null ? read("arrived", { notBefore: wentAt, before: "it went" }) : null;
  const arrivedHow = how("arrived", arrived);
  const there = { notBefore: arrivedAt ?? arrived?.at ?? null, before: "it arrived" };
  const told = read("told", there);
  const way = ways.find(({ value }) => value === typed.told.way);
  if (told && !way) errors.told = "Choose how they were told the password";
  // SDT-21: what they cannot open yet, nobody says is complete.
  const password = { notBefore: toldAt ?? told?.at ?? null, before: "they were told the password" };
  const later = fixed.package !== null && (password.notBefore ?? "9") > (there.notBefore ?? "");
  const received = read("received", later && there.notBefore !== null ? password : there);
  const receivedHow = how("received", received);
  const { note, pages, handling, digest } = typed.received;
  const seen = readSeenDigest(digest, fixed);
  if (received && seen.is === "unreadable") errors.received = "Enter all 64 digits and letters a to f of the SHA-256";
  if (received && seen.is === "other")
    errors.received =
      "This is not the SHA-256 of what was sent, so it is no receipt. Nothing was recorded: leave the receipt out here, and record it on the page of the recipient, where it is reported as damaged";
  const count = readWholeNumber(pages, 99_999);
  if (received && sent !== null && count === null) errors.received = "Enter how many pages came";
  const short = sent !== null && count !== null && count !== sent;
  return {
    errors,
    filled: {
      id,
      arrived: arrived && arrivedHow && { on: arrived, by: arrivedHow, reader: typed.arrived.reader },
      told: told && way ? { on: told, channel: way.channel, ending: way.number.slice(-4) } : null,
      short: short && received && receivedHow ? { on: received, by: receivedHow, pages: count } : null,
      received:
        short || received === null || receivedHow === null
          ? null
          : {
              ...{ on: received, by: receivedHow, note },
              ...{ pages: sent === null ? null : count, handling: handling === "yes" },
              digests: seen.digests,
            },
    },
  };
}
