import { existsSync, realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { refuseUnfit } from "../../containers/formats.ts";
import { planPackage } from "../../containers/make-package.ts";
import { innerName } from "../../containers/package-names.ts";
import { IS_EACH } from "../../domain/carriage.ts";
import { instructionSheets } from "../../paperwork/package-sheet/instruction-sheet.ts";
import { paperText } from "../../paperwork/paper-text.ts";
import { renderPdf } from "../../paperwork/pdf/render-pdf.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { nodeCipher } from "../node-cipher.ts";
import { interrupted } from "../passphrase.ts";
import { Progress } from "../progress.ts";
import { chooseFiles } from "../sending/choose-files.ts";
import { fileError } from "../system-error.ts";
import { formatFor } from "./advise.ts";
import { onMedium } from "./on-medium.ts";
import { openingFor } from "./password.ts";
import { PendingFile, syncFolder, type WrittenFile } from "./pending-file.ts";
import { type PackageRecord, recordText } from "./record.ts";
import { RecordFile } from "./record-paper.ts";
import { prepareVolume } from "./volume/prepare-volume.ts";
import type { Outside, Place, Wanted } from "./wanted.ts";

/** Room that the sheets need at most, in bytes. */
const SHEETS = 500_000;

/** A file to write: made when it is asked for. */
interface Writing {
  readonly name: string;
  stream(): AsyncIterable<Uint8Array>;
}

/** `waybill package`, and its record: at the terminal, and as a PDF where one was asked for. A package that is not made leaves no record. */
export async function makePackage(wanted: Wanted, outside: Outside, place: Place, parts: Parts): Promise<void> {
  const paper = wanted.record === undefined ? null : await RecordFile.open(wanted.record);
  const record = await pack(wanted, outside, place, parts).catch(async (cause: unknown) => {
    await paper?.abandon();
    throw cause;
  });
  parts.stdout.write(wanted.json ? `${JSON.stringify(record)}\n` : recordText(record));
  await paper?.write(record, outside.organisation);
}

/**
 * Everything is checked first; then each file is written under another name, flushed, and read back; the password is told; and only
 * then do all get their names. Whatever goes wrong before that leaves nothing that looks complete.
 */
async function pack(wanted: Wanted, outside: Outside, place: Place, parts: Parts): Promise<PackageRecord> {
  const { reference, organisation, call, arrival, returnTo } = outside;
  refuseBeside(wanted.password.toFile, "volume" in place ? place.volume : place.folder);
  const items = await chooseFiles({ files: wanted.files, stdinName: "stdin", messageFile: null }, parts);
  const format = formatFor(wanted, items, parts);
  refuseUnfit(format, items);
  const opening = await openingFor(wanted, format, [reference, organisation, ...items.map(({ name }) => name)], parts);
  const files = planPackage({ reference, format, items, with: opening.with }, nodeCipher);
  const sizes = [...files.map(({ atMost }) => atMost), SHEETS];
  const volume = "volume" in place ? await prepareVolume(place.volume, place.serial, place.mark, sizes) : null;
  if (volume?.otherName)
    parts.stderr.write(
      `The volume is called “${volume.otherName}”, and whoever finds it can read that. If it says anything of what is sent, stop, and call it ${volume.serial}.\n`,
    );
  const folder = volume?.folder ?? (await folderFor("folder" in place ? place.folder : ""));
  const toKeys = opening.password === "none";
  const inner = IS_EACH[format] ? null : innerName(reference);
  const madeAt = new Date().toISOString();
  const names = files.map(({ name }) => name);
  const about = { reference, format, files: names, inner, toKeys, organisation, call, arrival, returnTo };
  const progress = new Progress(
    parts,
    `Packing ${reference}`,
    sizes.reduce((sum, size) => sum + size, -SHEETS),
  );
  const counted = files.map(({ name, stream }) => ({ name, stream: () => progress.count(stream()) }));
  const whole = () => {
    progress.clear();
    opening.tell();
  };
  const written = await writeAll(
    folder,
    [...counted, ...(await sheetsOf(about, madeAt))],
    parts,
    whole,
    volume ? 0o644 : 0o600,
  ).catch(async (cause: unknown) => {
    progress.clear();
    throw volume === null ? cause : await onMedium(cause, volume);
  });
  const contents = { count: items.length, bytes: items.reduce((sum, { size }) => sum + size, 0) };
  return {
    ...{ reference, format, madeAt, contents, password: opening.password, folder },
    medium:
      volume === null || place.inRegister === null
        ? null
        : { serial: volume.serial, recognisedBy: volume.recognisedBy, inRegister: place.inRegister },
    files: written,
    packed: files.length,
  };
}

/** SDT-21: a package and its password never lie in one place. @throws CliError `usage` */
function refuseBeside(passwordFile: string | undefined, folder: string): void {
  if (passwordFile === undefined) return;
  const between = relative(realOf(folder), join(realOf(dirname(passwordFile)), basename(passwordFile)));
  if (between.startsWith("..") || isAbsolute(between)) return;
  throw new CliError({
    code: "usage",
    message: "The password may not lie where the package goes: name a file somewhere else. Nothing was made.",
  });
}

/** A path without links, as far as it is there. */
function realOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}

async function folderFor(path: string): Promise<string> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw fileError("make", path, cause);
  });
  return path;
}

/** The sheets, each as text and as PDF (SDT-14, SDT-26). */
async function sheetsOf(about: Parameters<typeof instructionSheets>[0], date: string): Promise<readonly Writing[]> {
  const writings = instructionSheets(about, date).map(async ({ name, paper }): Promise<readonly Writing[]> => {
    // A mark of UTF-8 and both line ends, for Notepad.
    const text = new TextEncoder().encode(`\ufeff${paperText(paper).replaceAll("\n", "\r\n")}`);
    const pdf = await renderPdf(paper);
    return [
      { name: `${name}.txt`, stream: () => once(text) },
      { name: `${name}.pdf`, stream: () => once(pdf) },
    ];
  });
  return (await Promise.all(writings)).flat();
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** @param whole is called when every file was written and read back, before any has its name. */
async function writeAll(
  folder: string,
  writings: readonly Writing[],
  parts: Parts,
  whole: () => void,
  mode: number,
): Promise<readonly WrittenFile[]> {
  const pending: PendingFile[] = [];
  try {
    for (const { name, stream } of writings) pending.push(await PendingFile.write(folder, name, stream(), parts, mode));
    if (parts.signal.aborted) throw interrupted();
    whole();
    // The package last: once it has its name, its sheets have theirs.
    for (const file of pending.toReversed()) await file.keep();
    await syncFolder(folder);
    return pending.map(({ written }) => written);
  } catch (cause) {
    for (const file of pending) await file.abandon();
    throw cause;
  }
}
