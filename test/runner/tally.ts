/** Reasons for which a test may be skipped or still to do, each with why that is right. Anything else fails the run. */
const ALLOWED_REASONS: readonly string[] = [];

/** What the tally reads of an event of node:test. */
export type Outcome = {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: {
    readonly type?: string | undefined;
    readonly error?: unknown;
    readonly duration_ms?: number | undefined;
  };
};

/** Counts the tests of a run. Suites are not counted; what they hold is. */
export class Tally {
  passed = 0;
  failed = 0;
  /** The names of what failed, in that order: of tests, and of files that failed by themselves. */
  readonly failures: string[] = [];
  /** One line for each thing that fails the run though no assertion did. */
  readonly complaints: string[] = [];
  readonly #allowed: readonly string[];
  constructor(allowed: readonly string[] = ALLOWED_REASONS) {
    this.#allowed = allowed;
  }

  pass(outcome: Outcome): void {
    const { name, nesting, file, details } = outcome;
    const reason = reasonOf(outcome);
    if (nesting === 0 && file?.endsWith(name) === true) {
      this.#complain(`${name}: no test of it ran.`);
    } else if (reason !== undefined) {
      if (!this.#allowed.includes(reason)) this.#complain(`${file}: "${name}" did not run (${reason}).`);
    } else if (details.type !== "suite") {
      this.passed++;
    }
  }

  fail({ name, details }: Outcome): void {
    // A suite that fails for what it holds is not counted; one that failed by itself (a hook, a file that does not load) is.
    if (details.type === "suite" && failureType(details.error) === "subtestsFailed") return;
    this.failed++;
    this.failures.push(name);
  }

  /** Fails the run for a file that was to run with others, and of which their process said nothing. */
  miss(file: string): void {
    this.#complain(`${file}: no test of it ran.`);
  }

  /** Counts what another one counted, a file's for instance, as if it had happened here. */
  add(other: Tally): void {
    this.passed += other.passed;
    this.failed += other.failed;
    this.failures.push(...other.failures);
    this.complaints.push(...other.complaints);
  }

  /** The line that closes a run. */
  get closingLine(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }

  /** Whether the run is good: something ran, and nothing failed. */
  get good(): boolean {
    return this.failed === 0 && this.passed > 0;
  }

  #complain(what: string): void {
    this.failed++;
    this.failures.push(what);
    this.complaints.push(what);
  }
}

/** Why node:test says that something failed. */
function failureType(error: unknown): unknown {
  return error instanceof Error && "failureType" in error ? error.failureType : undefined;
}

function reasonOf({ skip, todo }: Outcome): string | undefined {
  if (skip !== undefined && skip !== false) return typeof skip === "string" ? skip : "skipped without a reason";
  if (todo !== undefined && todo !== false) return typeof todo === "string" ? todo : "still to do";
  return undefined;
}
