import type { PackageItem } from "./package-item.ts";
/** What a package can be. */
export type Format = "zip" | "age" | "pdf" | "office";
export declare const FORMATS: readonly Format[];
/** What is true of a format. */
export interface FormatFacts {
  /** What it is, in a sentence. */
  readonly says: string;
  /** The most that one file may have, in bytes; null where the format streams and has no limit that matters. */
  readonly limit: number | null;
  /** Whether each file becomes a package of its own, of the same kind; otherwise all are in one. */
  readonly each: boolean;
  /** The most characters that a password may have in the programs that open it. */
  readonly passwordLimit: number;
  /** Endings of the files that it takes, in lower case; null for all. */
  readonly takes: readonly string[] | null;
}
export declare const FORMAT_FACTS: Readonly<Record<Format, FormatFacts>>;
/** The end of a file's name with its dot, in lower case; empty for none. */
export declare function extensionOf(name: string): string;
/**
 * Refuses, before anything is made, what a format cannot hold.
 * @throws ContainerError `bad-input`, `wrong-kind`, `too-large`. The message counts files and does not name them.
 */
export declare function refuseUnfit(format: Format, items: readonly PackageItem[]): void;
