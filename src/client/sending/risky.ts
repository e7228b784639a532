/** Why a file is refused unless a reason is recorded: nothing that is sealed can be scanned on the server. */
export type Risk = "program" | "script" | "macros";

/** A file that was chosen. `read` gives bytes [start, end), fewer at its end. */
export interface Chosen {
  readonly name: string;
  readonly size: number;
  /** Its first bytes, `HEAD_SIZE` of them where it has as many. */
  readonly head: Uint8Array;
  read(start: number, end: number): Promise<Uint8Array>;
}

export const HEAD_SIZE = 8;
const MIB = 1024 * 1024;
/** The part of an archive in which its list of names is looked for, and of an old Office file that is searched. */
const LIST_SIZE = 4 * MIB;
const OLD_OFFICE_SIZE = 64 * MIB;

const BY_NAME: Readonly<Record<Risk, string>> = {
  program:
    "exe dll com scr pif cpl msi msp mst ocx sys drv app apk appx appxbundle msix msixbundle deb rpm dmg pkg jar xll gadget lnk scf url",
  script:
    "bat cmd ps1 ps1xml psm1 psd1 vb vbs vbe js jse mjs ws wsf wsc wsh hta sh bash command reg inf msc sct applescript scpt",
  macros: "docm dotm xlsm xltm xlam pptm potm ppsm ppam sldm",
};
const RISK_OF = new Map(
  (["program", "script", "macros"] as const).flatMap((risk) =>
    BY_NAME[risk].split(" ").map((name) => [name, risk] as const),
  ),
);

/** First bytes in hexadecimal: Windows, Linux, macOS (five forms; the last also Java), Windows shortcut, `#!`. */
const BY_HEAD: readonly (readonly [string, Risk])[] = [
  ["4d5a", "program"],
  ["7f454c46", "program"],
  ["feedface", "program"],
  ["feedfacf", "program"],
  ["cefaedfe", "program"],
  ["cffaedfe", "program"],
  ["cafebabe", "program"],
  ["4c00000001140200", "program"],
  ["2321", "script"],
];
const ZIP = "504b0304";
const OLD_OFFICE = "d0cf11e0a1b11ae1";
const MACRO_PART = /(?:^|\/)vbaProject\.bin$/i;

/**
 * Whether a file is, or visibly holds, a program, a script or macros: by its name, its first bytes and, for archives and
 * Office files, the names inside. A closed archive (encrypted names, or one inside another) is not seen through.
 */
export async function riskOf(file: Chosen): Promise<Risk | null> {
  const named = riskOfName(file.name);
  if (named !== null) return named;
  const head = hex(file.head);
  const known = BY_HEAD.find(([bytes]) => head.startsWith(bytes));
  if (known !== undefined && !(known[0] === "4d5a" && file.size < 64)) return known[1];
  if (head.startsWith(ZIP)) return riskOfArchive(await file.read(Math.max(0, file.size - LIST_SIZE), file.size));
  if (head === OLD_OFFICE)
    return hasOldMacros(await file.read(0, Math.min(file.size, OLD_OFFICE_SIZE))) ? "macros" : null;
  return null;
}

function riskOfName(name: string): Risk | null {
  const extension = /\.([^./\\]+)[. ]*$/.exec(name)?.[1] ?? "";
  return RISK_OF.get(extension.toLowerCase()) ?? null;
}

/** Reads the names in a zip's central directory (APPNOTE 4.3.12) out of the end of the file. */
function riskOfArchive(end: Uint8Array): Risk | null {
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  for (let at = 0; at + 46 <= end.length; at++) {
    if (end[at] !== 0x50 || view.getUint32(at, true) !== 0x02014b50) continue;
    const length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(end.subarray(at + 46, at + 46 + length));
    if (MACRO_PART.test(name)) return "macros";
    const risk = riskOfName(name);
    if (risk !== null) return risk;
    at += 45;
  }
  return null;
}

/** Office files before 2007 keep their macros in a storage of this name (MS-OVBA 2.2.1), written in UTF-16. */
function hasOldMacros(bytes: Uint8Array): boolean {
  const wanted = [..."_VBA_PROJECT"].flatMap((letter) => [letter.charCodeAt(0), 0]);
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return true;
  }
  return false;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, HEAD_SIZE), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
