import type { StoredEvent } from "./event.ts";
import type { Reader } from "./records.ts";

/** What was changed of a member that gives nobody a say: their time begins at once. */
const NO_SAY: readonly unknown[] = ["phone", "name"];
const AT_ONCE = 500;

/**
 * Until when an act of an administrator or keeper has effect (SIS-37): a hold's while it stands; what makes somebody a member with roles and a
 * line manager while they are one; a deputy's to the end of their time. What was agreed by such a role or deputy rests on it, so it is in effect
 * besides for as long as a transfer is on record that was begun by then. Every other act has its effect at once.
 * @returns for an act the moment from which its time is counted, ISO 8601; null while it has effect
 */
export async function actStandings(read: Reader): Promise<(event: StoredEvent) => Promise<string | null>> {
  const active = new Set((await read.members()).filter(({ state }) => state === "active").map(({ id }) => id));
  const left = new Map<string, string>();
  for (let after = 0; ; ) {
    const page = await read.loneEvents(["member-deactivated"], LATEST, AT_ONCE, after);
    for (const { detail, at } of page) left.set(String(detail.memberId), at);
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE) break;
    after = last.seq;
  }
  const unlessNeeded = async (endedAt: string): Promise<string | null> => {
    const [begun] = await read.findTransfers({ ...ANY, until: justAfter(endedAt) }, { limit: 1, after: null });
    return begun === undefined ? endedAt : null;
  };
  return async ({ kind, at, detail }) => {
    switch (kind) {
      case "hold-placed": {
        const hold = await read.hold(String(detail.hold));
        return hold === null ? at : (hold.lifted?.at ?? null);
      }
      case "member-invited":
      case "member-changed":
      case "member-deactivated": {
        const id = String(detail.memberId);
        if (NO_SAY.includes(detail.what)) return at;
        return active.has(id) ? null : unlessNeeded(left.get(id) ?? at);
      }
      case "deputy-named":
      case "deputy-ended":
        return unlessNeeded(typeof detail.until === "string" ? detail.until : at);
      default:
        return at;
    }
  };
}

const ANY = {
  ...{ person: [], senders: [], organisation: [], method: null, clause: null, state: null, from: null },
} as const;
/** After every event. */
const LATEST = "9999-12-31T23:59:59.999Z";

/** Searches leave out what was begun at their end. */
function justAfter(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}
