#!/usr/bin/env node
import { existsSync, fstatSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root, run } from "./runtime.mjs";

ensureInstalled();
const packed = join(root, "dist/waybill.mjs");
const args = process.argv.slice(2);
// --passphrase-fd 3 and the like: what the caller opened is passed on. (npx passes on none.)
const named = args.flatMap((arg, at) => (/^--[a-z-]+-fd$/.test(arg) ? [Number(args[at + 1])] : []));
const open = named.filter((fd) => Number.isInteger(fd) && fd >= 3 && fd < 100 && isOpen(fd));
run([existsSync(packed) ? packed : join(root, "src/bin/cli.ts"), ...args], open);

/** Whether it is something to read or write, and not one of Node's own: those are of no kind. */
function isOpen(fd) {
  try {
    const stats = fstatSync(fd);
    return stats.isFile() || stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice();
  } catch {
    return false;
  }
}
