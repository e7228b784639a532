/** A bar of a chart with its place in the drawing; lengths are units of its view box. */
interface Bar {
  readonly label: string;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bars that lie, each under its label. */
export interface BarChart {
  readonly width: number;
  readonly height: number;
  readonly total: number;
  readonly bars: readonly (Bar & { readonly textY: number })[];
}

/** Bars that stand, one beside the other. */
export interface ColumnChart {
  readonly width: number;
  readonly height: number;
  readonly total: number;
  /** Where the bars stand. */
  readonly base: number;
  readonly bars: readonly (Bar & { readonly short: string; readonly middle: number })[];
}

/** As wide as the narrowest screen has room for (WCAG 2.2, 1.4.10), so that a letter is never smaller than it is drawn. */
const WIDTH = 288;
const ROW = 46;
const COLUMN_HEIGHT = 120;
const LINE = 18;

export function rowChart(counted: readonly { readonly label: string; readonly count: number }[]): BarChart {
  const most = mostOf(counted);
  return {
    width: WIDTH,
    height: Math.max(1, counted.length) * ROW,
    total: totalOf(counted),
    bars: counted.map(({ label, count }, at) => ({
      ...{ label, count, x: 0, textY: at * ROW + 15, y: at * ROW + 22, height: 14 },
      width: lengthOf(count, most, WIDTH),
    })),
  };
}

export function columnChart(
  counted: readonly { readonly label: string; readonly short: string; readonly count: number }[],
): ColumnChart {
  const most = mostOf(counted);
  const step = WIDTH / Math.max(1, counted.length);
  const base = LINE + COLUMN_HEIGHT;
  return {
    width: WIDTH,
    height: base + LINE,
    total: totalOf(counted),
    base,
    bars: counted.map(({ label, short, count }, at) => {
      const height = lengthOf(count, most, COLUMN_HEIGHT);
      const x = rounded(at * step + step * 0.15);
      return {
        ...{ label, short, count, x, width: rounded(step * 0.7), height, y: rounded(base - height) },
        middle: rounded(at * step + step / 2),
      };
    }),
  };
}

/** What is there is seen, however little it is. */
function lengthOf(count: number, most: number, longest: number): number {
  return count === 0 ? 0 : Math.max(2, rounded((count / most) * longest));
}

function mostOf(counted: readonly { readonly count: number }[]): number {
  return Math.max(1, ...counted.map(({ count }) => count));
}

function totalOf(counted: readonly { readonly count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
