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
      `${organisation} says that what was sealed, and every access to it, was destroyed on ${formatDateTime(destroyed.at)}. What was sealed may still be in backups for as long as the organisation keeps those; nothing in them opens it, for every access is gone too.`,
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

/** The members of the certificate's JSON, as they stand there. */
function certificateRows(certificate: string): readonly (readonly [string, string])[] {
  const members = JSON.parse(certificate) as Readonly<Record<string, unknown>>; // this server wrote and signed it
  return Object.entries(members).map(([name, value]) => [
    name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`),
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
}
