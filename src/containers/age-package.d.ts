import type { Bytes, ChunkCipher } from "../seal/cipher.ts";
import type { PackageItem } from "./package-item.ts";
/** What an age file is sealed with. */
export type AgeWith =
  | {
      readonly password: string;
    }
  | {
      readonly recipients: readonly string[];
    };
/**
 * An age file with a zip of all files inside. Streams; what anyone can see of it is its size, and how many keys it is sealed to. With a
 * password, scrypt at the work factor that the `age` program uses too.
 * @throws SealError for malformed or mixed keys, ContainerError `changed`
 */
export declare function agePackage(
  items: readonly PackageItem[],
  open: AgeWith,
  cipher: ChunkCipher,
): AsyncGenerator<Bytes>;
