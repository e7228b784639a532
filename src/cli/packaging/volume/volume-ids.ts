import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type FoundMedia, MARKER_FILE, readMarker } from "../../../containers/media.ts";
import type { MountedVolume } from "./mounted-volume.ts";

const LONGEST_MARKER = 200;

/** What a volume says of itself: its marker, its label and ids, its maker's serial. Whoever had it in their hands can have written all of it. */
export async function identify(volume: MountedVolume): Promise<FoundMedia> {
  const text = await readFile(join(volume.folder, MARKER_FILE), "utf8").catch(() => "");
  const marker = readMarker(text.slice(0, LONGEST_MARKER));
  if (process.platform === "darwin") return { marker, ids: [basename(volume.folder)] };
  return { marker, ids: volume.device === null ? [] : idsOf(volume.device) };
}

/** The names that people see of a volume, and that whoever finds it reads; none where the system does not tell. */
export function volumeNames(volume: MountedVolume, root = "/"): readonly string[] {
  if (process.platform === "darwin") return [basename(volume.folder)];
  const link = volume.device === null ? "" : join(root, "sys/dev/block", volume.device);
  if (link === "" || !existsSync(link)) return [];
  return namesFor(join(root, "dev/disk/by-label"), join(root, "dev", basename(realpathSync(link))));
}

/**
 * What the system knows a block device by: labels and ids of its file system, as udev links them, and its maker's serial.
 * @param device such as `8:17`. @param root where /sys and /dev are.
 */
export function idsOf(device: string, root = "/"): readonly string[] {
  const link = join(root, "sys/dev/block", device);
  if (!existsSync(link)) return [];
  const path = realpathSync(link);
  const node = join(root, "dev", basename(path));
  const names = ["by-label", "by-uuid"].flatMap((folder) => namesFor(join(root, "dev/disk", folder), node));
  return [...names, ...makersSerial(path, join(root, "sys/devices"))];
}

/** Names under which udev links to a device; what is unusual in them is written as \x20. */
function namesFor(folder: string, node: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => isLinkTo(join(folder, name), node));
  return names.map((name) =>
    name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

function isLinkTo(link: string, node: string): boolean {
  return existsSync(link) && realpathSync(link) === node;
}

/** The serial of the USB device that the disk belongs to: the nearest folder above it that has one. */
function makersSerial(path: string, devices: string): readonly string[] {
  for (let at = path; at.startsWith(devices) && at !== devices; at = dirname(at)) {
    const file = join(at, "serial");
    if (existsSync(file)) return [readFileSync(file, "utf8").trim()];
  }
  return [];
}
