import { formatDateTime } from "../domain/date-text.ts";
import { ROLES } from "../domain/roles.ts";
import type { Evidence } from "../evidence/pack.ts";
import type { EventRecord } from "../log/event-digest.ts";
import { type Block, heading, paragraph } from "./paper.ts";

/** Who signed what, as their events have it: the sender, everybody who agreed or refused, and those who received. */
export function agreedBlocks({ people, recipients, events }: Evidence): readonly Block[] {
  const signed = events.filter(
    ({ detail }) => typeof detail.statement === "string" && typeof detail.signature === "string",
  );
  const nameOf = ({ actor }: EventRecord) =>
    people.find(({ id }) => id === actor.id)?.name ??
    recipients.find(({ id }) => id === actor.id)?.entry.name ??
    "The organisation";
  return [
    heading(2, "What people signed"),
    signed.length === 0
      ? paragraph("Nobody signed anything.")
      : {
          kind: "table",
          caption:
            "Each signature is over the digest of the transfer record that it names; the log and the pack hold it",
          head: ["Who", "What they signed", "When", "With", "Over the record"],
          shares: [4, 5, 4, 3, 4],
          rows: signed.map((event) => [
            nameOf(event),
            `${SIGNED[event.kind] ?? event.kind.replaceAll("-", " ")}${roleText(event, people)}${reasonText(event)}`,
            formatDateTime(event.at),
            KEYS[String(event.detail.keyKind)] ?? "a key",
            digestOf(event),
          ]),
        },
  ];
}

const SIGNED: Readonly<Record<string, string>> = {
  "waybill-signed": "Sends it",
  "approval-given": "Agrees",
  "approval-refused": "Refuses",
  "recipient-arrived": "It arrived",
  "receipt-signed": "Has it, and it is complete",
  "recovery-export-asked": "Asks to open it with the recovery key",
  "recovery-export-agreed": "Agrees that it is opened with the recovery key",
  "destruction-certified": "Destroyed it",
};

const KEYS: Readonly<Record<string, string>> = {
  passkey: "a passkey",
  device: "a command line’s key",
  arrival: "a key made on their device",
  log: "the key of the log",
};

function roleText({ kind, detail }: EventRecord, people: Evidence["people"]): string {
  if (kind !== "approval-given" && kind !== "approval-refused") return "";
  const known: Readonly<Record<string, string>> = ROLES;
  return `, as ${(known[String(detail.role)] ?? String(detail.role)).toLowerCase()}${inPlaceText(detail.inPlaceOf, people)}`;
}

/** In whose place a deputy answered; packs of earlier versions do not name them. */
function inPlaceText(inPlaceOf: EventRecord["detail"][string] | undefined, people: Evidence["people"]): string {
  if (!inPlaceOf) return "";
  const principal = people.find(({ id }) => id === inPlaceOf);
  return principal ? `, in the place of ${principal.name}` : ", as a deputy";
}

/** A refusal's reason; how a receipt says that it is handled (SIS-24). */
function reasonText({ detail }: EventRecord): string {
  if (typeof detail.handling === "string") return `, and will handle it so: ${detail.handling}`;
  return typeof detail.reason === "string" && detail.reason !== "" ? `: ${detail.reason}` : "";
}

/** The beginning of the digest that was signed, enough to compare by eye; the pack has the whole. */
function digestOf({ detail }: EventRecord): string {
  const signed = JSON.parse(String(detail.statement)) as { readonly digest?: unknown }; // this server wrote it
  return `${String(signed.digest ?? "").slice(0, 16)}…`;
}
