import type { Bytes } from "../../seal/cipher.ts";
import { ContainerError } from "../error.ts";
import { exactly } from "../inner-zip.ts";
import type { PackageItem } from "../package-item.ts";
import { AgileEncryption, encryptedSize, INFO_SIZE } from "./agile-encryption.ts";
import { compoundFile, type DirectoryEntry } from "./compound-file.ts";
import { DATA_SPACE, DATA_SPACE_MAP, PRIMARY, VERSION } from "./data-spaces.ts";

const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
const COMPOUND_MAGIC = [0xd0, 0xcf, 0x11, 0xe0];
/** Where the two streams that differ stand in the directory below; the package first, since the other has its HMAC. */
const PACKAGE = 9;
const INFO = 10;

/**
 * A Word, Excel or PowerPoint document (.docx, .xlsx, .pptx) that asks for a password when it is opened, in Office since 2010 and LibreOffice.
 * The document inside is the same, byte for byte. Streams; what anyone can see of it is its size.
 * @throws ContainerError `locked`, `wrong-kind`, `changed`
 */
export async function* encryptOffice(item: PackageItem, password: string): AsyncGenerator<Bytes> {
  const encryption = new AgileEncryption(password);
  yield* compoundFile(directory(encryptedSize(item.size)), (entry) => {
    if (entry === PACKAGE) return encryption.encrypt(item.size, checked(item));
    return entry === INFO ? later(() => encryption.info()) : later(() => FIXED[entry] ?? new Uint8Array(0));
  });
}

/** Streams that are the same in every file, by their place in the directory. */
const FIXED: Readonly<Record<number, Bytes>> = { 2: VERSION, 3: DATA_SPACE_MAP, 5: DATA_SPACE, 8: PRIMARY };

function directory(packageSize: number): readonly DirectoryEntry[] {
  return [
    { name: "Root Entry", size: null, child: INFO },
    { name: "\u0006DataSpaces", size: null, child: 3 },
    { name: "Version", size: VERSION.length },
    { name: "DataSpaceMap", size: DATA_SPACE_MAP.length, left: 2, right: 4 },
    { name: "DataSpaceInfo", size: null, child: 5, right: 6 },
    { name: "StrongEncryptionDataSpace", size: DATA_SPACE.length },
    { name: "TransformInfo", size: null, child: 7 },
    { name: "StrongEncryptionTransform", size: null, child: 8 },
    { name: "\u0006Primary", size: PRIMARY.length },
    { name: "EncryptedPackage", size: packageSize },
    { name: "EncryptionInfo", size: INFO_SIZE, left: 1, right: PACKAGE },
  ];
}

async function* later(make: () => Bytes): AsyncGenerator<Bytes> {
  yield make();
}

/** The document, refused at its first bytes when it is none. */
async function* checked(item: PackageItem): AsyncGenerator<Bytes> {
  let start: readonly number[] = [];
  for await (const part of exactly(item)) {
    if (start.length < ZIP_MAGIC.length) {
      start = [...start, ...part.subarray(0, ZIP_MAGIC.length)].slice(0, ZIP_MAGIC.length);
      if (start.length === ZIP_MAGIC.length) refuseOthers(start);
    }
    yield part;
  }
  if (start.length < ZIP_MAGIC.length) refuseOthers(start);
}

function refuseOthers(start: readonly number[]): void {
  const is = (magic: readonly number[]) => magic.every((byte, at) => start[at] === byte);
  if (is(ZIP_MAGIC)) return;
  if (is(COMPOUND_MAGIC)) {
    const message =
      "This document has a password already, or is of an older kind (.doc, .xls, .ppt): send it in a zip instead.";
    throw new ContainerError({ code: "locked", message });
  }
  const message = "This is no Word, Excel or PowerPoint document: send it in a zip instead.";
  throw new ContainerError({ code: "wrong-kind", message });
}
