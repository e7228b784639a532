/** A registered stick, disk or disc (SDT-23): who owns it, who has it, and what must happen before it is used again. */
export interface Medium {
  readonly id: string;
  /** As it stands on its label; unique, upper case. */
  readonly serial: string;
  /** The team or person to whom it belongs. */
  readonly owner: string;
  /** OXM-25: whether the device itself encrypts. */
  readonly kind: MediumKind;
  /** Bytes. */
  readonly capacity: number;
  /** OXM-27: what is kept for long has review dates. */
  readonly purpose: MediumPurpose;
  readonly state: MediumState;
  /** The member who answers for it now; null while it is in the cupboard. */
  readonly custodianId: string | null;
  /** The transfer that it carries or carried last, until it is erased. */
  readonly reference: string | null;
  /** SDT-24: the last day on which it has to be back, YYYY-MM-DD. */
  readonly returnDue: string | null;
  /** SDT-25: the last day on which it has to be erased, YYYY-MM-DD. */
  readonly eraseDue: string | null;
  /** OXM-27: when an archive is looked at again, YYYY-MM-DD. */
  readonly reviewDue: string | null;
  /** SDT-25: the last erasure. */
  readonly erasure: Erasure | null;
  readonly createdAt: string;
  readonly createdBy: string;
  /** When somebody was reminded of what is due, and when it was told further up; null again with each step. */
  readonly remindedAt: string | null;
  readonly escalatedAt: string | null;
}

export const MEDIUM_KINDS = ["standard", "hardware-encrypted"] as const;
export type MediumKind = (typeof MEDIUM_KINDS)[number];
export const MEDIUM_PURPOSES = ["transfer", "archive"] as const;
export type MediumPurpose = (typeof MEDIUM_PURPOSES)[number];
export const MEDIUM_STATES = [
  ...(["available", "issued", "in-transit", "with-recipient", "returned", "to-erase", "erased"] as const),
  ...(["lost", "destroyed"] as const),
] as const;
export type MediumState = (typeof MEDIUM_STATES)[number];

/** How, by whom and when it was erased; `witnessId` is a second person. */
export interface Erasure {
  readonly method: string;
  readonly byId: string;
  readonly witnessId: string | null;
  readonly at: string;
}

/** The days within which a medium that came back is erased. */
export const ERASE_DAYS = 7;

/** Serials are compared without case and spaces; null for what is none. */
export function parseSerial(typed: string): string | null {
  const serial = typed.replaceAll(/\s/g, "").toUpperCase();
  return /^[A-Z0-9][A-Z0-9._/-]{0,39}$/.test(serial) ? serial : null;
}

/** Whether something about it is overdue on that day (YYYY-MM-DD), and what. */
export function overdue(medium: Medium, today: string): "return" | "erasure" | "review" | null {
  const { state, returnDue, eraseDue, reviewDue } = medium;
  if (state === "destroyed" || state === "lost") return null;
  if (returnDue !== null && returnDue < today) return "return";
  if (eraseDue !== null && eraseDue < today) return "erasure";
  return reviewDue !== null && reviewDue < today ? "review" : null;
}
