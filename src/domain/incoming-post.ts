/** What whoever took it in saw of it; whoever it is for opens it. */
export const INCOMING_CONDITIONS = ["whole", "opened", "not-ours"] as const;
export type IncomingCondition = (typeof INCOMING_CONDITIONS)[number];

/** To whom it was handed: whoever it is for, somebody who may take it for them, or the carrier again. */
export const HANDED_AS = ["addressee", "in-place", "back"] as const;
export type HandedAs = (typeof HANDED_AS)[number];

/** SIS-9: something that came by post and waits in the post room: for whom it is, and nothing of what is in it. It is there until it is handed on. */
export interface IncomingPost {
  readonly id: string;
  /** The transfer of ours that it is; null: it is another's, or nobody knows. */
  readonly reference: string | null;
  /** The recipient of that transfer; null: it came back to its sender, or it is no transfer of ours. */
  readonly recipientId: string | null;
  /** A reference that Waybill does not know, as it stands on it; empty: none does. */
  readonly otherReference: string;
  /** As it stands on it, or as the transfer has it. */
  readonly addressee: string;
  /** The colleague for whom it is; null: it is not known who that is. */
  readonly memberId: string | null;
  /** ADDRESSEE ONLY stands on it, or has to. */
  readonly addresseeOnly: boolean;
  readonly condition: IncomingCondition;
  readonly at: string;
  readonly byId: string;
}

/** What people call it: its reference, where it has one. */
export function incomingName({ reference, otherReference }: IncomingPost): string {
  return reference ?? (otherReference || "without a reference");
}
