const SET_UP =
  "there is nobody who could sign in yet: the console's one-time code admits, and afterwards it is no page";
const JOIN = "the link's 256 bits from the work mailbox admit";
const PASSKEY = "whoever signs in is not signed in yet: the passkey's signature admits";
const RECOVERY = "whoever lost every passkey cannot sign in: the recovery code's signature admits";
const DEVICE = "a command line has no session yet: a member's signature enrols it, its own signature signs it in";
const LINK = "whoever holds the link is to see what to do; it opens nothing, and the emailed code admits";
const GENUINE =
  "whoever doubts a notice has no session; the answer is always the same, and a fresh notice goes to the mailbox that the package was sent to";

const ARRIVED =
  "whoever holds something that was carried may have no account; the reference and the 40 bits of the code that came with it admit, and show nothing of the contents";
const REPORT =
  "SIS-27: whoever has something to report may have no account, no link and no reference; the answer is the same whatever there is";

const NOTICE =
  "SIS-37: whoever is written to, or might be, is to know what is kept about them and what may not work for them, before they prove anything";

const LOG =
  "whoever checks evidence trusts neither us nor a session of ours; entries are digests with 128 random bits and tell nothing";

/** Every route that anybody may call, and why. A new one has to be argued for here. */
export const PUBLIC: Readonly<Record<string, string>> = {
  "GET /": "leads to the sign-in page",
  "GET /icon.svg": "a picture, the same for everyone",
  "GET /log": LOG,
  "GET /log/checkpoint": LOG,
  "GET /log/tile/*": LOG,
  "GET /verify": "a page to save that checks evidence without us, the same for everyone",
  "GET /view/pdf": "an empty frame, the same for everyone: what is drawn in it comes from the page around it",
  "GET /set-up": SET_UP,
  "POST /set-up": SET_UP,
  "GET /set-up/organisation": SET_UP,
  "POST /set-up/organisation": SET_UP,
  "GET /set-up/administrator": SET_UP,
  "POST /set-up/administrator": SET_UP,
  "GET /set-up/rules": SET_UP,
  "POST /set-up/rules": SET_UP,
  "GET /set-up/contacts": SET_UP,
  "POST /set-up/contacts": SET_UP,
  "GET /set-up/records": SET_UP,
  "POST /set-up/records": SET_UP,
  "GET /set-up/keys": SET_UP,
  "POST /api/set-up/options": SET_UP,
  "POST /api/set-up": SET_UP,
  "GET /sign-in": PASSKEY,
  "POST /api/sign-in/options": PASSKEY,
  "POST /api/sign-in": PASSKEY,
  "POST /sign-out": "ends the browser's own session, where it has one",
  "GET /recover": RECOVERY,
  "POST /api/recovery/nonce": RECOVERY,
  "POST /api/recovery/open": RECOVERY,
  "POST /api/recovery": RECOVERY,
  "POST /api/devices": DEVICE,
  "GET /api/devices/poll": DEVICE,
  "POST /api/devices/sign-in/nonce": DEVICE,
  "POST /api/devices/sign-in": DEVICE,
  "GET /join/:token": JOIN,
  "POST /join/:token": JOIN,
  "GET /join/:token/keys": JOIN,
  "POST /api/join/:token/options": JOIN,
  "POST /api/join/:token": JOIN,
  "GET /genuine": GENUINE,
  "POST /genuine": GENUINE,
  "GET /arrived": ARRIVED,
  "POST /arrived": ARRIVED,
  "POST /arrived/arrival": ARRIVED,
  "POST /arrived/receipt": ARRIVED,
  "GET /report": REPORT,
  "POST /report": REPORT,
  "POST /report/more": REPORT,
  "GET /privacy": NOTICE,
  "GET /accessibility": NOTICE,
  "GET /r/:id": LINK,
  "POST /r/:id/code": LINK,
  "GET /r/:id/code": LINK,
  "POST /r/:id/prove": LINK,
  "POST /api/r/:id/code": LINK,
  "POST /api/r/:id/prove": LINK,
  "GET /r/:id/not-for-me": LINK,
  "POST /r/:id/pause": "SDT-14: whoever got it wrongly cannot prove the mailbox; it pauses, and destroys nothing",
  "GET /continue": "a second device has no session yet: the code shown on the first one admits",
  "POST /continue": "a second device has no session yet: the code shown on the first one admits",
};
