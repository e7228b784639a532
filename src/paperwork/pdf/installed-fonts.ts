import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** TrueType files. Two weights of one family. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

const FILES = {
  regular: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  bold: "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
} as const;

let read: Promise<Fonts> | undefined;

/**
 * Noto Sans (Latin, Greek, Cyrillic, Devanagari), from the package beside this program: in a checkout, and where the packed command line was
 * installed. Read once.
 */
export function installedFonts(): Promise<Fonts> {
  read ??= readFonts();
  return read;
}

async function readFonts(): Promise<Fonts> {
  const [regular, bold] = await Promise.all([bytesOf(FILES.regular), bytesOf(FILES.bold)]);
  return { regular, bold };
}

function bytesOf(file: string): Promise<Uint8Array> {
  return readFile(fileURLToPath(import.meta.resolve(file)));
}
