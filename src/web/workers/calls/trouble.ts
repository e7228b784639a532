import { ClientError } from "../../../client/error.ts";
import { ContainerError } from "../../../containers/error.ts";
import { SealError } from "../../../seal/error.ts";

/** An error as it goes from a worker to its page: codes of ClientError, ContainerError and SealError, `unexpected` for everything else. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  /** HTTP status, when a server refused. */
  readonly status: number | null;
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof ClientError) {
    return { code: error.code, message: error.message, status: error.refusal?.status ?? null };
  }
  if (error instanceof SealError || error instanceof ContainerError)
    return { code: error.code, message: error.message, status: null };
  if (error instanceof DOMException) {
    return { code: CODES[error.name] ?? "unexpected", message: error.message, status: null };
  }
  return { code: "unexpected", message: String(error), status: null };
}

/** What the platform's own refusals are for a person. */
const CODES: Readonly<Record<string, string>> = {
  AbortError: "stopped",
  NotReadableError: "changed-files",
  NotFoundError: "changed-files",
  QuotaExceededError: "too-large-for-device",
};
