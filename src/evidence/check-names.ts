import { sha256Hex } from "../bytes/digest.ts";
import { fromHex } from "../bytes/hex.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { altered, fileIn } from "./check-log-part.ts";
import type { CheckedWaybill } from "./check-waybills.ts";
import { NAMES, type PackFiles } from "./pack.ts";

/**
 * Opens the sealed list of files with its own key, and answers the names. What opens things is no part of the server's programs, so whoever
 * checks brings it. Throws for anything but the list that the key opens, of this transfer.
 */
export type OpenNames = (
  sealed: Uint8Array<ArrayBuffer>,
  key: Uint8Array<ArrayBuffer>,
  of: { readonly digest: string; readonly reference: string },
) => Promise<readonly string[]>;

/**
 * The names that the sender added are those of the very list whose digest they signed. Null where they added none.
 * @throws EvidenceError `not-a-pack`, `altered`
 */
export async function checkNames(
  files: PackFiles,
  waybills: ReadonlyMap<string, CheckedWaybill>,
  open: OpenNames | null,
): Promise<readonly string[] | null> {
  if (!files.has(NAMES.manifest) && !files.has(NAMES.manifestKey)) return null;
  const sealed = fileIn(files, NAMES.manifest);
  const [, key] = /^([0-9a-f]{32})\n$/.exec(fromUtf8(fileIn(files, NAMES.manifestKey))) ?? [];
  const digest = await sha256Hex(sealed);
  const waybill = [...waybills.values()].findLast(({ content }) => content === digest);
  if (waybill === undefined) throw altered(`${NAMES.manifest} is not the list of files that was signed.`);
  if (key === undefined) throw altered(`${NAMES.manifestKey} is malformed.`);
  if (open === null) throw altered("The names of files in it are not checked here.");
  try {
    return await open(sealed, fromHex(key), { digest, reference: waybill.reference });
  } catch (cause) {
    throw altered(`${NAMES.manifestKey} does not open the list of files.`, cause);
  }
}
