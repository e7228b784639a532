import { Type } from "typebox";
import type { SharingAgreement } from "../../../domain/sharing-agreement.ts";
import { methodsIn } from "../../texts/methods.ts";
import { readDay, typedDay } from "../../texts/typed-day.ts";

const line = Type.String({ maxLength: 1000 });

/** The form of an agreement, as it was typed: nothing of it is checked yet. */
export const agreementBody = Type.Object({
  reference: line,
  organisation: line,
  methods: Type.Optional(Type.Union([line, Type.Array(line, { maxItems: 20 })])),
  "expires-day": line,
  "expires-month": line,
  "expires-year": line,
  documents: Type.String({ maxLength: 5000 }),
});

export interface TypedAgreement {
  readonly reference: string;
  readonly organisation: string;
  readonly methods: readonly string[];
  readonly expires: { readonly day: string; readonly month: string; readonly year: string };
  readonly documents: string;
}

export type AgreementFields = Pick<
  SharingAgreement,
  "reference" | "organisation" | "methods" | "expires" | "documents"
>;

export function typedFromBody(body: {
  readonly reference: string;
  readonly organisation: string;
  readonly methods?: string | string[];
  readonly "expires-day": string;
  readonly "expires-month": string;
  readonly "expires-year": string;
  readonly documents: string;
}): TypedAgreement {
  const { reference, organisation, methods = [], documents } = body;
  const expires = { day: body["expires-day"], month: body["expires-month"], year: body["expires-year"] };
  return { reference, organisation, methods: [methods].flat(), expires, documents };
}

/** An agreement as its form shows it. */
export function typedFromAgreement(agreement: SharingAgreement): TypedAgreement {
  const { reference, organisation, methods, expires, documents } = agreement;
  return { reference, organisation, methods, expires: typedDay(expires), documents };
}

/** SDT-5: a typed agreement: its fields, or what is wrong with each. */
export function readAgreement(typed: TypedAgreement): {
  readonly fields: AgreementFields;
  readonly errors: Readonly<Record<string, string>>;
} {
  const errors: Record<string, string> = {};
  const reference = typed.reference.trim();
  const organisation = typed.organisation.trim();
  const documents = typed.documents.trim();
  const expires = readDay(typed.expires);
  if (reference === "" || reference.length > 60) errors.reference = "Enter its reference, in 60 characters or fewer";
  if (organisation === "" || organisation.length > 100)
    errors.organisation = "Enter the organisation that it is with, as it stands under Contacts";
  if (expires === null) errors.expires = "Enter the last day on which it holds, such as 31 3 2027";
  if (documents.length > 500) errors.documents = "Say where it is kept in 500 characters or fewer";
  return {
    errors,
    fields: { reference, organisation, methods: methodsIn(typed.methods), expires: expires ?? "", documents },
  };
}
