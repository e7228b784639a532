import type { PackageKind } from "../../domain/carriage.ts";

/** What a sheet is about: nothing of it says what is inside, who sent it, or how sensitive it is. */
export interface SheetFacts {
  readonly reference: string;
  readonly format: PackageKind;
  /** Names of the package's files, which are the reference and an ending. */
  readonly files: readonly string[];
  /** The name of the zip inside; null where the package holds the documents themselves. */
  readonly inner: string | null;
  /** Sealed to the recipient's own keys: there is no password. */
  readonly toKeys: boolean;
  /** The organisation that sent it, and whom to ring there: given by the sender, for everyone's eyes. */
  readonly organisation: string;
  readonly call: string;
  /** SDT-24: where a medium is sent back to; null where it is on none, or nobody said. */
  readonly returnTo: string | null;
  /** Where arrival can be confirmed on the web, and the recipient's code for it; null where there is none. */
  readonly arrival: { readonly host: string; readonly code: string } | null;
}

/** As many names as are read within a sentence: of more, the first and the last, which are numbered. */
const SHORT = 4;

/** Names of a package's files, for a sentence. */
export function shortly(files: readonly string[]): string {
  return files.length <= SHORT ? files.join(", ") : `${files[0]} … ${files.at(-1)}`;
}

/** The sheet's words in one language. */
export interface SheetTexts {
  readonly title: (reference: string) => string;
  readonly lead: (organisation: string) => string;
  readonly factNames: {
    readonly reference: string;
    readonly from: string;
    readonly call: string;
    readonly files: string;
  };
  readonly wrongTitle: string;
  readonly wrong: (call: string) => readonly string[];
  readonly arrivedTitle: string;
  readonly arrived: (call: string) => string;
  readonly arrivedOnline: (host: string, code: string, call: string) => string;
  readonly openTitle: string;
  readonly open: Readonly<Record<PackageKind, (facts: SheetFacts) => readonly string[]>>;
  readonly key: (facts: SheetFacts) => readonly string[];
  readonly passwordTitle: string;
  readonly password: readonly string[];
  readonly dutiesTitle: string;
  readonly duties: (returnTo: string | null) => readonly string[];
  readonly troubleTitle: string;
  readonly trouble: (call: string) => string;
}
