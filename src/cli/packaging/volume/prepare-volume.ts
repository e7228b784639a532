import { readdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MARKER_FILE, markerText, recognise } from "../../../containers/media.ts";
import { parseSerial } from "../../../domain/medium.ts";
import { CliError } from "../../error.ts";
import { readableSize } from "../../progress.ts";
import { fileError } from "../../system-error.ts";
import { isBegun } from "../pending-file.ts";
import { largestFile, type MountedVolume, mountedVolume } from "./mounted-volume.ts";
import { refuseSystemDisk } from "./system-disk.ts";
import { identify, volumeNames } from "./volume-ids.ts";

/** A volume that was checked, and what it was recognised by. */
export interface CheckedVolume {
  readonly folder: string;
  readonly serial: string;
  readonly recognisedBy: "marker" | "id";
  /** Whether its serial was written onto it just now. */
  readonly marked: boolean;
  /** SDT-27: what it is called, where that is not the serial: whoever finds it reads it. */
  readonly otherName: string | null;
}

/** What systems put on every volume by themselves. */
const OF_THE_SYSTEM: readonly string[] = [
  ...["lost+found", "System Volume Information", "$RECYCLE.BIN", ".Trashes", ".fseventsd", ".Spotlight-V100"],
  MARKER_FILE,
];

/**
 * Checks, before anything is made, that a volume may carry the package: it is the registered medium (SDT-23), not a disk of this computer, holds nothing
 * else (SDT-25: what was on it was erased), and has room.
 * @param typed the serial. @param mark whether to write it onto the volume first. @param sizes the most that each file will have, in bytes.
 * @throws CliError `usage`, `bad-volume`, `file`; ContainerError `wrong-media`
 */
export async function prepareVolume(
  path: string,
  typed: string,
  mark: boolean,
  sizes: readonly number[],
): Promise<CheckedVolume> {
  const serial = parseSerial(typed);
  if (serial === null)
    throw new CliError({ code: "usage", message: "--serial takes the serial that stands on the medium's label." });
  const volume = await mountedVolume(path);
  refuseSystemDisk(volume);
  const begun = await refuseOthers(volume);
  const known = async () => recognise({ serial, knownAs: [] }, await identify(volume));
  const toMark = mark && (await identify(volume)).marker === null;
  if (!toMark) await known();
  for (const name of begun) await rm(join(volume.folder, name), { force: true });
  await refuseTooSmall(volume, sizes); // before anything is written onto it, the marker too
  if (toMark) await markVolume(volume, serial);
  const recognisedBy = await known();
  const otherName = volumeNames(volume).find((name) => name !== "" && parseSerial(name) !== serial) ?? null;
  return { folder: volume.folder, serial, recognisedBy, marked: toMark, otherName };
}

/** @returns names of what a run of ours began. */
async function refuseOthers({ folder }: MountedVolume): Promise<readonly string[]> {
  const found = await readdir(folder).catch((cause: unknown) => {
    throw fileError("read", folder, cause);
  });
  const begun = found.filter(isBegun);
  const names = found.filter((name) => !begun.includes(name));
  const others = names.filter((name) => !OF_THE_SYSTEM.includes(name)).length;
  if (others === 0) return begun;
  const message = `There ${others === 1 ? "is 1 other thing" : `are ${others} other things`} on ${folder}. Nothing was written. Erase the medium first: what was on it before goes to nobody else.`;
  throw new CliError({ code: "bad-volume", message });
}

/** Marks a volume that has no marker yet. */
async function markVolume(volume: MountedVolume, serial: string): Promise<void> {
  const path = join(volume.folder, MARKER_FILE);
  await writeFile(path, markerText(serial), { flag: "wx", flush: true }).catch((cause: unknown) => {
    throw fileError("write", path, cause);
  });
}

async function refuseTooSmall(volume: MountedVolume, sizes: readonly number[]): Promise<void> {
  const { bavail, bsize } = await statfs(volume.folder);
  const [needed, room] = [sizes.reduce((sum, size) => sum + size, 0), bavail * bsize];
  const limit = largestFile(volume);
  if (needed > room) {
    const message = `There is not enough room on ${volume.folder}: ${readableSize(room)} of the ${readableSize(needed)} that may be needed. Nothing was written.`;
    throw new CliError({ code: "bad-volume", message });
  }
  if (limit !== null && sizes.some((size) => size > limit)) {
    const message = `${volume.folder} is formatted as FAT32, which holds no file above 4 GB. Nothing was written. Format it as exFAT, or make several packages.`;
    throw new CliError({ code: "bad-volume", message });
  }
}
