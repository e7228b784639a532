import type { Address } from "./address.ts";

/** A mail or SMS to go out. Its text names no content, and never holds a secret. */
export interface Message {
  readonly id: string;
  /** An email address, or for a text message an E.164 number, such as +447700900456. */
  readonly to: Address;
  readonly subject: string;
  readonly text: string;
  /** What it is about, for bounces and the timeline. */
  readonly reference: string | null;
  readonly recipientId: string | null;
  readonly createdAt: string;
}

/** Whether it goes as a text message. */
export function isText({ to }: Pick<Message, "to">): boolean {
  return /^\+[0-9]+$/.test(to);
}

/** Hands one message to a mail server, or to who sends texts. Rejects with `permanent: true` when the server says that it will never take it. */
export interface Mailer {
  send(
    message: Message,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly permanent: boolean; readonly why: string }>;
}
