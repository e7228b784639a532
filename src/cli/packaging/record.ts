import type { Format } from "../../containers/formats.ts";
import { readableSize } from "../progress.ts";
import type { WrittenFile } from "./pending-file.ts";
import type { InRegister } from "./wanted.ts";

/** What was made: for the transfer's record. No name of what is inside and no password is in it. */
export interface PackageRecord {
  readonly reference: string;
  readonly format: Format;
  readonly madeAt: string;
  readonly contents: { readonly count: number; readonly bytes: number };
  readonly password: "made" | "chosen" | "none";
  readonly folder: string;
  /** The registered medium that it was written to; null for a folder. */
  readonly medium: {
    readonly serial: string;
    readonly recognisedBy: "marker" | "id";
    readonly inRegister: InRegister;
  } | null;
  readonly files: readonly WrittenFile[];
  /** So many of them, the first ones, are the package; the others are sheets. */
  readonly packed: number;
}

/** What the transfer's page asks of a package of several files; null where there is one, which has its own size. */
export function severalText({ files, packed }: Pick<PackageRecord, "files" | "packed">): string | null {
  const bytes = files.slice(0, packed).reduce((sum, { size }) => sum + size, 0);
  return packed === 1 ? null : `${packed} files, ${bytes} bytes in all`;
}

/** The record as a page of text. */
export function recordText(record: PackageRecord): string {
  const { reference, format, madeAt, contents, medium, folder, files } = record;
  const several = severalText(record);
  return [
    `Package ${reference}`,
    "",
    `Made       ${madeAt}, as ${format}`,
    `Contents   ${contents.count} file${contents.count === 1 ? "" : "s"}, ${readableSize(contents.bytes)}`,
    ...(several === null ? [] : [`Package    ${several}`]),
    medium === null
      ? `Folder     ${folder}`
      : `Medium     ${medium.serial} at ${folder}, recognised by its ${medium.recognisedBy}; ${IN_REGISTER[medium.inRegister]}`,
    `Password   ${PASSWORDS[record.password]}`,
    "",
    ...files.flatMap(({ name, size, sha256 }) => [name, `  ${size} bytes`, `  SHA-256 ${sha256}`]),
    "",
    howReadBack(record),
    "",
  ].join("\n");
}

/** SDT-23: what is known of whether it is registered at all. */
export const IN_REGISTER: Readonly<Record<InRegister, string>> = {
  asked: "issued to the sender, says the register",
  "not-asked": "the register was not asked",
};

/** What is known of what lies on the medium now. */
export function howReadBack({ files }: Pick<PackageRecord, "files">): string {
  return files.every(({ readBack }) => readBack === "device")
    ? "Every byte was flushed, read back from the device and compared."
    : "Every byte was flushed, read back through the system and compared. The system may have kept it in memory: to be sure of the device, take it out, put it in again, and compare the digests.";
}

export const PASSWORDS: Readonly<Record<PackageRecord["password"], string>> = {
  made: "made here; not kept",
  chosen: "chosen by the sender; not kept",
  none: "none: sealed to keys",
};
