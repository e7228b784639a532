import { CliError } from "./error.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "you may not use it",
  EPERM: "you may not use it",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  EEXIST: "it exists already",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EROFS: "the disk is read-only",
  EFBIG: "the disk cannot hold a file that large",
  EPIPE: "the program reading it has ended",
  EIO: "the disk reports a fault, or was taken out",
  ENODEV: "the disk is not there any more",
  ENOTCONN: "the disk is not there any more",
  ESTALE: "the disk is not there any more",
  ENXIO: "the disk is not there any more",
};

/** The error for a file that the system refused; errors of other kinds are given back as they are. */
export function fileError(doing: string, path: string, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
  if (code === null || cause instanceof CliError || !/^E[A-Z0-9]+$/.test(code)) return cause;
  const message = `Cannot ${doing} ${path}: ${REASONS[code] ?? code}.`;
  return new CliError({ code: "file", message, cause });
}
