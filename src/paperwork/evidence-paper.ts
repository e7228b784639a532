import { formatDateTime } from "../domain/date-text.ts";
import { linesToAgree } from "../domain/lines-to-agree.ts";
import type { RecordedAssessment } from "../domain/recorded-assessment.ts";
import type { Waybill } from "../domain/waybill.ts";
import type { Evidence } from "../evidence/pack.ts";
import type { EventRecord } from "../log/event-digest.ts";
import { eventWords } from "./event-words.ts";
import { agreedBlocks } from "./evidence-agreed.ts";
import { destroyedBlocks } from "./evidence-destroyed.ts";
import { groundsBlocks } from "./evidence-grounds.ts";
import { type Block, facts, heading, list, type Paper, paragraph } from "./paper.ts";

/** What the record does not hold and the reader is shown beside it. */
export interface EvidenceContext {
  /** When it was taken, ISO 8601, and by whom. */
  readonly at: string;
  readonly by: string;
  /** The register of clauses: what each says. */
  readonly clauses: ReadonlyMap<string, { readonly strength: string; readonly says: string }>;
}

/**
 * The evidence of one transfer for a person to read (SDT-28): who, what, what was agreed, on what grounds, clause by clause, what happened,
 * and what none of it proves. It says what the pack's other files say; they are what is checked, and this with them by its digest.
 * @param evidence as this server gathered it: waybills and assessments in it are its own.
 */
export function evidencePaper(evidence: Evidence, { at, by, clauses }: EvidenceContext): Paper {
  const { reference, organisation, events, waybills } = evidence;
  const last = waybills.at(-1);
  const waybill = last ? (JSON.parse(last.text) as Waybill) : null;
  const kept = waybills.findLast(({ assessment }) => assessment !== null);
  const recorded = kept?.assessment ? (JSON.parse(kept.assessment) as RecordedAssessment) : null;
  const released = kept?.released ? (JSON.parse(kept.released) as RecordedAssessment) : null;
  return {
    title: `Evidence of transfer ${reference}`,
    language: "en-GB",
    date: at,
    author: organisation,
    foot: `${reference} · evidence taken ${formatDateTime(at)}`,
    blocks: [
      paragraph(
        `What ${organisation} has on record about this transfer, taken on ${formatDateTime(at)} by ${by}. This document is one file of an evidence pack. Times are those of the organisation’s server, in UK time.`,
      ),
      paragraph(
        "To check it, do not take this document’s word: “waybill verify” and the page that checks packs compare every file of the pack, this one too, with the organisation’s signed log, and say what is proved.",
      ),
      ...(waybill && recorded ? transferBlocks(waybill, recorded) : []),
      ...peopleBlocks(evidence),
      ...agreedBlocks(evidence),
      ...(waybill && recorded ? groundsBlocks(evidence, waybill, recorded, released, clauses) : []),
      ...happenedBlocks(evidence, events),
      ...destroyedBlocks(evidence),
      ...limitsBlocks(),
    ],
  };
}

/** What the last record says, in the lines that those who agreed were shown. */
function transferBlocks(waybill: Waybill, recorded: RecordedAssessment): readonly Block[] {
  const lines = linesToAgree(waybill, recorded).filter(({ group }) => group !== "rules");
  return [
    heading(2, "The transfer record"),
    paragraph("What its sender signed. Whoever agreed to it signed the same."),
    facts(...lines.map(({ label, value }) => [label, value] as const)),
  ];
}

function peopleBlocks({ people, recipients, events }: Evidence): readonly Block[] {
  return [
    heading(2, "People"),
    {
      kind: "table",
      caption: "Members of the organisation who did something in it, by its records",
      head: ["Name", "Address"],
      rows: people.map(({ name, address }) => [name, address]),
    },
    {
      kind: "table",
      caption: "Recipients",
      head: ["Name", "Address", "Opens it with", "What is on record"],
      shares: [3, 4, 2, 4],
      rows: recipients.map(({ id, entry }) => [
        entry.name,
        entry.address,
        ACCESS[entry.access] ?? entry.access,
        receiptText(events, id),
      ]),
    },
  ];
}

const ACCESS: Readonly<Record<string, string>> = {
  account: "a passkey",
  words: "six words",
  carried: "nothing of ours: it is carried",
};

/** SDT-28: what a receipt proves, and by whose word: the token that proves opening is in a pack only where the sender added it, and this was made before. */
function receiptText(events: readonly EventRecord[], id: string): string {
  const own = events.filter(({ recipientId }) => recipientId === id);
  const signed = own.findLast(({ kind }) => kind === "receipt-signed");
  if (signed)
    return `Proved opened, by the organisation’s word: signed on ${formatDateTime(signed.at)}, showing the receipt token that was sealed to them. With the token itself, “waybill verify” says so by itself`;
  const said = own.findLast(({ kind }) => kind === "confirmation-recorded");
  if (said) return `Says received: by ${said.detail.how ?? "another way"}, as the sender recorded it`;
  const recorded = own.findLast(({ kind }) => kind === "receipt-recorded");
  if (recorded)
    return `Says received: ${recorded.detail.how ?? "another way"}, on ${formatDateTime(recorded.at)}${recorded.detail.digest ? ", with the SHA-256 of what was sent" : ""}`;
  const arrived = own.findLast(({ kind }) => kind === "recipient-arrived");
  return arrived ? `Confirmed arrival on ${formatDateTime(arrived.at)}; no receipt` : "No receipt";
}

function happenedBlocks(evidence: Evidence, events: readonly EventRecord[]): readonly Block[] {
  return [
    heading(2, "What happened"),
    {
      kind: "table",
      caption: "Every event of this transfer, by its number in the log",
      head: ["Number", "When", "Who", "What"],
      shares: [2, 4, 5, 9],
      rows: events.map((event) => [
        String(event.seq),
        formatDateTime(event.at),
        whoText(evidence, event),
        `${forText(evidence, event)}${eventWords(event)}`,
      ]),
    },
  ];
}

function whoText({ people, recipients }: Evidence, { actor }: EventRecord): string {
  if (actor.kind === "system") return "By itself";
  if (actor.kind === "stranger") return "Somebody who was not signed in";
  const name =
    people.find(({ id }) => id === actor.id)?.name ?? recipients.find(({ id }) => id === actor.id)?.entry.name;
  if (actor.kind === "link-holder") return `Whoever held ${name ?? "a recipient"}’s link`;
  return name ?? "Somebody";
}

/** Which recipient it is about, where somebody else did it. */
function forText({ recipients }: Evidence, { actor, recipientId }: EventRecord): string {
  if (recipientId === null || actor.id === recipientId) return "";
  const about = recipients.find(({ id }) => id === recipientId)?.entry.name;
  return about === undefined ? "" : `${about}: `;
}

function limitsBlocks(): readonly Block[] {
  return [
    heading(2, "What this does not prove"),
    list(
      "What a signer saw on the screen when they signed: that rests on the page that showed it.",
      "That anybody read each file, or what is in the files: nothing of their contents or names is here unless the sender added the names.",
      "Who a person is, and who held which role: names, addresses and roles are from the organisation’s records.",
      "That the list of events is whole, but for what has to come before a release.",
      "Without the word of a witness from outside: that the organisation did not rewrite its history, and when anything happened.",
    ),
  ];
}
