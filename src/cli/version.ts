import { existsSync, readFileSync } from "node:fs";

/** Beside the sources, or beside the bundle. */
const PLACES = ["../../package.json", "../package.json"];

/** Which version of the command line this is, such as `0.1.0`. */
export function versionText(): string {
  const found = PLACES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (found === undefined) return "unknown";
  const { version } = JSON.parse(readFileSync(found, "utf8")) as { readonly version: string }; // our own file
  return version;
}
