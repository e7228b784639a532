import { readFileSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, parse } from "node:path";
import { CliError } from "../../error.ts";
import { fileError } from "../../system-error.ts";

/** A volume by its top folder. */
export interface MountedVolume {
  readonly folder: string;
  /** Its block device as the kernel numbers it, such as `8:17`; null where the system tells no such thing. */
  readonly device: string | null;
  /** Such as `vfat`; null where the system does not tell. */
  readonly fileSystem: string | null;
}

/** The largest file on FAT32, in bytes. */
const FAT_LIMIT = 2 ** 32 - 1;

/** The volume whose top folder this is. @throws CliError `file`, `usage` when it is a folder within one */
export async function mountedVolume(path: string): Promise<MountedVolume> {
  const folder = await realpath(path).catch((cause: unknown) => {
    throw fileError("use", path, cause);
  });
  if (process.platform === "linux") {
    const mount = mountsOf(readFileSync("/proc/self/mountinfo", "utf8")).findLast((each) => each.folder === folder);
    if (mount !== undefined) return mount;
  } else if (await isTop(folder)) return { folder, device: null, fileSystem: null };
  const message = `${path} is not the top folder of a volume: give the folder under which the stick or disk is shown. Is it plugged in?`;
  throw new CliError({ code: "usage", message });
}

/** The most bytes that one file may have on it; null for no limit that matters. */
export function largestFile({ fileSystem }: MountedVolume): number | null {
  return fileSystem === "vfat" || fileSystem === "msdos" ? FAT_LIMIT : null;
}

/** The lines of /proc/self/mountinfo (proc(5)): spaces and the like in paths are octal. */
export function mountsOf(text: string): readonly MountedVolume[] {
  return text.split("\n").flatMap((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const [, , device, , folder] = before.split(" ");
    const [fileSystem] = after.split(" ");
    if (device === undefined || folder === undefined || !fileSystem) return [];
    const plain = folder.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    return [{ folder: plain, device: device.startsWith("0:") ? null : device, fileSystem }];
  });
}

/** Where there is no list of mounts: a drive's root, or a folder on another device than the one around it. */
async function isTop(folder: string): Promise<boolean> {
  if (parse(folder).root === folder) return true;
  const [own, around] = await Promise.all([stat(folder), stat(dirname(folder))]);
  return own.dev !== around.dev;
}
