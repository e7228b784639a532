import { canonicalJson } from "../bytes/canonical-json.ts";
import type { Address } from "./address.ts";
import type { Classification, Method } from "./facts.ts";
import type { Proof } from "./lifecycle/step.ts";

/** What a manager agrees to in advance, as canonical JSON (RFC 8785): the digest of its UTF-8 bytes is what they sign. */
export function arrangementText(
  { id, role, purpose, recipients, classification, people, bytes, method, ends }: StandingArrangement,
  requester: Address,
): string {
  const limits = { recipients, classification, people, bytes, method, ends };
  return canonicalJson({ version: 1, kind: "arrangement", id, role, requester, purpose, ...limits });
}

/** Days after which the managers who can answer are reminded, once, and after which a request that nobody answered lapses. */
export const ARRANGEMENT_REMIND_DAYS = 1;
export const ARRANGEMENT_LAPSE_DAYS = 30;

/** A manager's agreement, in advance, to a recurring transfer that is described exactly. At most a year. */
export interface StandingArrangement {
  readonly id: string;
  readonly role: "line-manager" | "senior-manager";
  /** The member whose transfers it covers, and who asked for it. */
  readonly requesterId: string;
  readonly purpose: string;
  readonly recipients: readonly Address[];
  /** The highest. */
  readonly classification: Classification;
  /** Ceilings for one transfer. */
  readonly people: number;
  readonly bytes: number;
  readonly method: Method;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly ends: string;
  readonly state: "asked" | "agreed" | "refused" | "ended" | "lapsed"; // nobody answered in time
  readonly createdAt: string;
  /** When those who can answer were reminded; null when they were not. */
  readonly remindedAt: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string;
  /** The signed statement of the answer: its digest is the SHA-256 of what is described. */
  readonly proof: Proof | null;
}
