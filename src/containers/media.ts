import { parseSerial } from "../domain/medium.ts";
import { ContainerError } from "./error.ts";

/** A removable medium as the register has it. */
export interface RegisteredMedia {
  /** What stands on its label, such as `M-0042`. */
  readonly serial: string;
  /** Ids and labels of its volumes, and its maker's serial, where the register recorded them. */
  readonly knownAs: readonly string[];
}

/** What a volume says of itself. Whoever had it in their hands can have written all of it: this finds mistakes, not deceit. */
export interface FoundMedia {
  /** The serial in its marker file; null where it has none. */
  readonly marker: string | null;
  /** Its label, its file system's ids, its maker's serial: whichever the system tells. */
  readonly ids: readonly string[];
}

/** The file at the top of a volume that names its serial in the register. */
export const MARKER_FILE = "waybill-media.txt";

/** What the marker file holds. */
export function markerText(serial: string): string {
  return `Registered media: ${serial}\r\n`;
}

/** The serial in a marker file; null where it is none of ours. Anyone can have written it. */
export function readMarker(text: string): string | null {
  return parseSerial(/^Registered media: (\S{1,40})\s*$/.exec(text)?.[1] ?? "");
}

/**
 * Refuses a volume that is not the registered medium (SDT-23: nothing leaves on a medium whose owner is not known).
 * @returns what it was recognised by.
 * @throws ContainerError `wrong-media`
 */
export function recognise(registered: RegisteredMedia, found: FoundMedia): "marker" | "id" {
  const wanted = folded(registered.serial);
  if (found.marker !== null) {
    if (folded(found.marker) === wanted) return "marker";
    const message = `This volume is registered as ${found.marker}, not as ${registered.serial}. Nothing was written. Put in the other one, or give its serial.`;
    throw new ContainerError({ code: "wrong-media", message });
  }
  const known = [wanted, ...registered.knownAs.map(folded)];
  if (found.ids.some((id) => known.includes(folded(id)))) return "id";
  const message =
    `Nothing on this volume says that it is ${registered.serial}: no file ${MARKER_FILE} and no label or number that the register knows. ` +
    "Nothing was written. Check that it is the registered one; then mark it with --mark-volume.";
  throw new ContainerError({ code: "wrong-media", message });
}

function folded(id: string): string {
  return parseSerial(id) ?? id.trim();
}
