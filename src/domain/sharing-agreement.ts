import type { Method } from "./facts.ts";

/** A data sharing agreement or contract with an organisation outside (SDT-5). */
export interface SharingAgreement {
  readonly id: string;
  /** As people call it, such as DSA-2026-014; unique. */
  readonly reference: string;
  readonly organisation: string;
  /** The methods that it stipulates; none: it leaves them open. */
  readonly methods: readonly Method[];
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
  /** Where else the signed document is kept. */
  readonly documents: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly endedAt: string | null;
  readonly remindedAt: string | null;
}

/**
 * A document of an agreement, as it was signed. It is no content of a transfer: the server keeps it as it is, in its encrypted database,
 * and every colleague may read it.
 */
export interface AgreementDocument {
  readonly id: string;
  readonly agreementId: string;
  /** What it is, such as “Signed on 3 March 2026”. */
  readonly title: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly addedAt: string;
  readonly addedBy: string;
  /** Then its file is gone; that it was there stays known. */
  readonly removedAt: string | null;
}

/** With the file: standard base64; empty once it was removed. */
export interface KeptDocument extends AgreementDocument {
  readonly content: string;
}
