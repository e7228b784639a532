import type { Progress } from "../../../client/progress.ts";
import type { Advice } from "../../../containers/advice.ts";
import type { Format } from "../../../containers/formats.ts";
import type { Judgement } from "../../../containers/password-strength.ts";
import type { Trouble } from "./trouble.ts";

/** What becomes a package. Files stay on this device. */
export interface PackageWish {
  readonly reference: string;
  readonly format: Format;
  readonly files: readonly { readonly name: string; readonly content: Blob }[];
  /** What it opens with: a password that was typed, one that is made here, or public keys (age only). */
  readonly opening: { readonly typed: string } | "made" | { readonly recipients: readonly string[] };
  /** What an attacker would try first, beside the names of the files: purpose, people. A typed password made of it is refused. */
  readonly known: readonly string[];
  /** For the sheets. */
  readonly organisation: string;
  readonly call: string;
  readonly arrival: { readonly host: string; readonly code: string } | null;
  /** Where a medium is sent back to; null: it goes on none, or nobody said. */
  readonly returnTo: string | null;
  /** A sheet in each of these. */
  readonly languages: readonly ("en" | "cy")[];
  /** ISO 8601, of the sheets. */
  readonly date: string;
}

/** Where to: a folder that the person picked (a stick, too), this site's private file system, or memory. */
export type PackageWhere =
  | { readonly way: "folder"; readonly handle: FileSystemDirectoryHandle }
  | { readonly way: "private" }
  | { readonly way: "memory" };

/** From the page to the package worker. One package at a time. */
export type PackageCall =
  | { readonly kind: "make"; readonly wish: PackageWish; readonly where: PackageWhere }
  /** `known`: what an attacker would try first, such as the reference and names. */
  | { readonly kind: "judge"; readonly password: string; readonly format: Format; readonly known: readonly string[] }
  /** `has`: what the recipient has, as `containers/advice.ts` names it; other words count for nothing. */
  | {
      readonly kind: "advise";
      readonly has: readonly string[];
      readonly files: readonly { readonly name: string; readonly size: number }[];
    }
  | { readonly kind: "room"; readonly wanted: number }
  | { readonly kind: "stop" };

/** A file that was made. `content` is what the page must still download; null when it lies where the person picked. */
export interface MadeFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly content: Blob | null;
  /** Whether it was read from where it lies, after it was closed, and was what had been written. */
  readonly readBack: boolean;
  /** A file of the package; otherwise a sheet beside it. */
  readonly packed: boolean;
}

/** From the package worker to the page. `password` is there only where it was made here: to be shown once. */
export type PackageNews =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "judged"; readonly judgement: Judgement }
  | { readonly kind: "advised"; readonly advice: Advice }
  | { readonly kind: "room"; readonly most: number }
  | { readonly kind: "made"; readonly files: readonly MadeFile[]; readonly password: string | null }
  | { readonly kind: "not-made"; readonly trouble: Trouble };
