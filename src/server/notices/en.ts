import type { NoticeTexts } from "./texts.ts";

export const en = {
  subject: (reference) => `Reference ${reference}`,
  reminderSubject: (reference) => `Reference ${reference} (reminder)`,
  soonerSubject: (reference) => `Reference ${reference} (earlier date)`,
  invitationSubject: "Invitation to receive information securely",
  greeting: ({ name, team }) => [team ? `To ${name},` : `Dear ${name},`],
  sent: ({ sender, organisation, reference, link, access, expires }) => [
    `${sender.name} (${sender.address}) of ${organisation.name} has sent you information securely. Its reference is ${reference}.`,
    `To receive it, go to:\n${link}`,
    access === "words"
      ? `The link alone opens nothing. You first show that this is your mailbox. ${sender.left ? `${sender.name} has left ${organisation.name} since: the page says who tells you the six words now, or what to do.` : `Then ${sender.name} tells you six words by another way that suits you.`} The words never come by email.`
      : "The link alone opens nothing. You sign in with your own passkey.",
    `You can open it until ${expires}. After that it is destroyed.`,
  ],
  reminder: ({ sender, organisation, reference, link, expires }) => [
    sender.left
      ? `${sender.name}, who has left ${organisation.name} since, sent you information securely, and there is no receipt from you yet. Its reference is ${reference}.`
      : `${sender.name} (${sender.address}) of ${organisation.name} sent you information securely, and has no receipt from you yet. Its reference is ${reference}.`,
    `To receive it, or to confirm that you have it, go to:\n${link}`,
    `You can open it until ${expires}. After that it is destroyed.`,
  ],
  sooner: ({ sender, organisation, reference, link, expires }) => [
    `The information that ${sender.name} (${sender.address}) of ${organisation.name} sent you securely can now be opened until ${expires} only, which is earlier than we told you before. Its reference is ${reference}. After that it is destroyed.`,
    `To receive it, or to confirm that you have it, go to:\n${link}`,
  ],
  genuine: ({ organisation, host, reference }) => [
    "HOW TO CHECK THAT THIS IS GENUINE",
    `Do not rely on this email. Type ${host}/genuine into your browser yourself and enter the reference ${reference} and your address: a fresh notice then comes to your mailbox. Or ring ${organisation.name} on the number that you find on its website, ${organisation.website}.`,
  ],
  responsibilities: () => [
    "YOUR RESPONSIBILITIES",
    "What was sent is for you. Keep it safe, follow the handling instructions that come with it, show it only to people who need it, and delete it when you no longer need it. Please confirm receipt when you have opened it.",
  ],
  notForYou: ({ sender, organisation, link }) => [
    "IS THIS NOT FOR YOU?",
    `If you are not the right person, do not open it and do not pass it on. Go to ${link} and choose “This is not for me”, or ${sender.left ? `ring ${organisation.name} on the number that you find on its website, ${organisation.website}` : `tell ${sender.name} at ${sender.address}`}. Then delete this email.`,
  ],
  invitation: ({ sender, organisation, host, link }) => [
    `${sender.name} (${sender.address}) of ${organisation.name} would like to send you information securely, and invites you to register first. With a passkey of your own, nobody else can open what is sent to you, and no words need to be told by phone.`,
    `To register, go to:\n${link}`,
    `If you are not sure that this is genuine, type ${host} into your browser yourself, or ring ${organisation.name} on the number that you find on its website, ${organisation.website}.`,
    `If you are not the right person, do nothing, and tell ${sender.name} at ${sender.address}.`,
  ],
  ahead: ({ reference, organisation, host }) =>
    `I am sending you information securely. You will get an email from ${organisation.name} with the reference ${reference}. To check that it is genuine, type ${host}/genuine into your browser and enter that reference and your address.`,
} as const satisfies NoticeTexts;
