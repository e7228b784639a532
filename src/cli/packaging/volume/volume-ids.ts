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

function idsOf(device: string): readonly string[] {
  const link = `/sys/dev/block/${device}`;
  if (!existsSync(link)) return [];
  const path = realpathSync(link);
  const node = join("/dev", basename(path));
  const names = ["/dev/disk/by-label", "/dev/disk/by-uuid"].flatMap((folder) => namesFor(folder, node));
  return [...names, ...makersSerial(path)];
}

/** Names under which udev links to a device; what is unusual in them is written as \x20. */
function namesFor(folder: string, node: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter(
    (name) => existsSync(join(folder, name)) && realpathSync(join(folder, name)) === node,
  );
  return names.map((name) =>
    name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

/** The serial of the USB device that the disk belongs to: the nearest folder above it in sysfs that has one. */
function makersSerial(path: string): readonly string[] {
  for (let at = path; at.startsWith("/sys/devices/"); at = dirname(at)) {
    const file = join(at, "serial");
    if (existsSync(file)) return [readFileSync(file, "utf8").trim()];
  }
  return [];
}
