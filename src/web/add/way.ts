import type { ChosenFile } from "./chosen.ts";

/** What becomes of the files that were chosen: sealed and uploaded, or packed on this device for somebody to carry. */
export interface Way {
  /** Whether leaving the page would interrupt something, or lose what was made; what is dropped meanwhile is left alone. */
  readonly busy: boolean;
  /** Whether there is nothing to go. */
  isEmpty(files: readonly ChosenFile[]): boolean;
  /** Bytes of all that goes, as the rules are asked about it. */
  sizeOf(files: readonly ChosenFile[]): number;
  /** Others were chosen than before, or all were looked into. */
  changed(files: readonly ChosenFile[]): void;
  /**
   * Does it, with the page's part for it. What does not work is said in the page's problem.
   * @param riskyReason why programs, scripts or macros must be sent; empty when there are none
   */
  start(files: readonly ChosenFile[], riskyReason: string): void;
}
