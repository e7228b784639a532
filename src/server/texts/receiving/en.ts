import { openEn } from "./open-en.ts";
import type { House, ReceivingTexts, Sender } from "./texts.ts";

/** One advice everywhere, also for whoever doubts what they read: the number that they find themselves. */
const ring = (house: House): string => `ring ${house.name} on the number that you find on ${house.website}`;
/** Whom a recipient turns to. */
const reach = (sender: Sender, house: House): string =>
  sender.left ? `${ring(house)}, and give the reference` : `write to ${sender.name} at ${sender.address}`;
/** Who looks into problems where the sender has left. */
const PROBLEMS = "who look after such problems";

export const en = {
  common: {
    error: "Error",
    problem: "There is a problem",
    skip: "Skip to main content",
    language: "Language",
    otherLanguage: "Cymraeg",
    genuine: "Is this genuine?",
    report: "Report a problem",
    home: "Home",
    menu: "Menu",
    privacy: "Privacy",
    accessibility: "Accessibility",
    reference: "Reference",
    from: "From",
    organisation: "Organisation",
    openUntil: "Can be opened until",
    notForMe: "This is not for me",
    goOn: "Continue",
    back: "Back",
    ask: (sender, house) =>
      sender.left
        ? `Questions? ${sender.name}, who sent it, has left ${house.name}: ${ring(house)}, and give the reference.`
        : `Questions? Ask ${sender.name} at ${sender.address}, or ${ring(house)}.`,
    sentBy: (sender, house) =>
      sender.left ? `${sender.name}, who has left ${house.name}` : `${sender.name}, ${sender.address}`,
    left: (sender, house, { teller, recovery, mayKnow }) => {
      const gone = `${sender.name}, who sent it, has left ${house.name}`;
      if (teller) return `${gone}. ${teller.name} (${teller.address}) tells you the six words that open it, instead.`;
      const known = mayKnow ? " If you were told them, you can still open it. If not," : "";
      const what = recovery
        ? `${house.name} can open it with its recovery key and get it to you another way, or send it to you anew`
        : "it has to be sent to you anew";
      return `${gone}, and nobody there has the six words that open it.${known} ${mayKnow || recovery ? what : `So ${what}`}: ${ring(house)}, and give the reference.`;
    },
    recovery: (house, { left }) =>
      `${house.name} can open this package too, with a recovery key that it keeps offline. To fetch the package from this server two of its administrators have to agree, and ${left ? "it is recorded" : "the sender sees it"}.`,
    needsScript:
      "This step needs JavaScript, because the package is opened on your device and not by us. Turn it on in your browser, or use another browser, then load this page again. Nothing is lost.",
  },
  landing: {
    title: "Somebody has sent you a package",
    lead: (sender, house) => `${sender.name} of ${house.name} has sent you information securely.`,
    checkTitle: "How to check that this is genuine",
    check: (host, reference, house) => [
      `Type ${host}/genuine into your browser yourself and enter the reference ${reference} and your address: a fresh email then comes to your mailbox.`,
      `Or ring ${house.name} on the number that you find on its website, ${house.website}, and give them the reference. Do not use a number from an email that you are not sure of.`,
    ],
    proveTitle: "First, show that this is your mailbox",
    prove: (mailbox) => `The link alone opens nothing. We send a code of 8 digits to ${mailbox}, and you type it here.`,
    passkey: {
      title: "First, sign in with your passkey",
      lead: (house) =>
        `You kept a passkey for what ${house.name} sends you, and this package is sealed to its key. So there is no code and there are no words: your device asks for your fingerprint, face or PIN.`,
      signIn: "Sign in with your passkey",
      lost: (sender) =>
        `If you no longer have the device, and no phone with that passkey either, use your recovery code. Without it you cannot open this package: tell ${sender.name}, who can send it to you anew.`,
      recover: "Use my recovery code",
    },
    send: "Send me a code",
    haveCode: "I have a code already",
    otherDevice: "I have started on another device",
    responsibilitiesTitle: "Your responsibilities",
    responsibilities:
      "What was sent is meant for you. Keep it safe, follow the handling instructions that come with it, show it only to people who need it, and delete it when you no longer need it.",
    otherMember: (house) =>
      `This package was sent by ${house.name} to somebody else, not to the account that you are signed in with. If you followed a link that was sent to you, tell the person who sent it.`,
    otherMemberTitle: "This package is for somebody else",
  },
  code: {
    title: "Enter the code",
    sent: (mailbox, minutes) =>
      `We have sent a code to ${mailbox}. It works once, for ${minutes} minutes. It can take a minute or two to come; look in your junk folder too.`,
    have: (mailbox, minutes) =>
      `Enter a code that was sent to ${mailbox}. It works once, for ${minutes} minutes after it was sent.`,
    label: "Code",
    hint: "8 digits",
    again: "Send a new code",
    againLead: "No code, or too late? A new one loses nothing, and an earlier one that you still have keeps working.",
    empty: "Enter the code from the email. It has 8 digits.",
    wrong: "That code is not right, was used already, or is too old. Check it, or ask for a new one.",
    pausedTitle: "Wait before you try again",
    paused: (minutes, until) => [
      `A wrong code was entered too often, so all codes were cancelled for ${minutes} minutes. Nothing is lost.`,
      `From ${until} you can ask for a new code: open the link in the email again then.`,
    ],
    tooMany:
      "Many codes were sent to this mailbox in the last hour. Use one of those, or ask for a new one in an hour. Nothing is lost.",
  },
  arrive: {
    title: "Confirm that it has arrived",
    what: (sender, house, words, teller) =>
      sender.left
        ? words && teller
          ? `When you confirm, ${teller.name} is asked to tell you the six words that open it, in place of ${sender.name}, who has left ${house.name}.`
          : `When you confirm, ${house.name} has it on record that the package has reached you${words ? "" : ", and you can open it"}.`
        : words
          ? `When you confirm, ${sender.name} sees that the package has reached you, and is asked to tell you the six words that open it.`
          : `When you confirm, ${sender.name} sees that the package has reached you, and you can open it.`,
    device:
      "Your browser makes a key for this package, with which you sign that you have received it. The key stays on this device, so confirm on the device where you want to open the package.",
    again: "Arrival was confirmed on another device. If you want to go on here, confirm it again on this one.",
    corrected:
      "The sender corrected something in the transfer record that is not about you. Confirm arrival again, for the record as it is now. Nothing is lost, and the six words stay the same.",
    reader: "Your name",
    readerHint: "This is a shared mailbox. The sender sees who is reading.",
    readerEmpty: "Enter your name, so that the sender knows who is reading this shared mailbox.",
    button: "Confirm that it has arrived",
    working: "Confirming…",
  },
  wait: {
    title: "Your package has arrived",
    how: ({ sender, channel, ending }) => {
      const who = `To open it, you need six words. ${sender.name} will`;
      if (channel === "post") return `${who} send you them in a letter.`;
      if (channel === "teams") return `${who} tell you them in a Teams message or call.`;
      if (channel === "in-person") return `${who} tell you them in person.`;
      const by = { phone: "by phone", sms: "by text message", "relay-uk": "by Relay UK" }[channel];
      return ending === null
        ? `${who} tell you them ${by}. No number of yours was checked yet, so ${sender.name} checks one first, and it can take longer.`
        : `${who} tell you them ${by}, on the number ending ${ending}.`;
    },
    told: (teller, when) => `${teller.name} noted on ${when} that you were told the six words.`,
    noAnswer: (teller, when) => `${teller.name} tried to reach you on ${when}, without an answer.`,
    never:
      "The words never come by email, and nobody else will ask you for them. Do not tell them to anybody, us included.",
    haveWords: "I have the six words",
    askTitle: "Waiting too long, or another number is better?",
    askLead: (sender) => `${sender.name} gets an email that you are waiting.`,
    askButton: (sender) => `Ask ${sender.name} again`,
    asked: (sender, when) => `${sender.name} was asked again on ${when}.`,
    leave: "You can close this page and come back by the link in the email.",
  },
  open: openEn,
  done: {
    title: "You have confirmed receipt",
    panel: "Receipt confirmed",
    told: (sender, house, when) =>
      sender.left
        ? `${house.name} has had it on record since ${when} that you have it and that it is complete.`
        : `${sender.name} was told on ${when} that you have it and that it is complete.`,
    handlingTitle: "How to handle it",
    handling: {
      OFFICIAL: [
        "This information is OFFICIAL. Keep it where only people who need it can reach it.",
        "Do not pass it on unless the sender agreed to it or the law asks for it.",
        "Delete it, and any copy, when you no longer need it.",
      ],
      "OFFICIAL-SENSITIVE": [
        "This information is OFFICIAL-SENSITIVE: in the wrong hands it could do harm. Only people with a real need to know may see it.",
        "Keep it locked or encrypted. Do not read it where others can look over your shoulder, and do not send it on by ordinary email.",
        "Do not pass it on without the sender’s agreement, unless the law asks for it.",
        "Delete it, and any copy, when you no longer need it, and shred what you printed.",
      ],
      public: ["This information is public: it may be passed on."],
      internal: [
        "This information is internal. Keep it where only people who need it for their work can reach it.",
        "Do not pass it on unless the sender agreed to it or the law asks for it.",
        "Delete it, and any copy, when you no longer need it.",
      ],
      confidential: [
        "This information is confidential: in the wrong hands it could do harm. Only people with a real need to know may see it.",
        "Keep it locked or encrypted, and do not send it on by ordinary email.",
        "Do not pass it on without the sender’s agreement, unless the law asks for it.",
        "Delete it, and any copy, when you no longer need it, and shred what you printed.",
      ],
    },
    until: (date) =>
      `You can open the package again until ${date}. After that it is destroyed here; what you saved stays with you.`,
    openAgain: "Open it again",
    wrongTitle: "If something is wrong after all",
    wrong: "Tell the sender at once if something is missing or damaged, or if it turns out not to be for you.",
  },
  problem: {
    title: "Something is wrong",
    lead: (sender, house) =>
      sender.left
        ? `${sender.name}, who sent it, has left ${house.name}. The people there ${PROBLEMS} are told at once. Nothing is deleted by this.`
        : `${sender.name}, and the people there ${PROBLEMS}, are told at once. Nothing is deleted by this.`,
    kind: "What is wrong?",
    kinds: {
      missing: "Something is missing",
      damaged: "It is damaged, or does not open",
      other: "Something else",
    },
    notForMe: "It is not for me",
    detail: "What happened? (optional)",
    detailHint: "Do not write here what the package contains: this text is not sealed.",
    choose: "Choose what is wrong",
    tooLong: "The text is too long. Use 1,000 characters at the most.",
    button: (sender, house) => (sender.left ? `Tell ${house.name}` : "Tell the sender"),
    thanksTitle: (sender, house) => (sender.left ? `${house.name} has been told` : "The sender has been told"),
    thanks: (sender, house) =>
      sender.left
        ? `The people at ${house.name} ${PROBLEMS} see what you said. If it cannot wait, ${ring(house)}, and give the reference. Nothing has been deleted.`
        : `${sender.name} has got an email and sees what you said. They will be in touch, or send it again. Nothing has been deleted.`,
  },
  misdirected: {
    title: "This is not for me",
    proved: (sender, house) =>
      `If this package should not have come to you, your access to it ends at once and for good, and ${sender.left ? `the people at ${house.name}` : `${sender.name} and the people there`} ${PROBLEMS} are told.`,
    linkOnly: (sender, house) =>
      `You have not shown that this is your mailbox. The package is paused, ${sender.left ? `and the people at ${house.name}` : `${sender.name} is asked what to do, and the people there`} ${PROBLEMS} are told. Nothing is destroyed.`,
    provedButton: (sender, house) => `End my access and tell ${sender.left ? house.name : "the sender"}`,
    linkButton: (sender, house) => `Pause it and tell ${sender.left ? house.name : "the sender"}`,
    doneTitle: "Your access has ended",
    provedDone: (sender, house) => [
      `Thank you. ${sender.left ? house.name : sender.name} has been told.`,
      "If you have already opened or saved any of it, do not read on, copy it or show it to anybody. Keep what you have, and the email, until somebody tells you what to do with it.",
    ],
    linkDoneTitle: "The package is paused",
    linkDone: (sender, house) => [
      `Thank you. ${sender.left ? `The people at ${house.name} ${PROBLEMS} have been told` : `${sender.name} has been asked what to do`}. Until then nobody can open it with this link, and nothing is lost.`,
      "Do not pass the email on. Keep it until somebody tells you what to do with it.",
      `If it is for you after all, ${reach(sender, house)}.`,
    ],
  },
  over: {
    titles: {
      "taken-back": "This package was taken back",
      expired: "This package has expired",
      closed: "This package is closed",
      "not-for-me": "Your access has ended",
      ended: "Your access has ended",
      paused: "This package is paused",
    },
    what: {
      "taken-back": (sender, house) =>
        `${sender.name} took it back, and it can no longer be opened. If you still need it, ${reach(sender, house)}.`,
      expired: (sender, house) =>
        `Its last day has passed, and it can no longer be opened. If you still need it, ${reach(sender, house)} and ask for it to be sent again.`,
      closed: (sender, house) =>
        `You confirmed that you have it, and its last day has passed. If you need it again, ${reach(sender, house)}.`,
      "not-for-me": (sender, house) =>
        `It was said that this package is not for this mailbox. If that was a mistake, ${reach(sender, house)}.`,
      ended: (sender, house) =>
        `${sender.name} ended your access to it. If you still need it, ${reach(sender, house)}.`,
      paused: (sender, house) =>
        `It was said that it may have reached somebody whom it is not for. ${sender.left ? house.name : sender.name} has been asked what to do, and nothing is lost. If it is for you, ${reach(sender, house)}.`,
    },
    expiredLink: [
      "The last day of this package has passed, so nobody can open it any more, and no code is sent for it.",
      "If you still need it, ask the person who sent it to send it again: their name and work address are in the email.",
    ],
    refused: {
      401: "Show that this is your mailbox first",
      403: "That did not work",
      404: "There is nothing here",
      409: "That is not possible now",
      410: "This is over",
      413: "That is too large",
      429: "Please wait a moment",
      500: "Sorry, something went wrong",
    },
    refusal: {
      401: () => "Open the link in the email again and ask for a code. Nothing is lost.",
      403: () =>
        "The page was open for too long, or was sent from elsewhere. Nothing was changed: open the link in the email again.",
      404: () =>
        "There is nothing here that you can see. Open the link in the email again, or ask the person who sent it.",
      409: () => "That cannot be done as things are now. Nothing was changed: open the link in the email again.",
      410: () => "This cannot be opened any more. If you still need it, ask the person who sent it.",
      413: () => "That is more than this page takes. Nothing was changed.",
      429: (minutes) =>
        `That was tried too often. Nothing is lost: wait ${minutes === 1 ? "1 minute" : `${minutes} minutes`}, then open the link in the email again.`,
      500: () => "Something went wrong on our side. What was sent to you is not lost: try again in a few minutes.",
    },
    faultReference: "If it happens again, tell the person who sent it this reference:",
    nothingTitle: "This link opens nothing",
    nothing: [
      "The link may have been cut off or mistyped. Or the package has expired or was taken back, or access by this link was ended, for instance because somebody said that it was not for them.",
      "If you should have it, open the link from the email again. If it still opens nothing, ask the person who sent it: their name and work address are in the email.",
    ],
  },
  device: {
    title: "Continue on another device",
    lead: "You can open the package on another phone or computer, without a new code by email.",
    steps: (address) => `On the other device, type ${address} into the browser and enter this code:`,
    codeIs: "Code",
    until: (time) => `It works once, until ${time}.`,
    key: "You then confirm arrival again on that device, and sign there that you have received it.",
    button: "Show a code",
    enterTitle: "Continue a package on this device",
    enterLead: "Enter the code that your first device shows under “Continue on another device”.",
    label: "Code",
    hint: "8 letters and digits",
    wrong: "That code is not right, was used already, or is too old. Have your first device show a new one.",
  },
  check: {
    title: "Is this genuine?",
    lead: (house) =>
      `Did you get an email that says ${house.name} has sent you information? Enter its reference and your email address. If the package is real and for you, we send a fresh email with its link to that address. We tell nobody else whether it exists.`,
    reference: "Reference",
    referenceHint: "It looks like WB-7F3K-Q2XV",
    address: "Your email address",
    addressHint: "The one to which the email came",
    button: "Check it",
    badReference: "Check the reference: one of its characters is probably mistyped. It looks like WB-7F3K-Q2XV.",
    badAddress: "Enter an email address, like name@example.org",
    doneTitle: "Look at your mailbox",
    done: (house) => [
      "If a package with this reference was sent to that address, a fresh email with its link is on its way. It can take a few minutes.",
      `If nothing comes, the first email may not be from us. Do not use its link: ${ring(house)}, and tell them the reference.`,
    ],
  },
} as const satisfies ReceivingTexts;
