import { type Format } from "./formats.ts";
import type { PackageItem } from "./package-item.ts";
/** What a recipient has to open files with. */
export type Tool = "7-zip" | "winzip" | "windows" | "macos" | "keka" | "age" | "office" | "libreoffice" | "pdf-reader";
/** What each is called, for people. */
export declare const TOOLS: Readonly<Record<Tool, string>>;
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
export declare function adviseFormat(has: readonly Tool[], items: readonly PackageItem[]): Advice;
