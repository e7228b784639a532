import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// `npm run pack`: the command line bundled (Node runs no TypeScript below node_modules), then the package that can be
// installed anywhere: `npm install -g waybill-….tgz`.
const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, "dist");
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
await build({
  absWorkingDir: root,
  entryPoints: { waybill: "src/bin/cli.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true, // what one command alone needs, such as Cedar, is loaded by that command
  platform: "node",
  format: "esm",
  target: "node26",
  external: ["@cedar-policy/cedar-wasm", "better-sqlite3-multiple-ciphers", "pdfkit", "yaml"], // they read files of their own, or are no ES modules: installed beside it
  logLevel: "error",
});
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
