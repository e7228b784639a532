/** One file that goes into a package. Its name and bytes are the sender's. */
export interface PackageItem {
  /** Folders separated by `/`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** All bytes, in order, in parts of any size. May be asked for more than once. */
  stream(): AsyncIterable<Uint8Array>;
}
