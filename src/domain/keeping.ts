/** Kinds of record that are kept for a time of their own. */
export const RECORD_KINDS = ["transfers", "incidents", "access", "acts", "contacts", "registers"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Everything that is asked. Mail is no record: what is on record of it stands in its transfer, and it is forgotten without notice. */
export const KEPT_KINDS = [...RECORD_KINDS, "mail"] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

/** How long records are kept (SIS-37). There is none before an administrator has said: nothing is removed until then. */
export interface Keeping {
  /** Months after which records of a kind are removed; null: they are kept for good; absent: it was said before that kind was asked about, and none is removed. */
  readonly months: Readonly<Partial<Record<KeptKind, number | null>>>;
  /** Days for which what is due is shown before it is removed. */
  readonly noticeDays: number;
  /** For how many days after destruction backups of the sealed bodies may still hold them: certificates say until when. */
  readonly backupDays: number;
  readonly setBy: string;
  readonly setAt: string;
}

/** Records of one kind that are due, as they were announced: removed from `removeFrom` on, unless a hold is on them. */
export interface Removal {
  readonly id: string;
  readonly kind: RecordKind;
  /** Everything of the kind that ended at or before this moment. */
  readonly before: string;
  readonly announcedAt: string;
  readonly removeFrom: string;
  /** How many were due when it was announced. */
  readonly due: number;
  readonly state: "announced" | "done" | "withdrawn";
  readonly removed: number;
}

/** The moment before which records of a kind are due; null where they are kept for good. @param now ISO 8601 */
export function dueBefore(keeping: Keeping, kind: KeptKind, now: string): string | null {
  const months = keeping.months[kind] ?? null;
  if (months === null) return null;
  const at = new Date(now);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() - months);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return at.toISOString();
}

/** Events of the kind `access`: who signed in and who looked at what. Enrolments are none of them: signatures are checked with those. */
export const ACCESS_EVENTS = [
  ...(["signed-in", "signed-out-everywhere", "subject-exported"] as const),
  ...(["records-searched", "records-exported", "controls-reported"] as const), // what an auditor typed stands in them
] as const;

/** Events of the kind `acts`: what administrators and keepers did that is no part of a transfer, and that nothing is checked with. */
export const ACT_EVENTS = [
  ...(["member-invited", "member-changed", "member-deactivated", "deputy-named", "deputy-ended"] as const),
  ...([
    "keeping-set",
    "removal-announced",
    "removal-withdrawn",
    "removal-finished",
    "hold-placed",
    "hold-lifted",
  ] as const),
  ...(["controls-reviewed", "controls-reminded"] as const),
  ...(["post-taken-in", "post-handed-on"] as const), // of what is no transfer of ours
] as const;
