import { type Outcome, Tally } from "./tally.ts";

/**
 * What a process says of the files that it runs, told apart by file: they run one after another, and what a file holds is
 * reported before the suite that bears its name. Of a process that runs one file, everything is about that.
 */
export class Heard {
  readonly #files: readonly string[];
  readonly #tallies = new Map<string, Tally>();
  readonly #seconds = new Map<string, number>();
  /** What is about none of them: the process itself, and what it does after the last one. */
  readonly rest = new Tally();
  /** Since the last file was over. */
  #current = new Tally();
  #inside = 0;

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  note(passed: boolean, outcome: Outcome): void {
    const { name, nesting, details } = outcome;
    if (passed) this.#current.pass(outcome);
    else this.#current.fail(outcome);
    if (nesting > 0) {
      if (details.type !== "suite") this.#inside++;
      return;
    }
    const alone = this.#files.length === 1;
    const file = this.#files.find((each) => alone || each === name);
    if (file === undefined) this.rest.add(this.#current);
    // A suite that passes with nothing in it is a file of which no test ran.
    else if (alone || this.#inside > 0 || details.error !== undefined) this.#tallyOf(file).add(this.#current);
    if (file !== undefined) {
      this.#seconds.set(file, (this.#seconds.get(file) ?? 0) + (details.duration_ms ?? 0) / 1_000);
    }
    this.#current = new Tally();
    this.#inside = 0;
  }

  /** The process has ended. @returns the count of each file; one of which nothing was heard failed. */
  over(): ReadonlyMap<string, Tally> {
    this.rest.add(this.#current);
    for (const file of this.#files) if (!this.#tallies.has(file)) this.#tallyOf(file).miss(file);
    return this.#tallies;
  }

  /** How long each file took. */
  get seconds(): ReadonlyMap<string, number> {
    return this.#seconds;
  }

  #tallyOf(file: string): Tally {
    const tally = this.#tallies.get(file) ?? new Tally();
    this.#tallies.set(file, tally);
    return tally;
  }
}
