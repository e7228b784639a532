import type { PublicFacts, PublicTexts } from "./texts.ts";

function keptFor(months: PublicFacts["months"]): string {
  if (months === undefined) return "for as long as its retention schedule says: ask it";
  if (months === null) return "for good";
  return months % 12 === 0
    ? `for ${months / 12} ${months === 12 ? "year" : "years"} after the transfer ends`
    : `for ${months} months after the transfer ends`;
}

export const en: PublicTexts = {
  privacy: ({ organisation: { name, phone }, privacyTeam, months }) => ({
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
          `${name} is the controller. It keeps this record to send information securely, to prove what was sent to whom, and to find out what went wrong. For a public body that is a task in the public interest or a legal obligation; for others, its legitimate interests. The ground for what is in the files is stated by each sender.`,
        ],
      },
      {
        heading: "Who sees it",
        lines: [
          "The sender, those who have to agree to a transfer, its auditors, the privacy team and administrators, each no more than they need. Other recipients do not see you.",
          "A public log holds digests of each event. They say nothing to anybody who has not got the event.",
        ],
      },
      {
        heading: "For how long",
        lines: [`The record of a transfer is kept ${keptFor(months)}. A legal hold can keep it longer.`],
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
  }),
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
