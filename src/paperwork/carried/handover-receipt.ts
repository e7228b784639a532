import type { Block, Paper } from "../paper.ts";
import { facts, heading, list } from "../paper.ts";
import type { CarriedPaper } from "./carried-paper.ts";
import { countRow, SHEET_WORDS, whomToCall } from "./sheet-words.ts";

/** How it was handed over, as it is on record. */
export interface Handover {
  /** ISO 8601 */
  readonly at: string;
  readonly to: string;
  /** Its kind only (SDT2-3). */
  readonly identification: string;
  /** They came for it. */
  readonly collected: boolean;
}

/**
 * Where on the first page the receipt is signed: millimetres from its top left. Title and label have one line each, whatever the names are,
 * so that it is the same place on every receipt.
 */
export const SIGNATURE_PLACE = { left: 22, top: 39, width: 65, height: 26 } as const;
const LINE_AT = 30;

/**
 * The receipt for what is handed over (SDT2-3): what, to whom, by which kind of identification, and a line to sign on; in the recipient's
 * language. Without a handover there are lines to fill in. It says nothing of the contents.
 */
export function handoverReceipt(about: CarriedPaper, handover: Handover | null): Paper {
  const { reference, organisation, recipient, pages, medium, originator, date } = about;
  const words = SHEET_WORDS[recipient.language];
  const { title, statement, signature, name, identification, at, by, how, brought, collected } = words.handover;
  const { mine, follow, destroy, complete } = words.duties;
  const call = whomToCall(organisation);
  const filledIn: readonly (readonly [string, string])[] =
    handover === null
      ? []
      : [
          ...([[name, handover.to]] as const),
          ...(handover.identification === "" ? [] : [[identification, handover.identification] as const]),
          [how, handover.collected ? collected : brought],
          [at, timeText(handover.at, recipient.language)],
        ];
  const toFillIn = handover === null ? [name, identification, at] : [];
  const toTick = handover === null ? [brought, collected] : [];
  return {
    title: title(reference),
    language: recipient.language === "cy" ? "cy" : "en-GB",
    date: handover?.at ?? date,
    author: organisation.name,
    foot: reference,
    blocks: [
      { kind: "blank", label: `${statement} ${signature}:`, lines: 1, height: LINE_AT },
      facts(
        ...filledIn,
        [words.rows.reference, reference],
        [by, `${originator.name}\n${organisation.name}`],
        [
          words.rows.to,
          recipient.organisation === "" ? recipient.name : `${recipient.name}\n${recipient.organisation}`,
        ],
        countRow(about, words.rows),
        ...(pages === null ? [] : [[words.rows.pages, String(pages)] as const]),
        ...(medium === null ? [] : [[words.rows.medium, medium] as const]),
        [words.rows.call, call],
      ),
      ...toTick.map((label): Block => ({ kind: "blank", label, box: "empty" })),
      ...toFillIn.map((label): Block => ({ kind: "blank", label, lines: 1 })),
      ...[heading(2, words.dutiesTitle), list(mine, follow, destroy, complete)],
      ...[heading(2, words.wrongTitle), list(...words.wrong(call))],
    ],
  };
}

function timeText(iso: string, language: "en" | "cy"): string {
  const locale = language === "cy" ? "cy-GB" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: "Europe/London" }).format(
    new Date(iso),
  );
}
