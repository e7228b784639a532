import type { AccountTexts } from "./texts.ts";

export const accountEn = {
  said: null,
  startPage: "Go to the start page",
  back: "Your account",
  passphrase: (sends) =>
    `Your passkey signs you in, but this kind cannot hold your key. So your key is sealed with these six words instead. You type them whenever you ${sends ? "send or open" : "open"} something, after your passkey. They were made on this device, are shown only now, and are never sent.`,
  refusal: {
    401: "Sign in first. What you sent was not carried out.",
    403: "This page is not for your account, or it was open too long. Nothing was changed.",
    404: "There is nothing here that you can see. It may have been removed.",
    409: "That cannot be done as things are now. Nothing was changed.",
    410: "This is over. Nothing was changed.",
    413: "That is more than this page takes. Nothing was changed.",
    429: "That was tried too often. Nothing is lost: wait a few minutes, then try again.",
  },
  join: {
    title: "Join Waybill",
    what: ({ name }) =>
      `With Waybill, ${name} sends and receives sensitive information, sealed on people’s own devices, so that the server cannot open it.`,
    as: "You join as",
    takes:
      "This takes about three minutes, on a device that keeps passkeys: a recent phone or computer that you unlock with your fingerprint, face or PIN.",
    name: "Your name",
    nameHint: "As the people you write to know you",
    nameWrong: "Enter your name, in 100 characters or fewer",
    keysTitle: "Your keys",
    needsScript:
      "Your keys are made on this device, which needs JavaScript. Turn it on for this page, then load it again.",
    passkey: [
      "A passkey signs you in with your fingerprint, face or device PIN instead of a password, and cannot be phished. Your device asks twice: first to make it, then to sign with it.",
      "With it, this device makes your key. What is sent to you is sealed to that key. The server keeps the key sealed: nobody who runs it can open anything with it.",
    ],
    overTitle: "This invitation is over",
    over: [
      "It was used, replaced by a newer one, or is older than seven days. Nothing is lost: ask whoever invited you for a new one.",
      "If you have joined already, sign in.",
    ],
  },
  signIn: {
    title: "Sign in",
    needsScript: "Signing in with a passkey needs JavaScript. Turn it on for this page, then load it again.",
    lead: ({ name }) =>
      `For people who work at ${name}, and for those from outside who kept a passkey here. Your device asks for your fingerprint, face or PIN.`,
    button: "Sign in with a passkey",
    cannot: "If you cannot sign in",
    onPhone:
      "Your passkey is on your phone: choose “another device” or “phone” when your browser asks, and scan the code it shows.",
    lost: { before: "You lost every device with a passkey of yours:", link: "use your recovery code", after: "." },
    noneYet: ({ name }) => `You work here and have no passkey yet: an administrator of ${name} invites you by email.`,
    noAccount: ({ name }) =>
      `If somebody at ${name} sent you something, you need no account: open the link in their email. It says what to do.`,
  },
  recover: {
    title: "Use your recovery code",
    needsScript:
      "Your recovery code is used on this device and never sent, which needs JavaScript. Turn it on for this page, then load it again.",
    lead: "This makes a new passkey, a new key and a new recovery code. All your earlier passkeys stop working, and you are signed out everywhere. What was sent to you before still opens.",
    address: "Your email address",
    code: "Your recovery code",
    codeHint: "Seven groups of four letters and digits. Spaces and small letters are fine.",
    passkeyTitle: "Make a new passkey",
    passkey: "Your device asks twice: first to make it, then to sign with it.",
    withoutHere: ({ name }) =>
      `If you work at ${name} and do not have the code, ask an administrator to invite you again.`,
    withoutOutside: ({ name }) =>
      `If you do not work there, tell the person who sends to you, or ring ${name} on the number that you find on its website, that you have lost your passkey and the code.`,
    lostThen: "What was sealed to your old key can then no longer be opened: ask whoever sent it to send it again.",
  },
  home: {
    title: "Home",
    waiting: "Waiting for you",
    lonePasskey: "You have one passkey. If that device is lost, only your recovery code lets you in.",
    second: "Add a second one",
    nothing: ({ name }) => `Nothing. Packages that ${name} sends you will be here.`,
    here: (reference, from) => `A package${from && ` from ${from}`} is here for you: ${reference}.`,
    open: "Open it",
    opened: (reference, from) => `Confirm that you have ${reference}${from && ` from ${from}`}, complete.`,
    confirm: "Confirm receipt",
    onItsWay: (reference, from) =>
      `Something${from && ` from ${from}`} is on its way to you: ${reference}. Confirm it with the code that comes with it.`,
    arrived: "It has arrived",
  },
  account: {
    title: "Your account",
    signOut: "Sign out",
    passkeys: "Passkeys",
    keepTwo: "Keep at least two, one of them on your phone: then losing a device locks you out of nothing.",
    made: (date) => `made on ${date}`,
    opens: {
      opens: "Signs in and opens",
      passphrase: "Signs in, opens with your passphrase",
      unfinished: "Signs in only: finish it",
    },
    finish: "Finish or remove",
    lost: "Lost it? Remove",
    add: "Add a passkey",
    code: "Recovery code",
    codeMade: (date) => `Made on ${date}.`,
    codeLead: "It is the way back in when every passkey is lost. If somebody else may have seen it, make a new one.",
    newCode: "Make a new recovery code",
    recoveryTitle: "The organisation’s recovery key",
    recovery: ({ name }) =>
      `${name} can open what is sent from here, with a recovery key that it keeps offline. To fetch a package from this server two administrators have to agree, and its sender sees it.`,
    recoveryNumber: (number, date, by) =>
      `The number of the key is ${number}; ${by ? `${by} enrolled it` : "it was enrolled"} on ${date}.`,
    devices: "Command lines",
    deviceCount: (count, sends) => {
      const may = `may ${sends ? "send and receive" : "receive"} as you.`;
      if (count === 0) return `None ${may}`;
      return `${count} ${count === 1 ? "command line" : "command lines"} ${may}`;
    },
    deviceAsk: { before: "", link: "waybill login", after: "on a computer asks for it." },
    deviceSee: { before: "", link: "See and remove them", after: "," },
    deviceEnrol: { before: "or", link: "enrol one", after: "." },
    phone: "Your telephone number",
    phoneLabel: "Number that recipients may ring to check a notice with you",
    phoneHint: "It may stay empty",
    save: "Save",
    removeKey: "Remove my key",
    removeKeyLead: "Without this key, what is sent to you is opened with six words again.",
    knows: "What this browser knows",
    knowsLead: {
      before:
        "This browser remembers the key of the server’s log and the keys that you have sealed to, and stops when they change. If the server was set up anew,",
      link: "compare the log’s key and forget the old one",
      after: ".",
    },
    keysLead: {
      before:
        "On every page it also checks in the log that every key in your name is one that a passkey of yours signed for:",
      link: "see the keys in your name",
      after: ".",
    },
    everywhere: "Sign out everywhere",
    everywhereLead: "Ends every session of yours in all browsers, this one too.",
    everywhereDevices: {
      before: "Command lines have keys of their own, with which they sign in again: to stop one,",
      link: "remove it",
      after: ".",
    },
  },
  addPasskey: {
    title: "Add a passkey",
    needsScript:
      "Passkeys are made on your devices, which needs JavaScript. Turn it on for this page, then load it again.",
    asked:
      "You are asked three times: to make the new passkey, to sign with one that you have, and to use the new one once.",
    phone:
      "For your phone: choose “another device” or “phone” the first time, and scan the code that the browser shows.",
    name: "What you will call it",
    nameHint: "Such as “Phone” or “Security key”",
    button: "Make the passkey",
  },
  passkey: {
    caption: "Passkey",
    made: (when) => `Made on ${when}.`,
    name: "What you call it",
    nameHint: "Such as “Phone” or “Laptop at work”",
    nameWrong: "Enter a name for it, in 80 characters or fewer",
    needsScript: "What follows uses your keys on this device and needs JavaScript.",
    finishTitle: "Finish this passkey",
    finish:
      "It signs you in, but your key changed and is not sealed to it yet, so it cannot open what is sent to you now. Your device asks twice: first for another passkey of yours, then for this one.",
    finishButton: "Seal my key to it",
    removeTitle: "Remove it",
    remove:
      "Do this when the device is lost, stolen or given away. The passkey stops working at once. Your key is changed too, because whoever has the device may have opened it. That means:",
    means: [
      "you get a new recovery code, and the old one ends",
      "your other passkeys still sign in, and still open what was sent to you before; to open new things, each but the one that you use now must be finished once, on its own page",
      "colleagues’ devices are told that your key changed",
    ],
    removeButton: "Remove this passkey",
    signTitle: "Sign with another passkey",
    sign: (name) =>
      `Your device asks for a passkey that you keep. It signs your new key, and then “${name}” is removed.`,
    signButton: "Sign and remove",
    only: { before: "This is your only passkey, so it cannot be removed.", link: "Add another", after: "first." },
  },
  newCode: {
    title: "A new recovery code",
    needsScript:
      "The code is made on this device, which needs JavaScript. Turn it on for this page, then load it again.",
    signTitle: "Sign with a passkey",
    sign: "With your signature the new code starts and the old one ends.",
    button: "Sign",
  },
  removeKey: {
    title: "Remove your key?",
    lead: [
      "Your passkeys here, your recovery code and your key end at once, and you are signed out everywhere. What was sealed to this key and is still here cannot be opened any more: save it first, or ask for it again.",
      "What is sent to you afterwards is opened with six words.",
    ],
    keep: "Keep it",
    doneTitle: "Your key is removed",
    done: "You are signed out. What is sent to you from now on comes by email with a link, and is opened with six words that the sender tells you. You can delete the passkey from your device.",
  },
  devices: {
    title: "Command lines",
    lead: (sends) =>
      `A command line has its own keys: it ${sends ? "sends and receives" : "receives"} as you. What is sent to you is sealed to these keys too.`,
    enrolled: (when) => `Enrolled on ${when}.`,
    remove: "Remove",
    noneYet: { before: "None yet. Run", link: "waybill login", after: "on the computer, and it shows a code." },
    enrol: "Enrol a command line",
    needsScript: "You sign with a passkey, which needs JavaScript. Turn it on for this page, then load it again.",
    warning: {
      before: "Go on only if you yourself started",
      link: "waybill login",
      after: "a moment ago",
    },
    warningMore:
      ", and the code is on that screen. Nobody else has a reason to give you one: not a colleague, not a help desk.",
    code: "The code that the command line shows",
    codeHint: "It looks like 7F3K-Q2XV-9M4T",
    find: "Find it",
    yours: "Is this yours?",
    calls: { before: "It calls itself", link: "", after: "and shows this code:" },
    compare: (sends) =>
      `Compare it with the other screen, sign by sign. With your signature it ${sends ? "sends and receives" : "receives"} as you until you remove it.`,
    sign: "It is the same: sign",
    notMine: "It is not mine",
    doneTitle: "It is enrolled",
    done: "Go back to the command line: it goes on by itself.",
    see: "See your command lines",
  },
  keys: {
    title: "Keys in your name",
    lead: "What others send you is sealed to these keys. This browser looks in the log for them, and compares them with what your passkeys signed.",
    needsScript:
      "Only your browser can judge whose keys these are, and that needs JavaScript. Turn it on for this page, then load it again.",
    falseTitle: "No passkey of yours signed for one of them",
    falseSteps: [
      "Report it, and ask your administrator by telephone or in person, not by email. Send nothing until it is removed.",
      "Remove a command line that you do not know. If it is a key for passkeys, remove a passkey that you do not need or lost, which makes a new key in its place; a passkey that you do not know is removed in the same way.",
      "If you have one passkey alone and no other can be added, this page cannot mend it: tell your administrator by telephone or in person.",
    ],
    devices: "See your command lines, and remove one",
    passkeys: "See your passkeys, and remove one",
    unsureTitle: "Are these keys yours?",
    unsure:
      "Some were recorded before signatures were kept, or were signed for by a passkey that this browser does not know. Until you say that they are yours, nothing is sealed to them from this browser without asking you. If you do not know one, report a problem instead.",
    mine: "They are all mine",
  },
  log: {
    title: "The log that this browser knows",
    needsScript:
      "What this browser knows is in the browser alone, and needs JavaScript to be read. Turn it on for this page, then load it again.",
    noneTitle: "This browser knows no log",
    noneYet: "It keeps the log’s key and people’s keys the first time that you seal something.",
    known: "This browser knows the log by the key",
    named: "The server names the key",
    same: "They are the same. You only need to go on if a page said that the log was shortened or rewritten.",
    other:
      "They are not the same, and nothing is sealed from this browser. The server may have been set up anew, the log’s key may have been lost, or somebody may stand between you and the server.",
    forgetTitle: "Forget it after comparing",
    forget: [
      "Ask an administrator for the log’s key by telephone or in person, not by email and not on this page. If it is not the one that the server names, stop: leave this as it is, and tell them.",
      "With the log this browser also forgets the keys of everybody that it has sealed to. It takes them as they are the next time.",
    ],
    compared: "An administrator told me the log’s key, and it is the one that the server names",
    button: "Forget what this browser knew",
    leave: "Leave it as it is",
    doneTitle: "This browser has forgotten it",
    done: "It learns the log’s key and people’s keys anew the next time that you seal something.",
  },
} as const satisfies AccountTexts;
