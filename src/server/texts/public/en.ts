import type { RecordGround } from "../../../domain/lawful-bases.ts";
import type { PublicFacts, PublicTexts } from "./texts.ts";

const GROUNDS: Readonly<Record<RecordGround, string>> = {
  "public-task": "a task in the public interest, or official authority (UK GDPR Article 6(1)(e))",
  "legal-obligation": "a legal obligation (UK GDPR Article 6(1)(c))",
  "legitimate-interests": "its legitimate interests (UK GDPR Article 6(1)(f))",
};

function keptFor(months: number | null): string {
  if (months === null) return "for good";
  return months % 12 === 0
    ? `for ${months / 12} ${months === 12 ? "year" : "years"}`
    : `for ${months} ${months === 1 ? "month" : "months"}`;
}

/** Each period that the organisation has set; where it has set none, that it has not decided. */
function periods({ organisation: { name }, keeping }: PublicFacts): readonly string[] {
  if (keeping === null) {
    const open = `${name} has not decided yet how long it keeps the record of a transfer and what else is on record here. Until it does, it is kept.`;
    return [open, "The files themselves are destroyed when the time is over in which they can be opened."];
  }
  const { transfers, access, contacts, incidents, mail } = keeping.months;
  const decided = (months: number | null | undefined, says: (kept: string) => string) =>
    months === undefined ? [] : [says(keptFor(months))];
  return [
    ...decided(transfers, (kept) => `The record of a transfer is kept ${kept}, from when the transfer ends.`),
    ...decided(
      contacts,
      (kept) => `Your name and addresses, where no transfer on record names you: ${kept}, from when they were added.`,
    ),
    ...decided(
      access,
      (kept) => `Sign-ins, what auditors searched for and exported, and answers to access requests: ${kept}.`,
    ),
    ...decided(
      incidents,
      (kept) => `Problems that were reported, with what a reporter said: ${kept}, from when they were closed.`,
    ),
    ...decided(mail, (kept) => `Emails that this service sent: ${kept}.`),
    `Backups of the server are kept for ${keeping.backupDays} days. A legal hold can keep a record longer.`,
    "The files themselves are destroyed when the time is over in which they can be opened.",
  ];
}

export const en: PublicTexts = {
  privacy: (facts) => {
    const { organisation, privacyTeam, ground } = facts;
    const { name, phone } = organisation;
    return {
      title: "Privacy notice for recipients",
      lead: `${name} uses Waybill to send you information safely. This says what it keeps about you when it does.`,
      sections: [
        {
          heading: "What is kept about you",
          lines: [
            "Your name, your email address, your organisation, and the language that you prefer. Telephone numbers, where the sender knows them, to tell you six words.",
            "Why you may have what is sent, and whether you expect it, as the sender states.",
            "When you were told of it, asked for a code, confirmed that it arrived, opened it and confirmed receipt; what you signed, and the public key that you signed with; what you reported.",
            "Emails that were sent to you by this service, until they are delivered and a time after.",
          ],
        },
        {
          heading: "What is not kept",
          lines: [
            "What is in the files. They are sealed on the sender’s device, and this server cannot open them. They are destroyed when their time is over.",
            "Passwords, and the six words. Your network address is counted against misuse for minutes, and not kept with the record.",
            "Nothing is used to track you, and nobody else’s services are asked. Cookies are those without which the page does not work.",
          ],
        },
        {
          heading: "Why, and on what ground",
          lines: [
            `${name} is the controller. It keeps this record to send information securely, to prove what was sent to whom, and to find out what went wrong. ${ground === null ? "It has not said here yet on which lawful ground: ask it." : `Its lawful ground for that is ${GROUNDS[ground]}.`} The ground for what is in the files is stated by each sender.`,
          ],
        },
        {
          heading: "Who sees it",
          lines: [
            "The sender, those who have to agree to a transfer, its auditors, the privacy team and administrators, each no more than they need. Other recipients do not see you.",
            "Those who run its mail servers, and the monitoring and the outside witnesses of its log where it has any. Monitoring and witnesses get no names and no addresses.",
            "Where it tells people by text message that something came: GOV.UK Notify, of those who prefer texts, with their number, its name and the reference.",
            "A public log holds digests of each event. They say nothing to anybody who has not got the event.",
          ],
        },
        {
          heading: "For how long",
          lines: periods(facts),
        },
        {
          heading: "Your rights",
          lines: [
            "You can ask for what is held about you, have it put right, object, and in some cases have it erased or restricted.",
            `Ask ${privacyTeam.name}: ${privacyTeam.address}, or ${phone}.`,
            "If you are not content with the answer, you can complain to the Information Commissioner: ico.org.uk, 0303 123 1113.",
          ],
        },
      ],
    };
  },
  accessibility: ({ organisation: { name, phone }, privacyTeam }) => ({
    title: "Accessibility statement",
    lead: `This is for the Waybill service of ${name}.`,
    sections: [
      {
        heading: "How accessible it is",
        lines: [
          "It is built to meet WCAG 2.2 at level AA, with the GOV.UK Design System’s components. It has not been audited by anybody else, and it has not been tested by people who use assistive technology. So we say that it is partially compliant until it has been.",
        ],
      },
      {
        heading: "What was tested, and how",
        lines: [
          "By its makers, with automatic checks of the pages, at widths of 360 and 1,280 pixels, and with the keyboard, in Chromium. Not with a screen reader other than by looking at roles and names, and not in every browser.",
        ],
      },
      {
        heading: "What may not work for you",
        lines: [
          "Opening and sealing files needs JavaScript and a current browser. There is no way around that: the files are opened on your device and nowhere else.",
          "PDF files are drawn as pictures of their pages when you look at them here. A screen reader gets no text from that: save the file and open it with a program of your own.",
          "The six words are told by telephone or in another way that the sender chooses. If that does not serve you, tell the sender which way does, such as Relay UK, a text message or a letter.",
          "Files that were sent are as accessible as their authors made them.",
          "The Welsh texts were not reviewed by a Welsh translator yet.",
        ],
      },
      {
        heading: "Ask us, or complain",
        lines: [
          `If something does not work for you, or you need it in another form: ${phone}, or ${privacyTeam.address}.`,
          "If you are not content with our answer, the Equality Advisory and Support Service can help: equalityadvisoryservice.com.",
        ],
      },
      {
        heading: "About this statement",
        lines: ["It was prepared on 22 November 2026 by the makers of Waybill, from their own tests."],
      },
    ],
  }),
};
