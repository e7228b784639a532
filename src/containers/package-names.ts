import { IS_EACH } from "../domain/carriage.ts";
import { parseReference } from "../domain/reference.ts";
import { extensionOf, type Format } from "./formats.ts";
import type { PackageItem } from "./package-item.ts";

/** The name of the zip inside an encrypted one or inside an age file: neutral, and not that of the file around it. */
export function innerName(reference: string): string {
  return `${parseReference(reference)}-files.zip`;
}

/**
 * What the packages of a transfer are called: the reference and what kind of file it is, nothing of what is inside (SDT-16, SDT-27). Several
 * documents are numbered.
 * @throws DomainError `bad-reference`
 */
export function packageNames(reference: string, format: Format, items: readonly PackageItem[]): readonly string[] {
  const stem = parseReference(reference);
  if (format === "zip") return [`${stem}.zip`];
  if (format === "age") return [`${stem}.zip.age`];
  const many = IS_EACH[format] && items.length > 1;
  return items.map(({ name }, at) => `${stem}${many ? `-${at + 1}` : ""}${extensionOf(name)}`);
}
