import { Type } from "typebox";
import { MEDIUM_KINDS, MEDIUM_PURPOSES, type Medium, parseSerial } from "../../../domain/medium.ts";
import { readDecimalNumber } from "../../../domain/typed-number.ts";
import { readDay, type TypedDay, typedDay } from "../../texts/typed-day.ts";

const line = Type.Optional(Type.String({ maxLength: 200 }));

/** The form of a medium, as it was typed. */
export const mediumBody = Type.Object({
  serial: line,
  owner: line,
  kind: line,
  gigabytes: line,
  purpose: line,
  "review-day": line,
  "review-month": line,
  "review-year": line,
});

export interface TypedMedium {
  readonly serial: string;
  readonly owner: string;
  readonly kind: string;
  readonly gigabytes: string;
  readonly purpose: string;
  readonly review: TypedDay;
}

export const BLANK_MEDIUM: TypedMedium = {
  serial: "",
  owner: "",
  kind: "",
  gigabytes: "",
  purpose: "",
  review: { day: "", month: "", year: "" },
};

export function typedFromMedium(medium: Medium): TypedMedium {
  const { serial, owner, kind, capacity, purpose, reviewDue } = medium;
  const review = reviewDue === null ? BLANK_MEDIUM.review : typedDay(reviewDue);
  return { serial, owner, kind, gigabytes: String(capacity / 1e9), purpose, review };
}

export type MediumFields = Pick<Medium, "serial" | "owner" | "kind" | "capacity" | "purpose" | "reviewDue">;

/** A typed medium: its fields, or what is wrong with each. @param today YYYY-MM-DD */
export function readMedium(
  typed: TypedMedium,
  today: string,
): { readonly fields: MediumFields; readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {};
  const serial = parseSerial(typed.serial);
  const owner = typed.owner.trim();
  const kind = MEDIUM_KINDS.find((each) => each === typed.kind);
  const purpose = MEDIUM_PURPOSES.find((each) => each === typed.purpose);
  const gigabytes = readDecimalNumber(typed.gigabytes) ?? 0;
  const reviewDue = purpose === "archive" ? readDay(typed.review) : null;
  if (serial === null) errors.serial = "Enter the serial as it stands on it: letters, digits, dots and hyphens";
  if (owner === "" || owner.length > 100) errors.owner = "Enter the team or person to whom it belongs";
  if (!kind) errors.kind = "Choose whether it encrypts by itself";
  if (!purpose) errors.purpose = "Choose what it is for";
  if (!(gigabytes > 0 && gigabytes < 1e6)) errors.gigabytes = "Enter its size in gigabytes, such as 32 or 0.5";
  if (purpose === "archive" && (reviewDue === null || reviewDue <= today))
    errors.review = "Enter the day on which it is looked at again, such as 22 11 2027";
  return {
    errors,
    fields: {
      serial: serial ?? "",
      owner,
      kind: kind ?? "standard",
      capacity: Math.round(gigabytes * 1e9),
      purpose: purpose ?? "transfer",
      reviewDue,
    },
  };
}
