/** Time as a part, so that tests and the demo can move it. */
export interface Clock {
  now(): Date;
}

export const DAY = 24 * 60 * 60 * 1000;

export function iso(at: Date): string {
  return at.toISOString();
}
