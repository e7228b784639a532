const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** 20 MB, in the page's language: decimal units, at most one digit after the point, as the server writes them. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const options = { style: "unit", unit: UNITS[unit] ?? "byte", unitDisplay: unit === 0 ? "long" : "short" } as const;
  const digits = { maximumFractionDigits: unit > 0 && value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, { ...options, ...digits }).format(value);
}

/** 3 minutes, 40 seconds: one unit, rounded up, so that it counts down to nothing. */
export function timeText(seconds: number): string {
  const [value, unit] =
    seconds < 90
      ? ([Math.ceil(seconds), "second"] as const)
      : seconds < 90 * 60
        ? ([Math.ceil(seconds / 60), "minute"] as const)
        : ([Math.ceil(seconds / 3600), "hour"] as const);
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(
    value,
  );
}
