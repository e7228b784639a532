import type { Item } from "../../seal/manifest.ts";

/** What is shown in the page without saving; more is saved and opened by the person's own programs. */
const MOST_TO_VIEW = 64 * 1024 * 1024;

const BY_EXTENSION: Readonly<Record<string, string>> = {
  txt: "text/plain",
  text: "text/plain",
  md: "text/plain",
  csv: "text/plain",
  log: "text/plain",
  json: "text/plain",
  xml: "text/plain",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  bmp: "image/bmp",
  pdf: "application/pdf",
};

/**
 * The type as which an item is shown, by the extension of its name, or null. Only types from this list are ever given to the
 * browser, so that no item can have itself shown as a page: what the sender stated is not asked.
 */
export function viewableType({ name, length, kind }: Pick<Item, "name" | "length" | "kind">): string | null {
  if (length > MOST_TO_VIEW) return null;
  if (kind === "message") return "text/plain";
  return BY_EXTENSION[/\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""] ?? null;
}
