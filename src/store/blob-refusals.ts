import { BlobError } from "../domain/blobs.ts";

const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];
const UNWRITABLE = ["EACCES", "EPERM", "EROFS", "EIO", "ENOTDIR"];

/** Runs it; the system's errors become BlobErrors where the port has a code for them. */
export async function refusing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    const code = systemCode(cause);
    if (FULL.includes(code)) throw noRoom(cause);
    if (UNWRITABLE.includes(code)) {
      throw new BlobError({
        code: "unwritable",
        message: "The folder for uploads cannot be written. What was acknowledged is kept.",
        cause,
      });
    }
    throw cause;
  }
}

/** The system's code of an error, such as `ENOENT`; empty when it has none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

export function noRoom(cause?: unknown): BlobError {
  return new BlobError({
    code: "no-room",
    message:
      "The server’s disk for uploads is full. What it acknowledged is kept: tell whoever runs this server, and go on when there is room.",
    cause,
  });
}

export function noSuchBlob(): BlobError {
  return new BlobError({ code: "no-such-blob", message: "There is no upload with this id." });
}

export function wrongOffset(message: string): BlobError {
  return new BlobError({ code: "wrong-offset", message });
}

export function tooShort(): BlobError {
  return new BlobError({ code: "too-short", message: "The upload does not hold all those bytes." });
}
