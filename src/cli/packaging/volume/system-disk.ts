import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, parse } from "node:path";
import { CliError } from "../../error.ts";
import type { MountedVolume } from "./mounted-volume.ts";

/**
 * Refuses a volume that the computer itself needs: the file system of the root, of the person's home, of this program, of Windows; and every other
 * partition of the disks that these lie on.
 * @throws CliError `bad-volume`
 */
export function refuseSystemDisk({ folder, device }: MountedVolume, needed: readonly string[] = NEEDED()): void {
  const same = needed.some((path) => statSync(path).dev === statSync(folder).dev || path === folder);
  const drive = process.platform === "win32" && parse(folder).root.toUpperCase() === "C:\\";
  const disks = device === null ? [] : disksOf(device);
  const systemDisks = new Set(needed.flatMap((path) => disksOf(deviceOf(statSync(path).dev))));
  if (!same && !drive && !disks.some((disk) => systemDisks.has(disk))) return;
  const message = `${folder} is on a disk that this computer runs from, or where people's folders are. Nothing was written. Give the folder of the stick or disk.`;
  throw new CliError({ code: "bad-volume", message });
}

const NEEDED = () => ["/", homedir(), process.execPath].filter((path) => existsSync(path));

/** The kernel's number of a device (makedev(3)), such as `8:17`. */
export function deviceOf(dev: number): string {
  const [low, high] = [(dev % 2 ** 32) >>> 0, Math.floor(dev / 2 ** 32)];
  const major = ((low >>> 8) & 0xfff) + (high & 0xfffff000);
  const minor = (low & 0xff) + ((low >>> 12) & 0xfff00);
  return `${major}:${minor}`;
}

/**
 * The whole disks below a block device: partitions belong to one, encrypted and logical volumes lie on some.
 * @param device such as `8:17`. @param sys where sysfs is (sysfs(5)).
 */
export function disksOf(device: string, sys = "/sys"): readonly string[] {
  const link = `${sys}/dev/block/${device}`;
  if (!existsSync(link)) return [];
  const path = realpathSync(link);
  const below = existsSync(join(path, "slaves")) ? readdirSync(join(path, "slaves")) : [];
  if (below.length > 0) {
    return below.flatMap((name) => disksOf(readFileSync(`${sys}/class/block/${name}/dev`, "utf8").trim(), sys));
  }
  return [existsSync(join(path, "partition")) ? basename(dirname(path)) : basename(path)];
}
