import type { OpenTexts } from "./open-texts.ts";
import type { House, Sender } from "./texts.ts";

/** Who sees what is signed, and is told: the sender, or once they have left the organisation. */
const whoSees = (sender: Sender, house: House): string => (sender.left ? house.name : sender.name);

export const openEn: OpenTexts = {
  title: "Open your package",
  from: (sender, house) =>
    sender.left
      ? `From ${sender.name}, who has left ${house.name}`
      : `From ${sender.name}, ${sender.address}, ${house.name}`,
  until: (date) => `You can open it until ${date}.`,
  problem: "There is a problem",
  tooLargeTitle: "This is too large for this browser",
  tooLargeHow: (member, sender, house) =>
    member
      ? "Open it in Chrome or Edge on a computer, where you can choose a folder, or with our program for the command line, by this command. You can still look at small files here. Nothing is lost."
      : `Open it in Chrome or Edge on a computer, where you can choose a folder, or with our program for the command line, by this command. It sends you a new code by email and takes the same six words; you need no account. ${sender.left ? `${house.name}, which you ring on the number that you find on ${house.website},` : `${sender.name} at ${sender.address}`} can tell you where to get the program. You can still look at small files here. Nothing is lost.`,
  tooLargeFolder: "received",
  tooLargeCopy: "Copy the command",
  wordsLabel: "The six words",
  wordsHint: (teller) =>
    `${teller ? `${teller.name} tells you them. ` : ""}Type them in any case, with spaces or hyphens between, or paste them.`,
  wordsTyped: "What you have typed so far",
  open: "Open",
  memberLead: "Your passkey opens it on this device. The server cannot open it.",
  memberOpen: "Open with your passkey",
  opening: "Opening and checking",
  openingWait: "This takes a few seconds, on a phone up to half a minute.",
  openedTitle: "Your package is open",
  openedLead:
    "The list of files was checked on this device: it is the one that the transfer record names. Each file is checked as you view or save it.",
  damagedTitle: "It did not arrive whole",
  damagedNext: (sender, house) => [
    sender.left
      ? `Ring ${house.name} on the number that you find on ${house.website}, and give the reference: ${sender.name}, who sent it, has left, and somebody else can send it again. Do not use what you have of it until you have asked.`
      : `${sender.name} decides now: they can send it again, and you get a new email then. Do not use what you have of it until you have asked them.`,
    "Receipt cannot be confirmed now. It may have happened only on the way: you can have everything fetched and checked again below.",
  ],
  handlingTitle: "How to handle it",
  message: "Message",
  files: "Files",
  name: "Name",
  size: "Size",
  actions: "What you can do",
  view: "View",
  save: "Save",
  saveAll: "Save all files",
  saveAllHint: "Where no folder can be chosen, they come as one zip file.",
  close: "Close",
  progressLabel: "Checked and saved",
  stop: "Stop",
  verifyTitle: "Check everything again",
  verifyLead: (sender, house) =>
    `You, or this page for you, told ${whoSees(sender, house)} that something is missing or damaged. Before receipt can be confirmed, everything is fetched and checked again on this device. That takes as long as saving all of it. Nothing is saved by it.`,
  verify: "Check everything again",
  receiptTitle: "When you have looked at it",
  receiptLead: (sender, house) =>
    `Confirm that you have it. It is signed on this device, and ${whoSees(sender, house)} sees it with the time.`,
  receiptHandling: "With the button you also confirm that you have read how to handle it, above, and will.",
  receipt: "I have opened it and it is complete",
  receiptElsewhere:
    "Receipt is confirmed on the device on which arrival was confirmed. To confirm it on this one, first confirm arrival here.",
  arriveHere: "Confirm arrival on this device",
  script: {
    tooLarge: "The package holds {size}, and this browser can save {limit} at the most.",
    wordUnknown: "is not one of the words that are used",
    wordsUnknown: "“{word}” is not one of the words that are used. Check it with the sender.",
    wordsCount: "You have typed {count} words. You need six.",
    wrongWords:
      "These are not the six words of this package. Nothing is lost: check them with the sender, then try again.",
    progress: "{bytes} of {total}",
    progressSpeed: "{speed} a second",
    progressTime: "{time} left",
    progressStill: "{bytes} of {total}, nothing has moved for some seconds",
    saving: "Fetching and checking {name}",
    saved: "{name} is saved.",
    renamed: "Sent as “{name}”. It is saved under a name that every device takes.",
    moreRows: "Show all {count} files",
    savedAll: "All {count} files are saved.",
    handedOver:
      "{name} is with your browser’s downloads. The copy that was made here on the way is deleted when you next come to this site, once it is 15 minutes old.",
    zipName: "{reference}.zip",
    everything: "everything",
    checkedAgain: "Everything was checked again: it is what was sent. You can confirm receipt now.",
    damaged:
      "What arrived is damaged: it is not what was sent. Nothing that looks complete was left behind, and the sender was told. They can send it again.",
    lying:
      "The server handed out something that does not belong to this package. Nothing of that was shown or kept. Do not go on: ring the sender on a number that you find yourself.",
    offline: "The connection was lost. Nothing is lost: check it, then try again.",
    noAccess:
      "This package is not sealed to your key, or your access has ended. Nothing is lost: ask the sender to give you access.",
    stopped: "You stopped it. Nothing incomplete was left behind.",
    noRoom:
      "There is no room for this on your device. Nothing incomplete was left behind. Make room, or save the files one by one.",
    unexpected:
      "Something went wrong on this page. Nothing is lost: load it again. If it happens again, ask the sender.",
  },
};
