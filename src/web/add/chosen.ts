import { HEAD_SIZE, type Risk, riskOf } from "../../client/sending/risky.ts";

/** A file that was chosen, with its folders in `path`, and what was found in it. */
export interface ChosenFile {
  readonly path: string;
  readonly file: File;
  readonly risk: Risk | null;
}

/** A file that was chosen or dropped, before it was looked into. */
export type Picked = Pick<ChosenFile, "path" | "file">;

/** The files of a file input; folders are in `webkitRelativePath`. */
export function pickedFrom(files: Iterable<File>): readonly Picked[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * Looks into files: their first bytes together as one Blob (a thousand single reads take half a second), and further
 * into those that are archives or Office files.
 * @throws DOMException `NotReadableError`, `NotFoundError` when one was moved or changed since.
 */
export async function lookInto(picked: readonly Picked[]): Promise<readonly ChosenFile[]> {
  const heads = new Uint8Array(await new Blob(picked.map(({ file }) => file.slice(0, HEAD_SIZE))).arrayBuffer());
  let at = 0;
  const looked = picked.map(({ path, file }) => {
    const head = heads.subarray(at, at + Math.min(HEAD_SIZE, file.size));
    at += head.length;
    const read = async (start: number, end: number) => new Uint8Array(await file.slice(start, end).arrayBuffer());
    return riskOf({ name: path, size: file.size, head, read }).then((risk) => ({ path, file, risk }));
  });
  return Promise.all(looked);
}

/** Adds files, leaving out those that are there already: same path, size and time. */
export function withoutRepeats(there: readonly ChosenFile[], more: readonly Picked[]): readonly Picked[] {
  const known = new Set(there.map(keyOf));
  return more.filter((each) => {
    const key = keyOf(each);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

function keyOf({ path, file }: Picked): string {
  return JSON.stringify([path, file.size, file.lastModified]);
}
