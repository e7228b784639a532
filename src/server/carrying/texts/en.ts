import type { CarriedTexts } from "./texts.ts";

const BY = {
  email: "by email, in a package with a password",
  cjsm: "by CJSM",
  post: "by post or courier",
  "hand-delivery": "by hand",
  telephone: "by telephone",
  "removable-media": "on a registered medium",
  fax: "by fax",
} as const;

export const en = {
  subject: (reference) => `Reference ${reference}`,
  greeting: ({ name, team }) => (team ? `To ${name},` : `Dear ${name},`),
  onItsWay: ({ sender, organisation, reference, host, method, expected }) => [
    `${sender.name} (${sender.address}) of ${organisation.name} has sent you something ${BY[method]}. Its reference is ${reference}. It should be with you by ${expected}.`,
    `A code comes with it. When you have it, type ${host}/arrived into your browser, and enter the reference and the code: then ${sender.name} knows that it has arrived.`,
    "YOUR RESPONSIBILITIES\n\nWhat was sent is for you. Keep it safe, follow the handling instructions that come with it, and show it only to people who need it.",
    `IS THIS NOT FOR YOU?\n\nIf you are not the right person, do not open what comes, and do not pass it on. Tell ${sender.name} at ${sender.address}. If you are not sure that this email is genuine, ring ${organisation.name} on the number that you find on its website, ${organisation.website}.`,
  ],
  reminder: ({ sender, organisation, reference, host }) => [
    `${sender.name} (${sender.address}) of ${organisation.name} sent you something with the reference ${reference}, and does not know yet whether you have it.`,
    `Please type ${host}/arrived into your browser, and enter the reference and the code that came with it. If nothing came, tell ${sender.name} at once.`,
  ],
  receiptReminder: ({ sender, organisation, reference, host }) => [
    `${sender.name} (${sender.address}) of ${organisation.name} sent you something with the reference ${reference}. By the record it has arrived, or was handed over for you. Nobody has confirmed yet that it is complete.`,
    `Please look through it, then type ${host}/arrived into your browser, and enter the reference and the code that came with it. If something is missing or damaged, or you do not have it, tell ${sender.name} at once.`,
  ],
  unnamedHandling: {
    OFFICIAL: "Keep it where only people who need it can reach it.",
    "OFFICIAL-SENSITIVE": "In the wrong hands it could do harm. Only people with a real need to know may see it.",
    public: "It may be passed on.",
    internal: "Keep it where only people who need it for their work can reach it.",
    confidential: "In the wrong hands it could do harm. Only people with a real need to know may see it.",
  },
  toPaste: ({ organisation, reference, host, packed, handling }) => [
    `${organisation.name} sends you information ${packed ? "in the attached package" : "with this message"}. Its reference is ${reference}.`,
    ...(packed
      ? [
          "It opens with a password, which you are told by another channel once you have said that it has arrived. It never comes by email.",
        ]
      : []),
    `HOW TO HANDLE WHAT WAS SENT\n\n${handling.join("\n")}`,
    `If it is not for you, do not open it and do not pass it on. Delete this email, and ring ${organisation.name} on the number that you find on its website, ${organisation.website}.`,
    `When you have it, type ${host}/arrived into your browser and enter the reference and the code: `,
  ],
  arrived: {
    title: "Has something arrived for you?",
    lead: (house) =>
      `Something that ${house.name} sent you carries a reference and a code. Enter both: the sender then knows that it is with you.`,
    reference: "Reference",
    code: "Code",
    codeHint: "8 letters and digits, such as K7QX-2MPA",
    go: "Continue",
    wrong:
      "That reference and that code do not belong together. Look again at the sheet that came with it: both stand on it. The address label has no code. Nothing is lost.",
  },
  standing: {
    title: "What came to you",
    lead: (house) => `It was sent by ${house.name}. Nothing of what is in it is shown here.`,
    over: "This is over: nothing is waited for any more. If it is still with you, tell the sender.",
    handlingTitle: "How to handle it",
    handling: [
      "Keep it safe, and show it only to people who need it.",
      "Do not copy it further than you must, and follow the instructions that come with it.",
      "When you no longer need it, destroy it securely, or send it back where that was asked for.",
    ],
    arrivedTitle: "It has arrived",
    arrivedSaid: "Say so when you hold it in your hands, unopened as far as you can see.",
    reader: "Your name",
    readerHint: "So that the sender knows who has it.",
    readerWrong: "Enter your name, so that the sender knows who has it",
    confirmArrival: "It has arrived",
    password:
      "You have said that it has arrived. If it opens with a password, the sender tells you that by another channel, never by email.",
    receiptTitle: "It is complete",
    receiptSaid: "When you have opened it and everything is there, confirm receipt.",
    pages: "How many pages came?",
    pagesWrong: "Enter how many pages came. If it is another number than you expected, report a problem.",
    digest: "SHA-256 of the package (optional)",
    digestHint:
      "It shows that what you have is what was sent. Windows: certutil -hashfile FILE SHA256. macOS and Linux: shasum -a 256 FILE. FILE is the name of the package, or of any of its files.",
    digestWrong: "Enter all 64 digits and letters a to f of the SHA-256, or leave it empty",
    digestOther:
      "This is not the SHA-256 of what was sent, so receipt is not confirmed. The sender was told that it is damaged. Do not use it, keep it safe, and wait until the sender tells you what to do. If it was of another file, enter that of the package",
    acknowledge: "I will handle it as it says above, and in what came with it",
    acknowledgeWrong: "Confirm how you will handle it",
    confirmReceipt: "I have it, and it is complete",
    received: "You have confirmed receipt. Thank you: there is nothing more to do here.",
    returnMedium: (address) =>
      `The medium belongs to the sender: send it back when you have taken what is on it${address === "" ? ". Ask the sender for the address" : `, to ${address}`}.`,
    notForMeTitle: "Is it not for you?",
    notForMe: (house) => [
      "Do not open it, do not copy it, and do not pass it on. Keep it safe.",
      `Report it below, or ring ${house.name} on the number that you find on ${house.website}. They tell you how to send it back.`,
    ],
    report: "Report a problem",
  },
} as const satisfies CarriedTexts;
