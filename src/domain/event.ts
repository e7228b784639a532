/** Who did it. `system` is the clock (expiry, reminders). */
export type Actor =
  | { readonly kind: "member"; readonly id: string }
  | { readonly kind: "recipient"; readonly id: string }
  | { readonly kind: "link-holder"; readonly id: string }
  | { readonly kind: "system" };

export const EVENT_KINDS = [
  "organisation-set-up",
  "member-invited",
  "member-changed",
  "member-joined",
  "member-deactivated",
  "signed-in",
  "passkey-added",
  "passkey-changed",
  "passkey-removed",
  "recovery-code-made",
  "recovery-code-used",
  "key-published",
  "key-removed",
  "key-offered",
  "key-confirmed",
  "key-refused",
  "key-withdrawn",
  "signed-out-everywhere",
  "contact-added",
  "contact-changed",
  "contact-verified",
  "transfer-described",
  "transfer-changed",
  "sender-grant-stored",
  "upload-started",
  "content-sealed",
  "waybill-signed",
  "transfer-requested",
  "transfer-approved",
  "transfer-revised",
  "transfer-released",
  "transfer-refused",
  "recipient-told",
  "notice-bounced",
  "address-corrected",
  "recipient-invited",
  "code-sent",
  "mailbox-proved",
  "recipient-arrived",
  "words-told",
  "words-no-answer",
  "words-asked",
  "grant-handed-out",
  "recipient-opened",
  "receipt-signed",
  "problem-reported",
  "not-for-me",
  "matter-seen",
  "access-paused",
  "access-resumed",
  "recipient-dropped",
  "reminder-sent",
  "expiry-shortened",
  "transfer-recalled",
  "transfer-expired",
  "transfer-closed",
  "content-destroyed",
  "approval-asked",
  "approval-given",
  "approval-refused",
  "approval-superseded",
  "approval-lapsed",
  "approval-reminded",
  "approval-escalated",
  "question-asked",
  "question-answered",
  "deputy-named",
  "deputy-ended",
  "arrangement-asked",
  "arrangement-agreed",
  "arrangement-refused",
  "arrangement-ended",
  "arrangement-reminded",
  "arrangement-lapsed",
  "agreement-added",
  "agreement-changed",
  "agreement-reminded",
  "advice-asked",
  "advice-answered",
  "policy-changed",
  "recovery-key-proposed",
  "recovery-key-withdrawn",
  "recovery-key-enrolled",
  "recovery-key-removal-proposed",
  "recovery-key-removal-withdrawn",
  "recovery-key-removed",
  "recovery-export-asked",
  "recovery-export-withdrawn",
  "recovery-export-agreed",
  "recovery-exported",
  "log-alarm",
  "evidence-taken",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** What happened, before the store gives it its number and its 128 random bits. `detail` never holds content or secrets. */
export interface NewEvent {
  readonly kind: EventKind;
  readonly at: string;
  readonly actor: Actor;
  readonly reference: string | null;
  readonly recipientId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface StoredEvent extends NewEvent {
  readonly seq: number;
  /** 128 random bits, base64url: makes the event's digest unguessable. */
  readonly salt: string;
}
