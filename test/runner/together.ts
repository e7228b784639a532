import { suite } from "node:test";
import { pathToFileURL } from "node:url";

// Several test files in one process, one after another: the program and its policy are loaded once for all of them. Each
// is a suite that bears its name, so that its hooks are its own. The arguments are the files' paths.

/** No file takes longer than this. */
const FILE_LIMIT_MS = 240_000;

for (const file of process.argv.slice(2)) {
  // One after another: what two files wait for while they load would be taken for the first one's.
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  suite(file, { timeout: FILE_LIMIT_MS }, async () => {
    try {
      await import(pathToFileURL(file).href);
    } finally {
      resolve();
    }
  });
  await loaded;
}
