/** Everything that this slice can refuse. */
export type PolicyCode =
  | "bad-facts" // the fact file does not parse; `field` says where
  | "bad-configuration" // `file`, `line` and the reason
  | "bad-policy"; // a rule, schema or case: `file`, `line` and the reason

/** A refusal. `message` may be shown to people: what happened, and what to do. */
export class PolicyError extends Error {
  readonly code: PolicyCode;
  /** The fact that was refused, such as `recipients[0].country`. */
  readonly field: string | null;
  /** Where a policy or configuration was refused; lines count from 1. */
  readonly place: { readonly file: string; readonly line: number } | null;
  constructor(options: {
    code: PolicyCode;
    message: string;
    field?: string;
    place?: { readonly file: string; readonly line: number };
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = "PolicyError";
    this.code = options.code;
    this.field = options.field ?? null;
    this.place = options.place ?? null;
  }
}

/** A rule, schema or case that is refused, with the place in front of the reason. */
export function badPolicy(file: string, line: number, reason: string, cause?: unknown): PolicyError {
  return new PolicyError({ code: "bad-policy", message: `${file}:${line}: ${reason}`, place: { file, line }, cause });
}

/** A configuration that is refused, with the place in front of the reason. */
export function badConfiguration(file: string, line: number, reason: string, cause?: unknown): PolicyError {
  const message = `${file}:${line}: ${reason}`;
  return new PolicyError({ code: "bad-configuration", message, place: { file, line }, cause });
}
