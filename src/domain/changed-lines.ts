import type { LineToAgree } from "./lines-to-agree.ts";

/** A line that is another than it was; null where it was, or is, not there. */
export interface ChangedLine {
  readonly group: LineToAgree["group"];
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Of the lines of two waybills those that differ, in the order of the later one; what is there no more comes last. */
export function changedLines(before: readonly LineToAgree[], after: readonly LineToAgree[]): readonly ChangedLine[] {
  const then = new Map(before.map((each) => [each.name, each]));
  const now = new Set(after.map(({ name }) => name));
  return [
    ...after
      .filter(({ name, value }) => then.get(name)?.value !== value)
      .map(({ name, group, label, value }) => ({ group, label, before: then.get(name)?.value ?? null, after: value })),
    ...before
      .filter(({ name }) => !now.has(name))
      .map(({ group, label, value }) => ({ group, label, before: value, after: null })),
  ];
}
