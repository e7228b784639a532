import type { Organisation } from "../../domain/organisation.ts";
import type { Place } from "../parts.ts";

/** SIS-37: the mail to administrators when the log is not what it was. Reveals nothing of any transfer. */
export function logAlarm(
  { name }: Organisation,
  says: readonly string[],
  place: Place,
): { readonly subject: string; readonly text: string } {
  const text = [
    `Something is wrong with the log of ${name}'s Waybill at ${place.origin}:`,
    says.map((sentence) => `- ${sentence}`).join("\n"),
    "It may have been changed by somebody with access to the server, or an older copy of the database was put back. Nothing was deleted because of this, and sending goes on.",
    "What to do: keep a copy of the database as it is now, run “waybill log fsck” on the server, and tell whoever looks after information security. A fault of the disk looks the same: compare with a backup.",
    `How it stands: ${place.origin}/health`,
  ].join("\n\n");
  return { subject: "The log is not what it was", text };
}
