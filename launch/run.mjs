import { join } from "node:path";
import { ensureInstalled, root, run } from "./runtime.mjs";

ensureInstalled();
const [program, ...rest] = process.argv.slice(2);
run([join(root, program), ...rest]);
