import type { KeyTexts } from "./texts.ts";

export const keyEn = {
  offerTitle: "Next time you need no words",
  offer:
    "Keep a passkey on this device: your fingerprint, face or device PIN. What is sent to you later is then sealed to you, and nobody has to tell you words.",
  offerButton: "Keep a passkey",
  kept: (sender) =>
    `You have kept a passkey. When ${sender.name}, or a colleague, next sends you something, they confirm that it is yours, and then you open it with the passkey alone.`,
  title: "Keep a passkey",
  lead: (sender) =>
    `You have shown that this mailbox is yours, and you have opened what ${sender.name} sent you with the six words. A key that you make now can therefore be offered to them as yours. It takes about three minutes.`,
  openFirst:
    "This browser does not know any more that you opened the package. Open it once more with the six words, confirm receipt if you have not, then come back here in the same window.",
  openFirstButton: "Open it again",
  recoveryTitle: "Keep your recovery code",
  recovery: [
    "This code is the way back in if you lose every device with a passkey of yours. It is shown only now. It was made on this device and is never sent.",
    "Keep it on paper in a safe place, or in a password manager. Do not email it. Whoever has it and knows your address can take your place.",
  ],
  print: "Print it",
  copy: "Copy it",
  copyWords: "Copy them",
  recoveryEnd: "Type the last four characters of the code",
  shows: "This shows that you have kept it",
  showsWords: "This shows that you have kept them",
  recoveryWrong: "These are not the last four characters of the code",
  keptCode: "I have kept it",
  passkeyTitle: "Make a passkey",
  passkey: [
    "Your device asks twice: first to make the passkey, then to sign with it.",
    "With it, this device makes your key. What is sealed to that key nobody else can open. The server keeps it sealed.",
  ],
  make: "Make my passkey",
  passphraseTitle: "Keep your key passphrase",
  passphrase: [
    "Your passkey signs you in, but this kind cannot hold your key. So your key is sealed with these six words instead. You type them whenever you open something, after your passkey. They were made on this device, are shown only now, and are never sent.",
    "Keep them in a password manager or on paper in a safe place. If you lose them, your recovery code still opens everything.",
  ],
  passphraseEnd: "Type the last word",
  passphraseWrong: "This is not the last of the six words",
  keptWords: "I have kept them",
  compareTitle: "The number of your key",
  compare:
    "Somebody who sends you something rings you first, on a number that they know, to make sure that this key is yours. Read them this number. Until they have compared it, nothing is sealed to your key.",
  removeTitle: "If you change your mind",
  remove: (host, house) =>
    `Sign in with the passkey at ${host}, choose your name, then “Remove my key”. Or ring ${house.name} on the number that you find on its website, ${house.website}. What is sent to you afterwards is opened with six words again.`,
  working: "One moment. Your device may ask you something.",
  cancelled: "No passkey was used: the prompt was closed, timed out, or found none. Nothing was changed: try again.",
  offline: "The connection was lost. Nothing was changed: check it, then try again.",
  failed:
    "The passkey could not be kept. Nothing was changed: load this page again. What you received is not affected.",
  mail: {
    subject: "A passkey in your name",
    usedSubject: "Your recovery code was used",
    offered: ({ name, house, host }) => [
      `Dear ${name},`,
      `Somebody who reads this mailbox, and who had opened what ${house.name} sent you, has kept a passkey in your name. When you are next sent something, the sender is asked to confirm that it is yours. From then on you open with it, without six words.`,
      `If this was not you, ring ${house.name} at once on the number that you find on its website, ${house.website}.`,
      `To remove it, type ${host} into your browser yourself, sign in with the passkey, choose your name, then “Remove my key”.`,
    ],
    added: ({ name, house, host }) => [
      `Dear ${name},`,
      `A key was added to your account with ${house.name}: another passkey, a command line, or a new key in place of one that you removed. What is sent to you from now on can be opened with it.`,
      `If this was not you, ring ${house.name} at once on the number that you find on its website, ${house.website}.`,
      `To see what opens your account, and to remove what is not yours, type ${host} into your browser yourself, sign in, and choose your name.`,
    ],
    used: ({ name, house }) => [
      `Dear ${name},`,
      `The recovery code of your Waybill account at ${house.name} was used just now. A new passkey and a new recovery code were made; every earlier passkey has ended.`,
      "If this was you, there is nothing to do.",
      `If it was not, ring ${house.name} at once on the number that you find on its website, ${house.website}: somebody else is signed in as you.`,
    ],
    refused: ({ name, house }) => [
      `Dear ${name},`,
      `The passkey that was kept in your name with ${house.name} was not confirmed, and has been removed. Nothing was sealed to it. What is sent to you is opened with six words, as before.`,
      `If the passkey was yours, tell whoever sends you something next; you can keep another after you have opened it. Questions? Ring ${house.name} on the number that you find on its website, ${house.website}.`,
    ],
    withdrawn: ({ name, house }) => [
      `Dear ${name},`,
      `Your key with ${house.name} has been removed. What is sent to you from now on is opened with six words.`,
      `If this was not you, ring ${house.name} on the number that you find on its website, ${house.website}.`,
    ],
  },
} as const satisfies KeyTexts;
