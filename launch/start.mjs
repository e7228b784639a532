// `npm start`: the ordinary server. `npm start -- --demo`: the demo, a program of its own, so that the ordinary server
// contains none of its code.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, nodePath, root, run } from "./runtime.mjs";

ensureInstalled();
const bundled = spawnSync(nodePath(), [join(root, "src/bin/bundle.ts")], { stdio: "inherit" });
if (bundled.status !== 0) process.exit(1);
const args = process.argv.slice(2);
const demo = args.includes("--demo");
run([join(root, demo ? "src/bin/demo.ts" : "src/bin/server.ts"), ...args.filter((arg) => arg !== "--demo")]);
