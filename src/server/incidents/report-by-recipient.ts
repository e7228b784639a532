import type { IncidentKind, Report } from "../../domain/incident.ts";
import type { Standing } from "../api/receiving-act.ts";
import type { Parts } from "../parts.ts";
import { type Filed, fileReport } from "./file-report.ts";

/** What a recipient says of a package on its own pages or through their program, to be filed before the arrow is taken. */
export interface Said {
  readonly kind: IncidentKind;
  readonly words: string;
  readonly stopped: Report["stopped"];
}

/** SDT-14, SDT-29: what a recipient, or somebody with their link, says opens an incident or joins one. Their sender is mailed beside it. */
export async function reportByRecipient(
  parts: Pick<Parts, "policy" | "place">,
  { tx, transfer, recipient, taken }: Standing,
  { kind, words, stopped }: Said,
): Promise<Filed> {
  const { party } = recipient;
  const reporter = party.kind === "member" ? await tx.member(party.memberId) : null;
  const standing = taken.by.kind === "link-holder" ? "link" : "recipient";
  const report = { kind, words, stopped, standing, reach: "", about: "", recipientId: recipient.id } as const;
  return fileReport(tx, parts, { ...report, reporter, transfer, senderKnows: true }, taken);
}
