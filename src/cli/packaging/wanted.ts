import type { Format } from "../../containers/formats.ts";

/** What the person asked for, as typed: `waybill package`. */
export interface Wanted {
  readonly files: readonly string[];
  readonly format: Format | null;
  /** What the recipient has; null where it was not said. */
  readonly has: readonly string[] | null;
  readonly keys: WantedKeys;
  readonly password: WantedPassword;
  readonly json: boolean;
  /** Where the record goes as a PDF: a new file. */
  readonly record: string | undefined;
}

export interface WantedKeys {
  readonly keys: readonly string[];
  readonly files: readonly string[];
  readonly classic: boolean;
}

/** Where a password comes from, and where a made one goes. Never an argument: those show in lists of processes. */
export interface WantedPassword {
  readonly typed: boolean;
  readonly fd: string | undefined;
  readonly toFd: string | undefined;
  /** A new file. */
  readonly toFile: string | undefined;
}

/** What stands on the sheets. */
export interface Outside {
  readonly reference: string;
  readonly organisation: string;
  readonly call: string;
  /** SDT-24: where a medium is sent back to; null where that was not said. */
  readonly returnTo: string | null;
  /** Where arrival is confirmed on the web, and the recipient's code; null where that was not said. */
  readonly arrival: { readonly host: string; readonly code: string } | null;
}

/** Where the package goes: a folder, or a registered medium. */
export type Place =
  | { readonly folder: string; readonly inRegister: null }
  | { readonly volume: string; readonly serial: string; readonly mark: boolean; readonly inRegister: InRegister };

/** SDT-23: whether the register was asked if the medium is issued to whoever packs. */
export type InRegister = "asked" | "not-asked";
