import { randomId } from "../../bytes/random.ts";
import type { Language } from "../../domain/contact.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Recipient } from "../../domain/transfer.ts";
import { timeIn } from "../texts/dates.ts";
import { inHalves } from "./digits.ts";

/** What the mail with a code is made from. `until` and `at` are ISO 8601. */
export interface CodeMail {
  readonly recipient: Recipient;
  readonly sender: Member | null;
  readonly organisation: Organisation;
  readonly language: Language;
  readonly code: string;
  readonly until: string;
  readonly at: string;
}

interface CodeTexts {
  readonly subject: (reference: string) => string;
  readonly paragraphs: (told: {
    readonly code: string;
    readonly time: string;
    readonly reference: string;
    readonly organisation: string;
    readonly website: string;
    /** Null where they have left. */
    readonly sender: string | null;
  }) => readonly string[];
}

const TEXTS: Readonly<Record<Language, CodeTexts>> = {
  en: {
    subject: (reference) => `Reference ${reference}: your code`,
    paragraphs: ({ code, time, reference, organisation, website, sender }) => [
      `Your code is ${code}`,
      `Type it on the page of ${organisation} where you asked for it, for reference ${reference}. It works once, until ${time}. You can ask for a new one at any time.`,
      "Nobody will ask you to tell them this code: do not read it out or pass it on.",
      `If you did not ask for a code, somebody else has the link. It opens nothing without this code. ${sender ? `Tell ${sender}.` : `Ring ${organisation} on the number that you find on ${website}.`}`,
    ],
  },
  cy: {
    subject: (reference) => `Cyfeirnod ${reference}: eich cod`,
    paragraphs: ({ code, time, reference, organisation, website, sender }) => [
      `Eich cod yw ${code}`,
      `Teipiwch ef ar dudalen ${organisation} lle gofynnoch amdano, ar gyfer y cyfeirnod ${reference}. Mae’n gweithio unwaith, tan ${time}. Gallwch ofyn am un newydd unrhyw bryd.`,
      "Ni fydd neb yn gofyn i chi ddweud y cod hwn wrthynt: peidiwch â’i ddarllen yn uchel na’i anfon ymlaen.",
      `Os na ofynnoch am god, mae’r ddolen gan rywun arall. Nid yw’n agor dim heb y cod hwn. ${sender ? `Rhowch wybod i ${sender}.` : `Ffoniwch ${organisation} ar y rhif a welwch ar ${website}.`}`,
    ],
  },
};

/** The mail with a code. Its subject names the reference alone (SDT-16), so that the code is on no lock screen. */
export function codeMail({ recipient, sender, organisation, language, code, until, at }: CodeMail): Message {
  const texts = TEXTS[language];
  const paragraphs = texts.paragraphs({
    code: inHalves(code),
    time: timeIn(language, until),
    reference: recipient.reference,
    organisation: organisation.name,
    website: organisation.website,
    sender: sender?.state === "active" ? `${sender.name} (${sender.address})` : null,
  });
  return {
    id: randomId(),
    to: recipient.address,
    subject: texts.subject(recipient.reference),
    text: `${paragraphs.join("\n\n")}\n`,
    reference: recipient.reference,
    recipientId: recipient.id,
    createdAt: at,
  };
}
