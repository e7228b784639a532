import type { Language } from "../../domain/contact.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { ServerError } from "../error.ts";

/** Why a recipient cannot go on; null while they can. Pages and messages have one text for each. */
export type Closed = "taken-back" | "expired" | "closed" | "not-for-me" | "ended" | "paused";

/** OXM-2, OXM-21: whether this recipient may still open it at `at` (ISO 8601). */
export function closedBecause(transfer: Transfer, recipient: Recipient, at: string): Closed | null {
  if (recipient.state === "misdirected") return "not-for-me";
  if (recipient.state === "dropped") return "ended";
  if (transfer.state === "recalled" || recipient.state === "recalled") return "taken-back";
  if (transfer.state === "closed" || recipient.state === "closed") return "closed";
  if (transfer.state === "expired" || recipient.state === "expired" || transfer.expiresAt <= at) return "expired";
  if (transfer.state !== "released" || isOver(recipient)) return "ended";
  return recipient.state === "paused" ? "paused" : null;
}

const WHAT: Readonly<Record<Language, Readonly<Record<Closed, string>>>> = {
  en: {
    "taken-back": "The sender took this package back, so it cannot be opened any more.",
    expired: "The expiry date of this package has passed, so it can no longer be opened.",
    closed: "This package is closed: receipt was confirmed, and its expiry date has passed.",
    "not-for-me": "It was said that this package is not for this mailbox, so its access has ended.",
    ended: "The sender ended this access.",
    paused:
      "It was said that this package may have reached somebody whom it is not for. It is paused until the sender decides; nothing is lost.",
  },
  cy: {
    "taken-back": "Tynnodd yr anfonwr y pecyn hwn yn ôl, felly ni ellir ei agor mwyach.",
    expired: "Mae dyddiad dod i ben y pecyn hwn wedi mynd heibio, felly ni ellir ei agor mwyach.",
    closed: "Mae’r pecyn hwn wedi’i gau: cadarnhawyd ei dderbyn, ac mae ei ddyddiad dod i ben wedi mynd heibio.",
    "not-for-me": "Dywedwyd nad i’r blwch post hwn y mae’r pecyn, felly mae ei fynediad wedi dod i ben.",
    ended: "Daeth yr anfonwr â’r mynediad hwn i ben.",
    paused:
      "Dywedwyd y gallai’r pecyn hwn fod wedi cyrraedd rhywun nad yw ar eu cyfer. Mae wedi’i oedi nes i’r anfonwr benderfynu; does dim wedi’i golli.",
  },
};

/** A sender who has left reads no mail: then it is the organisation that is asked. */
const ASK: Readonly<Record<Language, (sender: Member) => string>> = {
  en: ({ name, address, state }) =>
    state === "active"
      ? ` Ask ${name} (${address}) if you still need it.`
      : " If you still need it, ring the organisation that sent it, on the number that you find on its website.",
  cy: ({ name, address, state }) =>
    state === "active"
      ? ` Gofynnwch i ${name} (${address}) os oes ei angen arnoch o hyd.`
      : " Os oes ei angen arnoch o hyd, ffoniwch y sefydliad a’i hanfonodd, ar y rhif a welwch ar ei wefan.",
};

/**
 * @throws ServerError `gone` when it is over, `paused` while the sender is asked: what happened, and whom to ask, in the recipient's language.
 * @param sender null when their record is gone.
 */
export function refuseUnlessOpen(transfer: Transfer, recipient: Recipient, at: string, sender: Member | null): void {
  const why = closedBecause(transfer, recipient, at);
  if (why === null) return;
  const { language } = recipient;
  const message = WHAT[language][why] + (sender ? ASK[language](sender) : "");
  throw new ServerError({ code: why === "paused" ? "paused" : "gone", message });
}
