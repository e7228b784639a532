import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWeb } from "../web-build/build-web.ts";
import { WebBuildError } from "../web-build/error.ts";

// Makes what browsers load, into .build/web or the folder given. `npm start` and `npm test` run it first; alone, it is
// how anyone rebuilds the published files from the sources and compares their digests.
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const out = resolve(process.argv[2] ?? join(root, ".build/web"));
try {
  await buildWeb(root, out);
} catch (error) {
  if (!(error instanceof WebBuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
