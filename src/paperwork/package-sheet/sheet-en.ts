import { type SheetTexts, shortly } from "./sheet-texts.ts";

const SAME = " It is the same for all of them.";

/** The instruction sheet in English. */
export const SHEET_EN: SheetTexts = {
  title: (reference) => `Package ${reference}: how to open it`,
  lead: (organisation) =>
    `${organisation} has sent you information in an encrypted package. This sheet says what to do with it.`,
  factNames: { reference: "Reference", from: "From", call: "Whom to call", files: "Files" },
  wrongTitle: "If it is not for you",
  wrong: (call) => [
    "Do not try to open it, copy it or pass it on.",
    `Call ${call} at once and give the reference above.`,
    "Keep it safe until they tell you what to do with it. Nobody will blame you.",
  ],
  arrivedTitle: "When it has arrived",
  arrived: (call) =>
    `Call ${call}, give the reference, and say that it has arrived. Use this number or one that you know already, not one from an email.`,
  arrivedOnline: (host, code, call) =>
    `Type ${host}/arrived into a browser, and enter the reference and the code ${code}. The sender then knows that it is with you. If you cannot, call ${call}.`,
  openTitle: "How to open it",
  open: {
    zip: ({ files, inner }) => [
      "On Windows, use 7-Zip (free, from 7-zip.org) or WinZip. On a Mac, use Keka or The Unarchiver. On Linux, use 7-Zip. Windows Explorer and the Mac's Finder cannot open this package themselves: they may say that it is damaged or that the password is wrong, and it is neither.",
      `Copy ${files.join(", ")} to your computer, and open it with that program.`,
      `Type the password when you are asked. Inside is ${inner}.`,
      `Extract ${inner}, and open it with a double click: it needs no password, and what was sent is in it.`,
    ],
    age: ({ files, inner }) => [
      "Use the program age (free, from age-encryption.org), or another that opens age files.",
      `In a terminal, in the folder with the package: age -d -o ${inner} ${files.join(" ")}`,
      "Type the password when you are asked. Capital letters, spaces and hyphens count.",
      `Open ${inner} with a double click: what was sent is in it.`,
    ],
    pdf: ({ files }) => [
      `Open ${shortly(files)} with Acrobat Reader, Microsoft Edge, Preview on a Mac, or another PDF reader.`,
      `Type the password when you are asked. Capital letters, spaces and hyphens count.${files.length > 1 ? SAME : ""}`,
    ],
    office: ({ files }) => [
      `Open ${shortly(files)} with Microsoft Office 2010 or later, or with LibreOffice: the program on the computer, not the one in a browser.`,
      `Type the password when you are asked. Capital letters and hyphens count.${files.length > 1 ? SAME : ""}`,
    ],
  },
  key: ({ files, inner }) => [
    "Use the program age (free, from age-encryption.org), or another that opens age files, and the key that you gave to the sender.",
    `In a terminal, in the folder with the package: age -d -i YOUR-KEY-FILE -o ${inner} ${files.join(" ")}`,
    `Open ${inner} with a double click: what was sent is in it.`,
  ],
  passwordTitle: "The password",
  password: [
    "It is not in this package. You are told it in another way, after you have said that the package has arrived.",
    "Keep it apart from the package, and do not send it on.",
  ],
  dutiesTitle: "Your responsibilities",
  duties: (returnTo) => [
    "What was sent is meant for you. Keep it safe, and show it only to people who need it.",
    "Follow the handling instructions: they are on the sheet that came with it, or the sender tells you them.",
    `Delete it when you no longer need it. If it came on a stick or a disk, send that back ${returnTo === null ? "as agreed" : `to ${returnTo}`}.`,
    "When you have opened it, tell the sender that it is complete, or what is missing.",
    "You can say with it which SHA-256 the package has (Windows: certutil -hashfile FILE SHA256; macOS and Linux: shasum -a 256 FILE): that shows that it is what was sent.",
  ],
  troubleTitle: "If it does not open, or something is missing",
  trouble: (call) =>
    `Where you may not install programs, or have only a phone or a tablet, ask your IT team to open it, or ask us: it can be sent in another way. Call ${call} and give the reference. Do not send the password by email to anyone, and do not use a website that opens packages.`,
};
