/** What of a body to send: bytes [start, end) of `size`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * One `Range` header (RFC 9110, section 14) over `size` bytes; the client controls it. Null: no range of bytes is asked for, so all of it
 * is. `unsatisfiable`: malformed, several ranges, or beyond the end: answered 416 rather than with a whole body that nobody asked for.
 */
export function spanOf(range: string | undefined, size: number): Span | null | "unsatisfiable" {
  if (range === undefined || !/^bytes\s*=/i.test(range)) return null;
  const found = /^bytes=(\d{0,16})-(\d{0,16})$/i.exec(range.trim());
  const [first, last] = [found?.[1] ?? "", found?.[2] ?? ""];
  if (first === "" && last === "") return "unsatisfiable";
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length > 0 ? { start: size - length, end: size } : "unsatisfiable";
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  return start < end ? { start, end } : "unsatisfiable";
}
