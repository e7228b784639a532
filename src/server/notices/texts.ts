/** What a recipient's mail is about. Dates come written out, in its language. */
export interface NoticeFacts {
  readonly reference: string;
  readonly name: string;
  readonly team: boolean;
  /** `left`: nobody reads that address any more. */
  readonly sender: { readonly name: string; readonly address: string; readonly left: boolean };
  readonly organisation: { readonly name: string; readonly website: string; readonly phone: string };
  /** `https://…/r/<id>` */
  readonly link: string;
  /** The published address to type, such as waybill.example.gov.uk. */
  readonly host: string;
  readonly access: "account" | "words";
  readonly expires: string;
}

/** Who is invited to make a passkey of their own, by whom. */
export interface InvitationFacts extends Pick<NoticeFacts, "name" | "organisation" | "host"> {
  readonly sender: { readonly name: string; readonly address: string };
  readonly link: string;
}

type Paragraphs<F> = (facts: F) => readonly string[];

/**
 * The texts of one language. Every catalogue `satisfies` this, so that a missing text does not compile. Each gives paragraphs;
 * subjects hold the reference alone (SDT-16).
 */
export interface NoticeTexts {
  readonly subject: (reference: string) => string;
  readonly reminderSubject: (reference: string) => string;
  readonly soonerSubject: (reference: string) => string;
  readonly invitationSubject: string;
  readonly greeting: Paragraphs<Pick<NoticeFacts, "name" | "team">>;
  /** What has come and how it is opened. */
  readonly sent: Paragraphs<NoticeFacts>;
  /** The same, for somebody who has not confirmed receipt. */
  readonly reminder: Paragraphs<NoticeFacts>;
  /** The date until which it can be opened was brought forward. */
  readonly sooner: Paragraphs<NoticeFacts>;
  readonly genuine: Paragraphs<NoticeFacts>;
  /** SDT-14 */
  readonly responsibilities: Paragraphs<NoticeFacts>;
  /** SDT-14 */
  readonly notForYou: Paragraphs<NoticeFacts>;
  readonly invitation: Paragraphs<InvitationFacts>;
  /** What the sender may send ahead from their own mailbox. */
  readonly ahead: (facts: Pick<NoticeFacts, "reference" | "organisation" | "host">) => string;
}
