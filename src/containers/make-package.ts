import { parseReference } from "../domain/reference.ts";
import type { Bytes, ChunkCipher } from "../seal/cipher.ts";
import { aesZip } from "./aes-zip.ts";
import { type AgeWith, agePackage } from "./age-package.ts";
import { ContainerError } from "./error.ts";
import { type Format, refuseUnfit } from "./formats.ts";
import { innerZip, innerZipSize } from "./inner-zip.ts";
import { encryptOffice } from "./office/encrypt-office.ts";
import type { PackageItem } from "./package-item.ts";
import { innerName, packageNames } from "./package-names.ts";
import { encryptPdf } from "./pdf/encrypt-pdf.ts";

/** What is packed, how. */
export interface PackageOrder {
  /** Such as `WB-7F3K-Q2XV`: all that stands outside. */
  readonly reference: string;
  readonly format: Format;
  readonly items: readonly PackageItem[];
  /** Keys are for age only. */
  readonly with: AgeWith;
}

/** One file of a package. */
export interface PackageFile {
  readonly name: string;
  /** The most bytes that it will have. */
  readonly atMost: number;
  /** Makes it. It must not be called complete, or keep its name, unless this ends without an error. */
  stream(): AsyncIterable<Bytes>;
}

/** Room for what a format adds: headers, a directory, an authentication tag for each 64 KiB. */
const OVERHEAD = { part: 1 / 64, fixed: 65_536 };

/**
 * The files that a package will be. Nothing is made yet; whatever can be refused beforehand is refused here.
 * @throws ContainerError `bad-input`, `wrong-kind`, `too-large`; DomainError `bad-reference`
 */
export function planPackage(order: PackageOrder, cipher: ChunkCipher): readonly PackageFile[] {
  const { format, items } = order;
  refuseUnfit(format, items);
  const names = packageNames(order.reference, format, items);
  if (format === "zip" || format === "age") {
    const stream = () => (format === "zip" ? zipOf(order) : agePackage(items, order.with, cipher));
    return names.map((name) => ({ name, atMost: room(innerZipSize(items)), stream }));
  }
  const password = passwordOf(order);
  return items.map((item, at) => {
    const stream = () => (format === "pdf" ? once(encryptPdf(item, password)) : encryptOffice(item, password));
    return { name: names[at] ?? "", atMost: format === "pdf" ? room(item.size * 2) : room(item.size), stream };
  });
}

function zipOf(order: PackageOrder): AsyncIterable<Bytes> {
  const { items } = order;
  return aesZip(innerName(parseReference(order.reference)), innerZipSize(items), innerZip(items), passwordOf(order));
}

function passwordOf(order: PackageOrder): string {
  if ("password" in order.with) return order.with.password;
  throw new ContainerError({
    code: "bad-input",
    message: "Only an age file is sealed to keys: the others need a password.",
  });
}

function room(size: number): number {
  return Math.ceil(size * (1 + OVERHEAD.part)) + OVERHEAD.fixed;
}

async function* once(made: Promise<Bytes>): AsyncGenerator<Bytes> {
  yield await made;
}
