import { randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

const DAY_MS = 24 * 60 * 60 * 1000;
const HOST = hostname().replaceAll(/[^A-Za-z0-9-]/g, "_") || "here";

/** The name of this process's hidden folder for a transfer: it says who is at work in it. */
export function stagingName(reference: string): string {
  return `.${reference}.${HOST}.${process.pid}.${randomBytes(6).toString("hex")}.part`;
}

/**
 * Removes the hidden folders that interrupted runs for this transfer left in `target`. One whose process still runs is in use; what
 * another machine made can be told from that only by its age, so it stays for a day.
 */
export async function clearLeftovers(target: string, reference: string): Promise<void> {
  for (const entry of await readdir(target, { withFileTypes: true })) {
    const { name } = entry;
    if (!entry.isDirectory() || !name.startsWith(`.${reference}.`) || !name.endsWith(".part")) continue;
    const folder = join(target, name);
    if (isOurs(name) ? !runs(name) : await isOld(folder)) await rm(folder, { recursive: true, force: true });
  }
}

function isOurs(name: string): boolean {
  return name.split(".")[2] === HOST;
}

/** Whether the process that the name names is alive. EPERM: it is, as somebody else's. */
function runs(name: string): boolean {
  const pid = Number(name.split(".")[3]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}

async function isOld(folder: string): Promise<boolean> {
  const paths = [folder, ...(await readdir(folder)).map((name) => join(folder, name))];
  const times = await Promise.all(paths.map(async (path) => (await stat(path).catch(() => null))?.mtimeMs ?? 0));
  return Math.max(...times) < Date.now() - DAY_MS;
}
