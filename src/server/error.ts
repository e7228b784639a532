import { type BlobCode, BlobError } from "../domain/blobs.ts";
import { type DomainCode, DomainError } from "../domain/error.ts";
import { StoreError } from "../store/error.ts";

export type ServerCode =
  | "sign-in-first"
  | "not-allowed"
  | "no-such-page"
  | "bad-request"
  | "stale-form"
  | "foreign-origin"
  | "too-often"
  | "bad-signature"
  | "wrong-code"
  | "code-spent"
  | "not-set-up"
  | "already-set-up"
  | "gone"
  | "cut-body"
  | "broken-off" // a request whose body ended early: nobody reads the answer
  | "unsupported-type"
  | "other-version"
  | "unwritable"
  | "paused";

/** A request that the server refuses. `message` is shown: what happened, what was not lost, what to do. */
export class ServerError extends Error {
  readonly code: ServerCode;
  /** Field name to message, for the page's error summary. */
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds until trying again makes sense, for `too-often`. */
  readonly retryAfter: number | null;
  constructor(options: {
    code: ServerCode;
    message: string;
    fields?: Readonly<Record<string, string>>;
    retryAfter?: number;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = "ServerError";
    this.code = options.code;
    this.fields = options.fields ?? {};
    this.retryAfter = options.retryAfter ?? null;
  }
}

/** The one table from codes to HTTP status. */
export const STATUS = {
  "sign-in-first": 401,
  "not-allowed": 403,
  "no-such-page": 404,
  "bad-request": 400,
  "stale-form": 403,
  "foreign-origin": 403,
  "too-often": 429,
  "bad-signature": 403,
  "wrong-code": 422,
  "code-spent": 422,
  "not-set-up": 503,
  "already-set-up": 404,
  gone: 410,
  "cut-body": 410,
  "broken-off": 400,
  "unsupported-type": 415,
  "other-version": 412,
  paused: 409,
  "bad-reference": 404,
  "bad-address": 422,
  "bad-number": 422,
  "not-now": 409,
  "not-work-address": 422,
  "not-yours": 404,
  "not-found": 404,
  incomplete: 409,
  changed: 409,
  unmet: 409,
  "already-there": 409,
  "no-such-blob": 404,
  "wrong-offset": 409,
  "too-large": 413,
  "no-room": 507,
  unwritable: 503,
  finished: 409,
  "too-short": 409,
} as const satisfies Record<ServerCode | DomainCode | BlobCode, number>;

/** A refusal with its status and public text, or null for anything unexpected, which becomes a 500 with a reference only. */
export function refusalOf(error: unknown): {
  code: string;
  status: number;
  message: string;
  fields: Readonly<Record<string, string>>;
  retryAfter: number | null;
} | null {
  if (error instanceof ServerError) {
    const { code, message, fields, retryAfter } = error;
    return { code, status: STATUS[code], message, fields, retryAfter };
  }
  if (error instanceof DomainError || error instanceof BlobError) {
    return { code: error.code, status: STATUS[error.code], message: error.message, fields: {}, retryAfter: null };
  }
  if (error instanceof StoreError && (error.code === "no-room" || error.code === "unwritable")) {
    return { code: error.code, status: STATUS[error.code], message: DISK[error.code], fields: {}, retryAfter: null };
  }
  return null;
}

/** What the store's words for operators are to everybody else. The same codes as of uploads: it is most often the same disk. */
const DISK = {
  "no-room":
    "The server’s disk is full. This was not done, and nothing that was kept is lost. Tell whoever runs this server, and try again when there is room.",
  unwritable:
    "The server cannot write to its disk. This was not done, and nothing that was kept is lost. Tell whoever runs this server, and try again later.",
} as const;
