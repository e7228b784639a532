import { formatDateTime } from "../domain/date-text.ts";
import type { Evidence } from "../evidence/pack.ts";
import { type Block, facts, heading, paragraph } from "./paper.ts";

/** What became of what was sealed; nothing before it ended. */
export function destroyedBlocks({ organisation, events }: Evidence): readonly Block[] {
  const destroyed = events.findLast(({ kind }) => kind === "content-destroyed");
  const held = events.findLast(({ kind }) => kind === "destruction-held");
  const certified = events.findLast(({ kind }) => kind === "destruction-certified");
  if (!destroyed && !held) return [];
  if (!destroyed) {
    return [heading(2, "Destruction"), paragraph("What was sealed is kept beyond its end, because a hold is on it.")];
  }
  return [
    heading(2, "Destruction"),
    paragraph(
      `${organisation} says that what was sealed, and every access to it, was destroyed on ${formatDateTime(destroyed.at)}. Backups from before may still hold it, and what opens it, for as long as the organisation keeps them.`,
    ),
    ...(certified
      ? [
          heading(3, "Certificate of destruction"),
          facts(...certificateRows(String(certified.detail.certificate ?? ""))),
          paragraph(
            `Signed on ${formatDateTime(certified.at)} with the key of the organisation’s log: event ${certified.seq}.`,
          ),
        ]
      : []),
  ];
}

const NAMES: Readonly<Record<string, string>> = {
  reference: "Transfer",
  waybill: "Transfer record, SHA-256",
  why: "Why",
  endedAt: "Access ended",
  destroyedAt: "Seen to be gone",
  content: "List of files, SHA-256",
  bodyBytes: "Bytes that were sealed",
  access: "Accesses, SHA-256",
  backupsUntil: "Backups may hold it until",
};

/** The members of the certificate's JSON as they stand there, under names for people. */
function certificateRows(certificate: string): readonly (readonly [string, string])[] {
  const members = JSON.parse(certificate) as Readonly<Record<string, unknown>>; // this server wrote and signed it
  return Object.entries(members)
    .filter(([name]) => name !== "version")
    .map(([name, value]) => [NAMES[name] ?? name, valueText(value)]);
}

function valueText(value: unknown): string {
  if (value === null) return "Not stated";
  return Array.isArray(value) ? value.join("\n") : String(value);
}
