import { randomId } from "../../bytes/random.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import type { Parts } from "../parts.ts";
import { now } from "../passkeys/enrolment.ts";
import { keyTextsIn } from "../texts/key/texts.ts";
import { languageOfMember } from "./language-of-member.ts";

/** Tells a mailbox what became of a key in its owner's name, in their language: whoever did not make it learns of it. */
export async function postKeyMail(
  tx: Writer,
  parts: Parts,
  member: Pick<Member, "name" | "address" | "offer">,
  what: "offered" | "refused" | "withdrawn" | "added" | "used",
): Promise<void> {
  const house = await tx.organisation();
  if (!house) return;
  const { mail } = keyTextsIn((await languageOfMember(tx, member, house)) ?? "en");
  const facts = { name: member.name, house, host: new URL(parts.place.origin).host };
  await tx.post({
    id: randomId(),
    to: member.address,
    subject: what === "used" ? mail.usedSubject : mail.subject,
    text: `${mail[what](facts).join("\n\n")}\n`,
    reference: null,
    recipientId: null,
    createdAt: now(parts),
  });
}
