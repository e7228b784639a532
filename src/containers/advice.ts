import { IS_EACH, MOST_PACKAGE_FILES } from "../domain/carriage.ts";
import { extensionOf, FORMAT_FACTS, FORMATS, type Format } from "./formats.ts";
import type { PackageItem } from "./package-item.ts";

/** What a recipient has to open files with. */
export type Tool = "7-zip" | "winzip" | "windows" | "macos" | "keka" | "age" | "office" | "libreoffice" | "pdf-reader";

/** What each is called, for people. */
export const TOOLS: Readonly<Record<Tool, string>> = {
  "7-zip": "7-Zip",
  winzip: "WinZip",
  windows: "Windows as it comes, with Edge",
  macos: "a Mac as it comes, with Preview",
  keka: "Keka or The Unarchiver on a Mac",
  age: "the age program",
  office: "Microsoft Office 2010 or later",
  libreoffice: "LibreOffice",
  "pdf-reader": "Acrobat Reader or another PDF reader",
};

/** What opens each format. Neither Windows' Explorer nor a Mac's Finder opens a zip with AES-256; Edge and Preview open PDFs with a password. */
const OPENED_BY: Readonly<Record<Format, readonly Tool[]>> = {
  zip: ["7-zip", "winzip", "keka"],
  age: ["age"],
  pdf: ["pdf-reader", "windows", "macos", "libreoffice"],
  office: ["office", "libreoffice"],
};

/** One format for these files and this recipient. */
export interface FormatAdvice {
  readonly format: Format;
  /** Which of the recipient's programs open it. */
  readonly opensWith: readonly Tool[];
  /** Why it does not serve for these files; null where it does. */
  readonly unfit: string | null;
  /** Who can open it, and with what: one sentence. */
  readonly says: string;
}

/** All formats, best first, and the one to take: null where nothing that the recipient has opens any that these files fit. */
export interface Advice {
  readonly best: Format | null;
  readonly formats: readonly FormatAdvice[];
  readonly says: string;
}

/**
 * Which format to send, from what the recipient has. A document stays a document where it may (nothing more to install, nothing to unpack); several
 * files, and anything else, go into a zip.
 */
export function adviseFormat(has: readonly Tool[], items: readonly PackageItem[]): Advice {
  const formats = FORMATS.map((format) => adviceOn(format, has, items));
  const order = items.length === 1 ? ["pdf", "office", "zip", "age"] : ["zip", "age", "pdf", "office"];
  const rank = ({ format, unfit, opensWith }: FormatAdvice) =>
    (unfit === null ? 0 : 20) + (opensWith.length > 0 ? 0 : 10) + order.indexOf(format);
  const ranked = formats.sort((a, b) => rank(a) - rank(b));
  const [first] = ranked;
  const served = first !== undefined && first.unfit === null && first.opensWith.length > 0;
  if (served) return { best: first.format, formats: ranked, says: first.says };
  const says =
    "Nothing that they have opens an encrypted package of these files. Send a secure link instead, or ask them to install 7-Zip (Windows) or Keka (Mac), which " +
    "are free; then send a zip. Windows Explorer does not open a zip with AES-256, and the encryption that it does open is broken.";
  return { best: null, formats: ranked, says };
}

function adviceOn(format: Format, has: readonly Tool[], items: readonly PackageItem[]): FormatAdvice {
  const opensWith = OPENED_BY[format].filter((tool) => has.includes(tool));
  const names = (tools: readonly Tool[]) => tools.map((tool) => TOOLS[tool]).join(", ");
  const { says, takes, limit } = FORMAT_FACTS[format];
  const others = items.some(({ name }) => takes !== null && !takes.includes(extensionOf(name)));
  const larger = items.some(({ size }) => limit !== null && size > limit);
  const many = IS_EACH[format] && items.length > MOST_PACKAGE_FILES;
  const unfit = others
    ? `It takes ${takes?.join(", ")} only.`
    : larger
      ? `A file is larger than ${(limit ?? 0) / 1e6} MB.`
      : many
        ? `It takes ${MOST_PACKAGE_FILES} files at the most.`
        : null;
  const theirs =
    opensWith.length > 0 ? `They can open it with ${names(opensWith)}.` : "They have nothing that opens it.";
  return { format, opensWith, unfit, says: `As ${says}: opened with ${names(OPENED_BY[format])}. ${theirs}` };
}
