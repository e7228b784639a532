import { concat } from "../../bytes/concat.ts";
import type { Bytes } from "../../seal/cipher.ts";
import { u16, u32, utf16 } from "./little-endian.ts";

/** The names of [MS-OFFCRYPTO] 2.2 that say how the stream `EncryptedPackage` is turned into the document. */
const SPACE = "StrongEncryptionDataSpace";
const TRANSFORM = "StrongEncryptionTransform";
const VERSION_1 = [u16(1), u16(0)] as const;
const VERSIONS = [...VERSION_1, ...VERSION_1, ...VERSION_1] as const;

/** Stream `Version`. */
export const VERSION: Bytes = concat([...prefixed("Microsoft.Container.DataSpaces"), ...VERSIONS]);

/** Stream `DataSpaceMap`: `EncryptedPackage` is in the one data space. */
export const DATA_SPACE_MAP: Bytes = concat([
  ...[u32(8), u32(1)],
  ...sized([u32(1), u32(0), ...prefixed("EncryptedPackage"), ...prefixed(SPACE)]),
]);

/** Stream `DataSpaceInfo/StrongEncryptionDataSpace`: that space has one transform. */
export const DATA_SPACE: Bytes = concat([u32(8), u32(1), ...prefixed(TRANSFORM)]);

/** Stream `TransformInfo/StrongEncryptionTransform/\x06Primary`: what the transform is; how it encrypts is said in `EncryptionInfo`. */
export const PRIMARY: Bytes = concat([
  ...sized([u32(1), ...prefixed("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")]),
  ...[...prefixed("Microsoft.Container.EncryptionTransform"), ...VERSIONS],
  ...[u32(0), u32(0), u32(0), u32(4)],
]);

/** UNICODE-LP-P4: length, UTF-16, zeros up to a multiple of four bytes. */
function prefixed(text: string): readonly Bytes[] {
  const bytes = utf16(text);
  return [u32(bytes.length), bytes, new Uint8Array(-bytes.length & 3)];
}

/** Its length before it, counted in. */
function sized(parts: readonly Bytes[]): readonly Bytes[] {
  return [u32(parts.reduce((sum, { length }) => sum + length, 4)), ...parts];
}
