/** A fax machine of the organisation (SIS-26): whose settings were checked, until when that counts. */
export interface FaxMachine {
  readonly id: string;
  /** In international form, such as +441632960001; unique. */
  readonly number: string;
  readonly location: string;
  /** The team or person to whom it belongs. */
  readonly owner: string;
  /** The last check; null: never, and it is not used. */
  readonly check: FaxCheck | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly endedAt: string | null;
  readonly remindedAt: string | null;
}

/** Polling, redirection, forwarding and remote control are off, and the memory is empty. */
export interface FaxCheck {
  readonly byId: string;
  readonly at: string;
  /** The last day on which it counts, YYYY-MM-DD. */
  readonly until: string;
}

/** What is looked at, as the checklist says it. */
export const FAX_SETTINGS = {
  polling: "Polling is off",
  redirection: "Redirection is off",
  forwarding: "Forwarding is off",
  remote: "Remote control is off",
  memory: "The memory is cleared",
} as const;

/** SIS-26: a stale check, or none, blocks the machine's use. @param today YYYY-MM-DD */
export function isUsable({ check, endedAt }: FaxMachine, today: string): boolean {
  return endedAt === null && check !== null && check.until >= today;
}
