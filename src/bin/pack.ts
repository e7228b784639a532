import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCli } from "./bundle-cli.ts";

// `npm run pack`: the command line bundled (Node runs no TypeScript below node_modules), then the package that can be
// installed anywhere: `npm install -g waybill-….tgz`.
const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, "dist");
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
await bundleCli(root, out);
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const packed = spawnSync(
  npm,
  ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", process.argv[2] ?? root],
  {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  },
);
rmSync(out, { recursive: true }); // in a checkout the command line runs from its sources
process.exitCode = packed.status ?? 1;
