import type { Bytes } from "../seal/cipher.ts";
import type { PackageItem } from "./package-item.ts";
/**
 * The zip that lies inside an encrypted one, or inside an age file: the only place where the files' real names are. Stored, without dates;
 * names are made safe for every system.
 * @throws ContainerError `changed` when a file is not as long as it said.
 */
export declare function innerZip(items: readonly PackageItem[]): AsyncGenerator<Bytes>;
/** How long `innerZip` will be, in bytes. */
export declare function innerZipSize(items: readonly PackageItem[]): number;
/** An item's bytes, found out when they are not as many as it said. @throws ContainerError `changed` */
export declare function exactly(item: PackageItem): AsyncGenerator<Bytes>;
