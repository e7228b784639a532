import type { Method } from "./facts.ts";
import type { RecordedException, RecordTerm } from "./record-terms.ts";
import type { RecipientState, TransferState } from "./transfer.ts";

/** Whoever is in one of these is waited for, once it was sent. */
const WAITED_FOR = ["named", "released", "arrived", "opened"] as const satisfies readonly RecipientState[];

/**
 * What has been sent and has not ended, told apart as its tag tells it: somebody is waited for; nobody but somebody who is paused; or nobody,
 * since each has confirmed receipt or their access has ended. Of its recipients `some` and `none` are in these states (`some` empty: any).
 */
export const SENT_STATES = {
  "under-way": { some: WAITED_FOR, none: [] },
  paused: { some: ["paused"], none: WAITED_FOR },
  answered: { some: [], none: [...WAITED_FOR, "paused"] },
} as const satisfies Readonly<
  Record<string, { readonly some: readonly RecipientState[]; readonly none: readonly RecipientState[] }>
>;
export type SentState = keyof typeof SENT_STATES;

export function isSentState(state: TransferState | SentState): state is SentState {
  return Object.hasOwn(SENT_STATES, state);
}

/** What transfers are searched by; null or empty: by anything. All of it has to be true of a transfer. */
export interface RecordSearch {
  /** Words of a recipient's name, or their address. */
  readonly person: readonly string[];
  /** Members who may be the sender, or have agreed or refused, in place of what `person` says of a recipient: those whom the same words name. */
  readonly senders: readonly string[];
  /** Words of a recipient's organisation, or the domain of their address. */
  readonly organisation: readonly string[];
  readonly method: Method | null;
  /** A clause that was asked about when the sender signed: see `decisionOf`. */
  readonly clause: string | null;
  readonly state: TransferState | SentState | null;
  /** Begun at this time or later, and before that; ISO 8601 in UTC. */
  readonly from: string | null;
  readonly until: string | null;
}

/** Where a page of the answer goes on: behind this transfer. */
export interface RecordPlace {
  readonly at: string;
  readonly reference: string;
}

/** What finds a transfer: every term of one of these lists. */
export function alternativesOf({
  person,
  senders,
  organisation,
  method,
  clause,
}: RecordSearch): readonly (readonly RecordTerm[])[] {
  const common: readonly RecordTerm[] = [
    ...organisation.map((term) => ({ kind: "organisation", term }) as const),
    ...(clause === null ? [] : [{ kind: "clause", term: clause } as const]),
    ...(method === null ? [] : [{ kind: "method", term: method } as const]),
  ];
  if (person.length === 0) return [common];
  return [
    [...person.map((term) => ({ kind: "person", term }) as const), ...common],
    ...senders.flatMap((term) =>
      (["sender", "approver"] as const).map((kind): readonly RecordTerm[] => [{ kind, term }, ...common]),
    ),
  ];
}

/**
 * What is counted by day, as it happens: by clause the decisions in which it was asked about, the transfers that it stopped until somebody met it (while
 * they were described, or else when they were signed), and exceptions; releases by method and by how long they took.
 */
export const TALLY_KINDS = ["clause", "stopped", "exception", "method", "release"] as const;
export type TallyKind = (typeof TALLY_KINDS)[number];

export interface Tally {
  readonly key: string;
  readonly count: number;
  /** The last day in the period on which it was counted, YYYY-MM-DD. */
  readonly last: string;
}

/** How long it took from the sender's signature to the release; each is up to so many milliseconds. */
export const RELEASE_TIMES = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  "three-days": 3 * 86_400_000,
  longer: Number.POSITIVE_INFINITY,
} as const;
export type ReleaseTime = keyof typeof RELEASE_TIMES;

export function releaseTimeOf(milliseconds: number): ReleaseTime {
  const times = Object.keys(RELEASE_TIMES) as ReleaseTime[]; // its keys are these
  return times.find((each) => milliseconds <= RELEASE_TIMES[each]) ?? "longer";
}

/** What is open at a moment. */
export interface OpenCounts {
  /** Requests for agreement that wait, and those of them that are due. */
  readonly waiting: number;
  readonly waitingLong: number;
  /** Recipients who were sent it, of whom no receipt or other confirmation is there, and those of them since before `receiptsBefore`. */
  readonly withoutReceipt: number;
  readonly receiptsOverdue: number;
  /** Receipts of transfers that have not ended, also of people whose access has: see `receiptKind` (SDT-28). */
  readonly provedOpened: number;
  readonly saysReceived: number;
  /** Transfers in each of `SENT_STATES`, and those of the first two that expire at or before `expiringUntil`. */
  readonly underWay: number;
  readonly paused: number;
  readonly answered: number;
  readonly expiring: number;
}

/** The assurance of the controls once a year (SIS-28): the one that is due next, or one that was made. */
export interface ControlReview {
  readonly id: string;
  readonly dueAt: string;
  readonly remindedAt: string | null;
  /** The member who made it; null while it is due. */
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
  /** What the reviewer found, and what follows from it. */
  readonly says: string;
}

/** How far a live feed has got: everything up to event `seq` was taken by its receiver. */
export interface FeedPosition {
  readonly seq: number;
  readonly at: string;
}

/** Positions are no records: they hold what somebody else has, and are kept with the events that they count. */
export interface FeedPositions {
  /** Null where nothing was taken yet. @param receiver its address */
  position(receiver: string): Promise<FeedPosition | null>;
  /** Never moves back. */
  move(receiver: string, position: FeedPosition): Promise<void>;
}

/** What oversight reads. */
export interface OversightReader {
  /** Newest first; behind `after`, where given. */
  findTransfers(
    search: RecordSearch,
    page: { readonly limit: number; readonly after: RecordPlace | null },
  ): Promise<readonly RecordPlace[]>;
  /** By key. @param from YYYY-MM-DD @param until a day that counts too */
  tallies(kind: TallyKind, from: string, until: string): Promise<readonly Tally[]>;
  /** Newest first. @param from ISO 8601 @param until exclusive */
  exceptions(from: string, until: string, limit: number): Promise<readonly RecordedException[]>;
  openCounts(moment: {
    readonly now: string;
    readonly receiptsBefore: string;
    readonly expiringUntil: string;
  }): Promise<OpenCounts>;
  /** The last due first. */
  controlReviews(): Promise<readonly ControlReview[]>;
}
