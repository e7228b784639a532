import type { PackageKind } from "../../domain/carriage.ts";
import type { Language } from "../../domain/contact.ts";
import type { CarriedPaper } from "../../paperwork/carried/carried-paper.ts";
import { whomToCall } from "../../paperwork/carried/sheet-words.ts";
import { PaperworkError } from "../../paperwork/error.ts";
import { instructionSheets } from "../../paperwork/package-sheet/instruction-sheet.ts";
import type { Paper } from "../../paperwork/paper.ts";

/**
 * The sheet beside a package (SDT-14, SDT-26), in one language, with the code by which they confirm arrival.
 * @throws PaperworkError `bad-document` where nothing is packed
 */
export function howToOpen(packed: PackageKind | null, about: CarriedPaper, language: Language): Paper {
  const { reference, organisation, host, recipient, date } = about;
  const sheets = packed === null ? [] : instructionSheets(factsOf(packed), date);
  const sheet = sheets.find(({ paper }) => (paper.language === "cy") === (language === "cy"));
  if (sheet) return sheet.paper;
  throw new PaperworkError({ code: "bad-document", message: "Nothing is packed, so no sheet says how to open it." });

  function factsOf(format: PackageKind) {
    return {
      ...{ reference, format, files: ENDINGS[format].map((ending) => `${reference}${ending}`), toKeys: false },
      inner: format === "zip" || format === "age" ? `${reference}-files.zip` : null,
      ...{ organisation: organisation.name, call: whomToCall(organisation) },
      arrival: { host, code: recipient.code },
    };
  }
}

/** Of the package's file. Which of Office's it is the record does not know. */
const ENDINGS: Readonly<Record<PackageKind, readonly string[]>> = {
  zip: [".zip"],
  age: [".zip.age"],
  pdf: [".pdf"],
  office: [" (.docx, .xlsx, .pptx)"],
};
