import type { FixedCarriage } from "../../domain/carriage.ts";
import { reportOtherDigest, type SaidBy } from "../../domain/lifecycle/carriage-arrows.ts";
import type { Step } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Recipient } from "../../domain/transfer.ts";
import type { Standing } from "../drafts/take-back.ts";
import { fileReport } from "../incidents/file-report.ts";
import type { Parts } from "../parts.ts";

/** The SHA-256 that a recipient saw, compared with that of the package that was sent. `digest` is hexadecimal, in small letters. */
export type SeenDigest =
  | { readonly is: "none" | "unreadable"; readonly digest: null }
  | { readonly is: "same" | "other"; readonly digest: string };

/**
 * SDT-28: what was typed as the SHA-256 of the package, as `certutil` or `shasum` shows it: large or small letters, with spaces between, or
 * with the name of the file behind it. The recipient controls it. Without a package there is nothing to compare it with.
 */
export function readSeenDigest(typed: string, { package: sent }: FixedCarriage): SeenDigest {
  if (sent === null || typed.trim() === "") return { is: "none", digest: null };
  const digest = /^((?:[0-9a-f]{2} ?){32})(?: .*)?$/i.exec(typed.trim())?.[1]?.replaceAll(" ", "").toLowerCase();
  if (digest === undefined) return { is: "unreadable", digest: null };
  return { is: digest === sent.digest ? "same" : "other", digest };
}

/** SDT-29: another SHA-256 opens an incident as a damaged package, or joins one. @param reporter null: somebody with the code on the sheet */
export async function fileOtherDigest(
  parts: Pick<Parts, "policy" | "place">,
  { tx, transfer, taken }: Pick<Standing, "tx" | "transfer" | "taken">,
  recipient: Recipient,
  said: { readonly by: SaidBy; readonly digest: string; readonly reporter: Member | null },
): Promise<Step> {
  const step = reportOtherDigest(transfer, recipient, said, taken);
  const { reporter } = said;
  const standing = reporter === null ? "link" : "sender";
  const report = { kind: "damaged", standing, stopped: null, reach: "", about: "", recipientId: recipient.id } as const;
  const words = `The SHA-256 of the package that they have is not that of what was sent: ${said.digest}`;
  await fileReport(tx, parts, { ...report, words, reporter, transfer, senderKnows: reporter !== null }, taken);
  return step;
}
