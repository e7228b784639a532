import { carrierText } from "../../domain/carried-lines.ts";
import type { Language } from "../../domain/contact.ts";
import { arrivesAtOnce, carriageOf } from "../../domain/lifecycle/carriage-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import { nationalPhone } from "../../domain/phone.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { CarriedPaper } from "../../paperwork/carried/carried-paper.ts";
import { type Handover, handoverReceipt } from "../../paperwork/carried/handover-receipt.ts";
import { outerLabel } from "../../paperwork/carried/labels.ts";
import { contentsSheet, faxCover, innerSheet } from "../../paperwork/carried/sheets.ts";
import type { Paper } from "../../paperwork/paper.ts";
import { contactOf } from "../assessing/gather-facts.ts";
import type { Place } from "../parts.ts";
import { howToOpen, type Packed } from "./how-to-open.ts";
import { unnamedHandling } from "./mail-to-paste.ts";
import { namedBy } from "./named.ts";
import { signedPlace } from "./signed-place.ts";

/** What can be printed for one recipient, with what it is called on pages. */
export const PAPERS = {
  contents: "Sheet that goes inside",
  inner: "Sheet for the inner envelope",
  label: "Address label, A4 sheet",
  "label-printer": "Address label, label printer",
  fax: "Fax cover sheet",
  receipt: "Receipt, to be signed as it is handed over",
  "how-to-open": "How to open the package",
} as const;
export type PaperName = keyof typeof PAPERS;

/** The papers of a method: a fax has a cover, what is handed over or posted has sheets and labels. */
export function papersOf(transfer: Transfer): readonly PaperName[] {
  const handed = transfer.carriage && arrivesAtOnce(transfer.carriage) === "in-person";
  return [
    ...sheetsOf(transfer),
    ...(handed ? (["receipt"] as const) : []),
    ...(transfer.carriage?.fixed.package ? (["how-to-open"] as const) : []),
  ];
}

function sheetsOf({ carriage }: Transfer): readonly PaperName[] {
  switch (carriage?.method) {
    case "fax":
      return ["fax"];
    case "post":
    case "removable-media":
      return ["contents", "inner", "label", "label-printer"];
    case "hand-delivery":
      return ["contents", "inner"];
    default:
      return [];
  }
}

export interface PapersOf {
  readonly transfer: Transfer;
  readonly recipient: Recipient;
  readonly sender: Member;
  readonly organisation: Organisation;
  readonly place: Place;
  readonly returnAddress: readonly string[] | null;
  /** What it is packed in; null: not packed. */
  readonly packed: Packed | null;
  /** Of the sheet beside a package, where it is not the recipient's. */
  readonly language: Language | null;
  /** The first free label of an A4 sheet, from 1. */
  readonly firstLabel: number;
}

/** One paper for one recipient. @throws PaperworkError where an address is missing */
export async function carriedPaper(read: Reader, name: PaperName, about: PapersOf): Promise<Paper> {
  const facts = await paperFacts(read, about);
  const dx = about.transfer.carriage?.fixed.carrier?.startsWith("dx") === true;
  switch (name) {
    case "contents":
      return contentsSheet(facts);
    case "inner":
      return innerSheet(facts);
    case "fax":
      return faxCover(facts);
    case "receipt":
      return handoverReceipt(facts, handoverIn(about.transfer));
    case "how-to-open":
      return howToOpen(about.packed, facts, about.language ?? about.recipient.language);
    case "label":
      return outerLabel(facts, "a4", dx ? "dx" : "post", about.firstLabel);
    case "label-printer":
      return outerLabel(facts, "printer", dx ? "dx" : "post");
  }
}

/** SDT2-3: to whom it was handed, once that is on record. */
function handoverIn({ carriage }: Transfer): Handover | null {
  const dispatch = carriage?.dispatch;
  if (!dispatch) return null;
  const { at, handedTo: to, identification, collected } = dispatch;
  return { at, to, identification, collected };
}

async function paperFacts(read: Reader, about: PapersOf): Promise<CarriedPaper> {
  const { transfer, recipient, sender, organisation, place, returnAddress } = about;
  const carriage = carriageOf(transfer);
  const contact = await contactOf(read, recipient);
  const { personal, sensitive } = transfer.facts;
  // SDT-3: once it is signed, the label says where it was agreed to go.
  const agreed = await signedPlace(transfer, recipient);
  const byDx = carriage.fixed.carrier?.startsWith("dx") === true;
  const postal = (byDx ? null : agreed) ?? contact?.postal ?? "";
  return {
    reference: transfer.reference,
    date: transfer.createdAt,
    organisation,
    returnAddress,
    originator: { name: sender.name, phone: nationalPhone(sender.phone || organisation.phone) },
    host: new URL(place.origin).host,
    origin: place.origin,
    recipient: {
      name: recipient.name,
      organisation: recipient.organisation,
      postal: postal === "" ? [] : postal.split("\n"),
      dx: (byDx ? agreed : null) ?? contact?.dx ?? "",
      language: recipient.language,
      code: carriage.codes[recipient.id] ?? "",
    },
    items: carriage.fixed.items ?? 0,
    pages: carriage.fixed.pages,
    service: carrierText(carriage.fixed) ?? "",
    addresseeOnly: personal || sensitive, // SIS-8
    handling: unnamedHandling(recipient.language, transfer.facts.classification),
    medium: (await namedBy(read, carriage, [])).medium,
  };
}
