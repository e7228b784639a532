import { after, suite } from "node:test";
import { pathToFileURL } from "node:url";
import { FILE_LIMIT_MS } from "./test-files.ts";

// Several test files in one process, one after another: the program and its policy are loaded once for all of them. Each
// is a suite that bears its name, so that its hooks are its own. The arguments are the files' paths.

const files = process.argv.slice(2);
if (files.some((file) => file.startsWith("test/e2e/"))) {
  const { keepBrowser } = await import("../../src/testing/browser.ts");
  after(keepBrowser()); // one for all of them, as starting one takes as long as several pages
}

for (const file of files) {
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
