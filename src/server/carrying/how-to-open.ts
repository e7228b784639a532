import { IS_EACH, MOST_PACKAGE_FILES, PACKAGE_KINDS, type PackageKind } from "../../domain/carriage.ts";
import type { Language } from "../../domain/contact.ts";
import type { CarriedPaper } from "../../paperwork/carried/carried-paper.ts";
import { whomToCall } from "../../paperwork/carried/sheet-words.ts";
import { PaperworkError } from "../../paperwork/error.ts";
import { instructionSheets } from "../../paperwork/package-sheet/instruction-sheet.ts";
import type { Paper } from "../../paperwork/paper.ts";

/** What it is packed in, and how many files that makes. */
export interface Packed {
  readonly kind: PackageKind;
  readonly files: number;
}

/**
 * What the page says of a package that was made a moment ago and is not stated yet; null where it says nothing.
 * @param query of the address: the sender controls it
 */
export function packedFrom(query: { readonly package?: string; readonly files?: string }): Packed | null {
  const kind = PACKAGE_KINDS.find((each) => each === query.package);
  if (kind === undefined) return null;
  const files = /^\d{1,2}$/.test(query.files ?? "") ? Number(query.files) : 1;
  return { kind, files: IS_EACH[kind] ? Math.min(Math.max(files, 1), MOST_PACKAGE_FILES) : 1 };
}

/**
 * The sheet beside a package (SDT-14, SDT-26), in one language, with the code by which they confirm arrival.
 * @throws PaperworkError `bad-document` where nothing is packed
 */
export function howToOpen(packed: Packed | null, about: CarriedPaper, language: Language): Paper {
  const { reference, organisation, host, recipient, date } = about;
  const sheets = packed === null ? [] : instructionSheets(factsOf(packed), date);
  const sheet = sheets.find(({ paper }) => (paper.language === "cy") === (language === "cy"));
  if (sheet) return sheet.paper;
  throw new PaperworkError({ code: "bad-document", message: "Nothing is packed, so no sheet says how to open it." });

  function factsOf({ kind: format, files: count }: Packed) {
    const names = Array.from({ length: count }, (_, at) => `${reference}${count > 1 ? `-${at + 1}` : ""}`);
    return {
      ...{ reference, format, files: names.map((name) => `${name}${ENDINGS[format]}`), toKeys: false },
      inner: format === "zip" || format === "age" ? `${reference}-files.zip` : null,
      ...{ organisation: organisation.name, call: whomToCall(organisation) },
      arrival: { host, code: recipient.code },
      returnTo: about.medium === null ? null : (about.returnAddress?.join(", ") ?? null),
    };
  }
}

/** Of the package's files. Which of Office's it is the record does not know. */
const ENDINGS: Readonly<Record<PackageKind, string>> = {
  zip: ".zip",
  age: ".zip.age",
  pdf: ".pdf",
  office: " (.docx, .xlsx, .pptx)",
};
