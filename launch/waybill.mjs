#!/usr/bin/env node
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root, run } from "./runtime.mjs";

ensureInstalled();
const packed = join(root, "dist/waybill.mjs");
run([existsSync(packed) ? packed : join(root, "src/bin/cli.ts"), ...process.argv.slice(2)]);
