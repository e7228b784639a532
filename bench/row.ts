/** One comparison, measured in one run. */
export interface Comparison {
  readonly name: string;
  /** What is better: more (a speed) or less (a time, a size). */
  readonly better: "more" | "less";
  readonly unit: string;
  /** One value for each round. */
  readonly ours: readonly number[];
  /** What ours is set against, measured in turn with it; left out where the number stands for itself. */
  readonly peer?: { readonly name: string; readonly values: readonly number[] };
  /** The limit and the aim of the design's table: of ours / peer, or of ours where there is no peer. */
  readonly least?: number;
  readonly aim?: number;
}

/** As `npm run bench` measures it; or as small and as short as it goes, to see that it runs. */
export type Extent = "whole" | "smoke";

/** A row file's default export. */
export interface BenchRow {
  /** What `npm run bench -- NAME` calls it, and its heading in the results. */
  readonly name: string;
  /** One paragraph: what is measured, on what, and what is counted. */
  readonly about: string;
  run(say: (text: string) => void, extent: Extent): Promise<BenchResult>;
}

export interface BenchResult {
  readonly comparisons: readonly Comparison[];
  /** Sentences for people: why a number falls short, and what was tried. */
  readonly notes: readonly string[];
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
