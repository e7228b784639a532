import { randomId } from "../../bytes/random.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import type { Place } from "../parts.ts";
import type { ReportReader } from "./report-readers.ts";

/** SIS-25: tells those who agreed where the transmission report is. It names the reference, and nothing of what was sent. @param at ISO 8601 */
export function reportMails(
  readers: readonly ReportReader[],
  reference: string,
  sender: Member,
  place: Place,
  at: string,
): readonly Message[] {
  return readers.flatMap(({ member, request }) => {
    if (request === null) return [];
    const lines = [
      `Dear ${member.name},`,
      `${sender.name} (${sender.address}) attached the transmission report of a fax that you agreed to. It is sealed to you: it opens on your device, with your passkey, and nobody can open it from this email.`,
      `Reference: ${reference}\nThe report: ${place.origin}/to-agree/${request}/fax-report`,
    ];
    const about = { id: randomId(), to: member.address, subject: `${reference}: transmission report` };
    return [{ ...about, text: `${lines.join("\n\n")}\n`, reference, recipientId: null, createdAt: at }];
  });
}
