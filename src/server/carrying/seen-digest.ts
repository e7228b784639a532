import type { FixedCarriage } from "../../domain/carriage.ts";
import { reportOtherDigest, type SaidBy } from "../../domain/lifecycle/carriage-arrows.ts";
import type { Step } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Recipient } from "../../domain/transfer.ts";
import type { Standing } from "../drafts/take-back.ts";
import { fileReport } from "../incidents/file-report.ts";
import type { Parts } from "../parts.ts";

/**
 * The SHA-256 of any file of a package, or of several, that a recipient saw, compared with those of what was sent: `same` where each is of one
 * that was sent. `digests` are hexadecimal, in small letters.
 */
export type SeenDigest = {
  readonly is: "none" | "unreadable" | "same" | "other";
  readonly digests: readonly string[];
};

/** The length is that of a SHA-256, spaces or none between its bytes; what is not part of it begins after a space. */
const DIGESTS = /(?<=^|\s)(?:[0-9a-f]{2} ?){32}(?=\s|$)/gi;

/**
 * SDT-28: what was typed as the SHA-256 of the package, as `certutil` or `shasum` shows it: large or small letters, with spaces between, or
 * with the name of the file behind it. The recipient controls it. Without a package there is nothing to compare it with.
 */
export function readSeenDigest(typed: string, { package: sent }: FixedCarriage): SeenDigest {
  if (sent === null || typed.trim() === "") return { is: "none", digests: [] };
  const found = [...typed.trim().matchAll(DIGESTS)];
  if (found[0]?.index !== 0) return { is: "unreadable", digests: [] };
  const digests = found.map(([each]) => each.replaceAll(" ", "").toLowerCase());
  return { is: digests.every((each) => sent.digests.includes(each)) ? "same" : "other", digests };
}

/** SDT-29: another SHA-256 opens an incident as a damaged package, or joins one. @param reporter null: somebody with the code on the sheet */
export async function fileOtherDigest(
  parts: Pick<Parts, "policy" | "place">,
  { tx, transfer, taken }: Pick<Standing, "tx" | "transfer" | "taken">,
  recipient: Recipient,
  said: { readonly by: SaidBy; readonly digests: readonly string[]; readonly reporter: Member | null },
): Promise<Step> {
  const step = reportOtherDigest(transfer, recipient, said, taken);
  const { reporter } = said;
  const standing = reporter === null ? "sheet" : "sender";
  const report = { kind: "damaged", standing, stopped: null, reach: "", about: "", recipientId: recipient.id } as const;
  const words = `The SHA-256 of the package that they have is not that of what was sent: ${said.digests.join(" ")}`;
  await fileReport(tx, parts, { ...report, words, reporter, transfer, senderKnows: reporter !== null }, taken);
  return step;
}
