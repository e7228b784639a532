import type { ApprovalState } from "../../domain/approval.ts";
import type { ApproverRole } from "../../domain/facts.ts";
import { type IncidentKind, kindsOf } from "../../domain/incident.ts";
import { basisText, type LawfulLists, type StatedBasis } from "../../domain/lawful-bases.ts";
import { receiptKind } from "../../domain/receipt-kind.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import { arrangementsUsed } from "../arrangements/arrangements-used.ts";
import { type RecordLine, recordLine } from "./record-line.ts";

/** Who was asked to agree, and what came of it; `how` says whether they answered themselves, for somebody else, or had agreed in advance. */
export interface ExportedAnswer {
  readonly role: ApproverRole;
  readonly state: ApprovalState;
  /** Empty until somebody answered. */
  readonly name: string;
  readonly address: string;
  readonly at: string | null;
  readonly how: "in person" | "deputy" | "standing arrangement";
  /** In whose place a deputy answered; empty otherwise. */
  readonly inPlaceOf: string;
  /** The standing arrangement's id; empty otherwise. */
  readonly arrangement: string;
}

/** A transfer as it is exported: its line, and what an auditor compares it with. Nothing of what was sent, and no reason that somebody typed. */
export interface ExportLine extends Omit<RecordLine, "recipients"> {
  readonly recipients: readonly (RecordLine["recipients"][number] & { readonly receipt: "proved" | "said" | null })[];
  /** Null: not stated. */
  readonly special: boolean | null;
  readonly offences: boolean | null;
  readonly lawfulBasis: (StatedBasis & { readonly says: string }) | null;
  readonly approvals: readonly ExportedAnswer[];
  /** `kinds`: all that was reported of it, the gravest first, which is its `kind`. */
  readonly incidents: readonly {
    readonly id: string;
    readonly kind: IncidentKind;
    readonly kinds: readonly IncidentKind[];
    readonly state: string;
  }[];
}

export async function exportLine(read: Reader, transfer: Transfer, lists: LawfulLists): Promise<ExportLine> {
  const line = await recordLine(read, transfer);
  const { special, offences, lawfulBasis } = transfer.facts;
  return {
    ...line,
    recipients: line.recipients.map((each) => ({ ...each, receipt: receiptKind(each) })),
    ...{ special, offences },
    lawfulBasis: lawfulBasis && { ...lawfulBasis, says: basisText(lists, lawfulBasis).replaceAll("\n", "; ") },
    approvals: [...(await answers(read, transfer)), ...(await inAdvance(read, transfer))],
    incidents: (await read.incidentsOf(transfer.reference)).map((each) => {
      const kinds = kindsOf(each);
      return { id: each.id, kind: kinds[0] ?? each.kind, kinds, state: each.state };
    }),
  };
}

async function answers(read: Reader, { reference }: Transfer): Promise<readonly ExportedAnswer[]> {
  const nameOf = async (id: string | null) => (id === null ? null : await read.member(id));
  return Promise.all(
    (await read.approvalsOf(reference)).map(async ({ role, state, decidedBy, decidedAt, inPlaceOf }) => {
      const by = await nameOf(decidedBy);
      return {
        ...{ role, state, name: by?.name ?? "", address: by?.address ?? "", at: decidedAt },
        how: inPlaceOf === null ? ("in person" as const) : ("deputy" as const),
        ...{ inPlaceOf: (await nameOf(inPlaceOf))?.name ?? "", arrangement: "" },
      };
    }),
  );
}

/** SDT-3: by the assessment that the last waybill commits to. */
async function inAdvance(read: Reader, { waybill, reference }: Transfer): Promise<readonly ExportedAnswer[]> {
  const fixed = (await read.fixedWaybillsOf(reference)).find(({ digest }) => digest === waybill?.digest);
  if (fixed === undefined) return [];
  return (await arrangementsUsed(read, fixed)).map(({ id, role, name, address, agreedAt }) => ({
    ...{ role, state: "approved" as const, name, address, at: agreedAt },
    ...{ how: "standing arrangement" as const, inPlaceOf: "", arrangement: id },
  }));
}
