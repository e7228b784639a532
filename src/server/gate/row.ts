import type { FastifyReply, FastifyRequest } from "fastify";
import type { Static, TSchema } from "typebox";
import type { AdviceRequest } from "../../domain/advice.ts";
import type { ApprovalRequest } from "../../domain/approval.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { StandingArrangement } from "../../domain/standing-arrangement.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Approver } from "../approvals/approvers.ts";
import type { Parts } from "../parts.ts";
import type { Session } from "./session.ts";

/** Who may call a route. There is no default: a row without one does not compile. */
export type Who =
  | "anyone" // also before set-up, and without any session
  | "anonymous" // anyone, once the organisation is set up
  | "member" // also somebody from outside who has registered: they receive
  | "colleague" // a member with a work address: whoever sends, and sees contacts
  | "administrator"
  | "auditor" // looks at the records of every transfer, never at content, and changes nothing
  | "overseer" // an auditor, an administrator or the privacy team: the dashboard and the report on the controls
  | "reviewer" // of the controls: an administrator or the privacy team
  | "sender" // the member who sends transfer :ref
  | "teller" // the sender or the stand-in of transfer :ref
  | "approver" // whoever may answer the request for agreement :id, or has answered it
  | "keeper" // of the register of agreements: the privacy team and administrators
  | "media-keeper" // of the registers of media and fax machines: operational security and administrators
  | "post-room" // whoever gives to carriers what colleagues send: addressees, and never contents
  | "adviser" // whoever may answer, or has answered, the request for advice :id, and who asked it
  | "arranger" // who asked for standing arrangement :id, and who may agree to it
  | "incident-reader" // may see incident :id, or the part of it that concerns them
  | "incident-handler" // may act on incident :id
  | "recipient"; // of row :id: proved the mailbox, or is that member

/** A request that was let in, with what the guard learnt on the way. */
export interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly parts: Parts;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Null only for `anyone`, before set-up. */
  readonly organisation: Organisation | null;
  /** Whoever is signed in, also on pages for anyone. */
  readonly member: Member | null;
  /** How many requests for agreement wait for them; counted for pages alone. */
  readonly toAgree?: number;
}

export interface AnonymousVisit extends Visit {
  readonly organisation: Organisation;
}
export interface MemberVisit extends AnonymousVisit {
  readonly member: Member;
  readonly session: Session;
}
export interface SenderVisit extends MemberVisit {
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
}
export interface ArrangementVisit extends MemberVisit {
  readonly arrangement: StandingArrangement;
  readonly requester: Member;
  /** Whether they may agree to it. */
  readonly answers: boolean;
}

export interface AdviserVisit extends MemberVisit {
  readonly advice: AdviceRequest;
  readonly transfer: Transfer;
  /** Whether they may answer it. */
  readonly answers: boolean;
}

export interface IncidentVisit extends MemberVisit {
  readonly incident: Incident;
  /** `limited`: they sent what it is about, or have something to do about it. */
  readonly sees: "whole" | "limited";
  /** Whether they may act on it. */
  readonly acts: boolean;
}

export interface RecipientVisit extends AnonymousVisit {
  readonly transfer: Transfer;
  readonly recipient: Recipient;
  /** How they proved that they are this recipient. */
  readonly proof: "mailbox" | "member";
}

export interface ApproverVisit extends MemberVisit {
  readonly asked: ApprovalRequest;
  /** Whether, and in whose place, they may answer now; null for who has answered and may not any more. */
  readonly approver: Approver | null;
  readonly transfer: Transfer;
  readonly sender: Member;
}

interface Visits {
  anyone: Visit;
  anonymous: AnonymousVisit;
  member: MemberVisit;
  colleague: MemberVisit;
  administrator: MemberVisit;
  auditor: MemberVisit;
  overseer: MemberVisit;
  reviewer: MemberVisit;
  sender: SenderVisit;
  teller: SenderVisit;
  approver: ApproverVisit;
  keeper: MemberVisit;
  "media-keeper": MemberVisit;
  "post-room": MemberVisit;
  adviser: AdviserVisit;
  arranger: ArrangementVisit;
  "incident-reader": IncidentVisit;
  "incident-handler": IncidentVisit;
  recipient: RecipientVisit;
}

/** How often one caller may do it. */
export interface Rate {
  readonly times: number;
  readonly seconds: number;
  /**
   * `caller`: the member who is signed in, from whatever network; where nobody is, the network address. `address`: that address, whoever
   * asks: for what nobody is signed in for yet, since an office has one. `target`: the path's :id or :ref, whoever asks.
   */
  readonly by: "caller" | "address" | "target";
}

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One row of the route table. `/api/` paths answer JSON, errors too; all others answer pages. */
export interface Row {
  readonly method: Method;
  readonly path: string;
  readonly who: Who;
  readonly body: TSchema | null;
  /** The body of JSON comes as its text: for whoever must see that it says a thing twice. */
  readonly asText: boolean;
  readonly rates: readonly Rate[];
  /** Largest body, bytes. */
  readonly bodyLimit: number;
  handle(visit: Visit, body: unknown): Promise<unknown>;
}

/**
 * Makes a row. The handler's answer: a string is HTML, anything else JSON; null when it has answered through `reply`.
 * GET and HEAD handlers change nothing.
 */
export function row<W extends Who, B extends TSchema>(spec: {
  method: Method;
  path: string;
  who: W;
  body?: B;
  asText?: boolean;
  rates?: readonly Rate[];
  /** Bytes; 256 KiB unless said. Uploads by stream are bounded by their declared size. */
  bodyLimit?: number;
  handle: (visit: Visits[W], body: Static<B>) => Promise<unknown>;
}): Row {
  return {
    method: spec.method,
    path: spec.path,
    who: spec.who,
    body: spec.body ?? null,
    asText: spec.asText ?? false,
    rates: spec.rates ?? [],
    bodyLimit: spec.bodyLimit ?? 256 * 1024,
    // The guard built the visit for `spec.who` and checked the body against `spec.body`, so both are what the handler expects.
    handle: (visit, body) => spec.handle(visit as Visits[W], body as Static<B>),
  };
}
