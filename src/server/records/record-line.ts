import { decisionOf } from "../../domain/record-terms.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, StatedFacts, Transfer } from "../../domain/transfer.ts";
import type { Waybill } from "../../domain/waybill.ts";

/** A transfer as lists and exports show it: what is on the record, and nothing that opens or was sealed (SIS-37). */
export interface RecordLine {
  readonly reference: string;
  readonly begun: string;
  readonly state: Transfer["state"];
  /** Null until it is signed. */
  readonly method: string | null;
  readonly sender: { readonly name: string; readonly address: string };
  readonly recipients: readonly Pick<
    Recipient,
    "name" | "address" | "organisation" | "state" | "releasedAt" | "openedAt" | "receivedAt" | "confirmation"
  >[];
  readonly purpose: string;
  readonly classification: StatedFacts["classification"];
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly people: number | null;
  readonly released: string | null;
  readonly ended: string | null;
  readonly expires: string;
  /** Clauses that were asked about when it was signed last, met or not. */
  readonly clauses: readonly string[];
  /** SHA-256 of the waybill, hexadecimal. */
  readonly waybill: string | null;
}

export async function recordLine(read: Reader, transfer: Transfer): Promise<RecordLine> {
  const { reference, facts, waybill } = transfer;
  const sender = await read.member(transfer.senderId);
  const fixed = (await read.fixedWaybillsOf(reference)).at(-1);
  return {
    reference,
    begun: transfer.createdAt,
    state: transfer.state,
    method: waybill === null ? null : (JSON.parse(waybill.text) as Waybill).method, // written by this server
    sender: { name: sender?.name ?? "", address: sender?.address ?? "" },
    recipients: (await read.recipients(reference)).map(
      ({ name, address, organisation, state, releasedAt, openedAt, receivedAt, confirmation }) => ({
        ...{ name, address, organisation, state, releasedAt, openedAt, receivedAt, confirmation },
      }),
    ),
    purpose: facts.purpose,
    classification: facts.classification,
    personal: facts.personal,
    sensitive: facts.sensitive,
    people: facts.people,
    released: transfer.releasedAt,
    ended: transfer.endedAt,
    expires: transfer.expiresAt,
    clauses: fixed ? (decisionOf(fixed)?.clauses ?? []) : [],
    waybill: waybill?.digest ?? null,
  };
}
