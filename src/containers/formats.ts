import { IS_EACH, MOST_PACKAGE_FILES, PACKAGE_KINDS, type PackageKind } from "../domain/carriage.ts";
import { ContainerError } from "./error.ts";
import type { PackageItem } from "./package-item.ts";

/** What a package can be: the kinds that a transfer's record knows. */
export type Format = PackageKind;

export const FORMATS: readonly Format[] = PACKAGE_KINDS;

/** What is true of a format. */
export interface FormatFacts {
  /** What it is, in a sentence. */
  readonly says: string;
  /** The most that one file may have, in bytes; null where the format streams and has no limit that matters. */
  readonly limit: number | null;
  /** The most characters that a password may have in the programs that open it. */
  readonly passwordLimit: number;
  /** Endings of the files that it takes, in lower case; null for all. */
  readonly takes: readonly string[] | null;
}

export const FORMAT_FACTS: Readonly<Record<Format, FormatFacts>> = {
  zip: { says: "a zip with AES-256", limit: null, passwordLimit: 99, takes: null },
  age: { says: "an age file", limit: null, passwordLimit: 255, takes: null },
  // The document is taken apart and written again in memory: about ten times its size.
  pdf: { says: "a PDF with AES-256", limit: 100_000_000, passwordLimit: 127, takes: [".pdf"] },
  // Word opens none larger than 512 MB; its field for the password takes 15 characters on some systems.
  office: {
    says: "a Word, Excel or PowerPoint document with a password",
    limit: 500_000_000,
    passwordLimit: 15,
    takes: [".docx", ".xlsx", ".pptx"],
  },
};

/** The end of a file's name with its dot, in lower case; empty for none. */
export function extensionOf(name: string): string {
  return /[^/](\.[^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/**
 * Refuses, before anything is made, what a format cannot hold.
 * @throws ContainerError `bad-input`, `wrong-kind`, `too-large`. The message counts files and does not name them.
 */
export function refuseUnfit(format: Format, items: readonly PackageItem[]): void {
  if (items.length === 0) throw new ContainerError({ code: "bad-input", message: "There is nothing to pack." });
  const { takes, limit, says } = FORMAT_FACTS[format];
  const others = items.filter(({ name }) => takes !== null && !takes.includes(extensionOf(name)));
  if (takes !== null && others.length > 0) {
    const message = `${others.length} of ${items.length} files cannot become ${says}: it takes ${takes.join(", ")}. Use zip for all of them.`;
    throw new ContainerError({ code: "wrong-kind", message });
  }
  if (IS_EACH[format] && items.length > MOST_PACKAGE_FILES) {
    const message = `${items.length} files would each be ${says}: ${MOST_PACKAGE_FILES} are the most. Nothing was written. Use zip for all of them.`;
    throw new ContainerError({ code: "too-large", message });
  }
  const tooLarge = items.find(({ size }) => limit !== null && size > limit);
  if (limit !== null && tooLarge !== undefined) {
    const message = `A file of ${Math.ceil(tooLarge.size / 1e6)} MB is too large for ${says}, which goes up to ${limit / 1e6} MB. Nothing was written. Use zip or age.`;
    throw new ContainerError({ code: "too-large", message });
  }
}
