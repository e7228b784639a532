import { randomId } from "../../bytes/random.ts";
import { type Contact, voicePhones } from "../../domain/contact.ts";
import type { Message } from "../../domain/mail.ts";
import { takesTexts } from "../../domain/phone.ts";
import type { About } from "./notices.ts";

type Texts = (facts: { readonly organisation: string; readonly reference: string }) => string;

const EN: Texts = ({ organisation, reference }) =>
  `${organisation}: we have sent you something securely. Look for our email with the reference ${reference}. This text has no link, and nobody will ask you to reply. If you do not expect it, ring us on the number that you find on our website.`;

const CY: Texts = ({ organisation, reference }) =>
  `${organisation}: rydym wedi anfon rhywbeth atoch yn ddiogel. Chwiliwch am ein neges e-bost â'r cyfeirnod ${reference}. Nid oes dolen yn y neges destun hon, ac ni fydd neb yn gofyn i chi ateb. Os nad ydych yn ei disgwyl, ffoniwch ni ar y rhif a welwch ar ein gwefan.`;

/**
 * The text message beside the mail at release, to a contact who prefers texts, on the first of their checked numbers that takes them;
 * null where there is none. It has no link and no name but the organisation's (SDT-13, SDT-16): the words never go by it.
 */
export function textNotice(
  { transfer, recipient, organisation, at }: Pick<About, "transfer" | "recipient" | "organisation" | "at">,
  contact: Pick<Contact, "preferred" | "phones">,
): Message | null {
  const phone = voicePhones(contact).find(({ number, verified }) => verified !== null && takesTexts(number));
  if (contact.preferred !== "sms" || phone === undefined) return null;
  const write = recipient.language === "cy" ? CY : EN;
  return {
    id: randomId(),
    to: phone.number,
    subject: "",
    text: write({ organisation: organisation.name, reference: transfer.reference }),
    reference: transfer.reference,
    recipientId: recipient.id,
    createdAt: at,
  };
}
