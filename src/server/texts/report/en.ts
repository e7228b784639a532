import type { ReportTexts } from "./texts.ts";

export const en = {
  title: "Report a problem",
  lead: ({ name }) =>
    `Tell ${name} at once, also when you are not sure and when nothing seems lost. Nothing that was sent is deleted by a report, and nobody is blamed for making one.`,
  kind: "What happened?",
  kinds: {
    lost: "Something was lost or stolen",
    "wrong-person": "It came or went to the wrong person",
    "opened-by-other": "Somebody else has opened it, or may have",
    damaged: "It is damaged, or does not open",
    missing: "Something is missing",
    "suspicious-message": "I got a suspicious message",
    "near-miss": "Nothing seems lost, but something is not as it should be",
  },
  kindHints: {
    lost: "Such as a device, a memory stick, an envelope or papers",
    "suspicious-message": "Such as an email that says it is from us and asks for a password. Do not open links in it",
    "near-miss": "Such as papers left out, a door left open, or words read out where others could hear",
  },
  about: "What is it about?",
  aboutHint: "The reference, such as WB-7F3K-Q2XV, or the link from the email",
  unknown: "I do not know",
  words: "What else should we know? (optional)",
  wordsHint: "In your own words. Do not write what the information itself says: this text is not sealed.",
  reach: "How can we reach you? (optional)",
  reachHint: "An email address or a phone number, only so that we can ask you about this",
  button: "Send the report",
  moreTitle: "If you want to add something",
  moreLead: "Your report counts without it.",
  moreWords: "Did you open it, save any of it, or show it to somebody? What else should we know? (optional)",
  moreButton: "Add this to my report",
  moreDoneTitle: "It was added to your report",
  moreDone: ["Whoever looks after your report sees it. You need not do anything else."],
  moreGoneTitle: "It could not be added any more",
  moreGone: ({ name }) => [
    `Your report itself was sent, and the people at ${name} have it. Something can be added once, and for an hour: to say more, report it again and give the number of your report.`,
  ],
  reachTooLong: "That is too long. Use 200 characters at the most",
  choose: "Choose what happened",
  badAbout: "That is no reference or link of ours. Check it, or choose “I do not know”",
  tooLong: "That is too long. Use 1,000 characters at the most",
  tooMany: ({ name, phone }) =>
    `Many reports were made from where you are, so this one was not sent. What you typed stands below: send it again in an hour. Do not wait with it: ring ${name} now, ${phone}.`,
  rather: "Or talk to somebody",
  forward: ({ name, address }) =>
    `Now forward the message as an attachment to ${name}, ${address}, so that they see where it came from. Then delete it.`,
  doneTitle: "Your report was sent",
  number: "The number of your report",
  done: ({ name, website, phone }) => [
    `The people at ${name} who look after this have been told just now. They look into it.`,
    "If it reached the wrong person, and what you told us shows what it is, nobody can open it while that is found out. Nothing that was sent was destroyed by your report.",
    "If you have something that is not for you, do not read it, copy it or pass it on. Keep it until somebody tells you what to do with it.",
    `If it cannot wait, ring ${name}, ${phone}, and give them this number. You find the telephone number on its website too: ${website}.`,
  ],
} as const satisfies ReportTexts;
