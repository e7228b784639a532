/** Time as a part, so that tests and the demo can move it. */
export interface Clock {
  now(): Date;
}

export const DAY = 24 * 60 * 60 * 1000;

export function iso(at: Date): string {
  return at.toISOString();
}

/** The same day a year later, to compare last days with; 29 February has none, and stands for the last of the month. @param day YYYY-MM-DD */
export function aYearFrom(day: string): string {
  return `${String(Number(day.slice(0, 4)) + 1).padStart(4, "0")}${day.slice(4)}`;
}
