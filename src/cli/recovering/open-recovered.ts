import { openRecoveryPackage } from "../../client/receiving/recovery-package.ts";
import type { Parts } from "../command.ts";
import { nodeCipher } from "../node-cipher.ts";
import { chooseItems, saveItems } from "../receiving/save-items.ts";
import { printable } from "../table.ts";
import { PackageFile } from "./package-file.ts";

/** What came out of a package, for saying it. */
export interface RecoveredFiles {
  readonly reference: string;
  readonly originator: { readonly name: string; readonly address: string; readonly organisation: string };
  readonly subject: string;
  readonly files: readonly string[];
}

/**
 * Opens a package for the recovery key and saves its files below `folder`: each has its name only once all of them are whole. Asks no server.
 * @throws SealError `damaged`, `no-access`; CliError `file`
 */
export async function openRecovered(
  path: string,
  identities: readonly string[],
  to: { readonly folder: string; readonly overwrite: boolean },
  parts: Parts,
): Promise<RecoveredFiles> {
  const from = await PackageFile.open(path);
  try {
    const recovered = await openRecoveryPackage(from, identities, nodeCipher);
    const { reference, originator } = recovered.waybill;
    const chosen = chooseItems(recovered.manifest, []);
    const files = await saveItems(chosen, recovered, true, { ...to, reference }, parts);
    return { reference, originator, subject: recovered.manifest.subject ?? "", files };
  } finally {
    await from.close();
  }
}

/** The result, for reading. */
export function recoveredText({ reference, originator, subject, files }: RecoveredFiles): string {
  const about = subject === "" ? "" : `: ${printable(subject)}`;
  const from = `${reference}, by its record from ${printable(originator.name)} <${originator.address}>${about}`;
  return `${from}\n${files.map((file) => `  ${printable(file)}\n`).join("")}All of it was verified.`;
}
