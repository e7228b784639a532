/** One thing that is wrong with the stored log. Numbers are those of events (seq), from 1. */
export type Finding =
  | { readonly kind: "changed"; readonly seq: number }
  | { readonly kind: "unreadable"; readonly seq: number; readonly why: string }
  | { readonly kind: "missing"; readonly seq: number }
  /** At `seq` stands what happened as number `from`. */
  | { readonly kind: "moved"; readonly seq: number; readonly from: number }
  | { readonly kind: "copied"; readonly seq: number; readonly of: number }
  | { readonly kind: "added"; readonly seq: number }
  | { readonly kind: "entry-missing"; readonly seq: number }
  /** The event is as it was signed; what the log holds for it is not. */
  | { readonly kind: "entry-changed"; readonly seq: number }
  | { readonly kind: "hash-wrong"; readonly level: number; readonly at: number }
  /** A signed head, or the counter of events, tells of more than there is. */
  | { readonly kind: "cut-off"; readonly size: number; readonly present: number; readonly told: "head" | "counter" }
  /** The log between these entries is not what was signed, though it agrees with itself. */
  | { readonly kind: "rewritten"; readonly first: number; readonly last: number }
  | { readonly kind: "not-ours"; readonly size: number; readonly why: string };

/** The finding in words, for whoever runs the server. */
export function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case "changed":
      return `Event ${finding.seq} was changed: it is not what the log holds for it.`;
    case "unreadable":
      return `Event ${finding.seq} was changed: it cannot be read. ${finding.why}`;
    case "missing":
      return `Event ${finding.seq} is missing.`;
    case "moved":
      return `Events were reordered: event ${finding.from} stands as number ${finding.seq}.`;
    case "copied":
      return `Event ${finding.seq} was added: it is a copy of event ${finding.of}.`;
    case "added":
      return `Event ${finding.seq} was added: the log has no entry for it.`;
    case "entry-missing":
      return `The log's entry of event ${finding.seq} is missing. The event itself is there.`;
    case "entry-changed":
      return `The log's entry of event ${finding.seq} was changed. The event itself is as it was signed.`;
    case "hash-wrong":
      return `The stored hash number ${finding.at} of level ${finding.level} is not that of the entries below it.`;
    case "cut-off":
      return finding.told === "head"
        ? `A signed head covers ${finding.size} events, and there are ${finding.present}: the last ones were removed, or an older database was restored.`
        : `${finding.size} events were numbered, and there are ${finding.present}: the last ones were removed.`;
    case "rewritten":
      return `Something between events ${finding.first} and ${finding.last} was changed and the log with it: it is not what was signed.`;
    case "not-ours":
      return `The stored head of ${finding.size} events is not one that this log signed. ${finding.why}`;
  }
}
