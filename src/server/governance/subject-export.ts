import type { Address } from "../../domain/address.ts";
import type { StoredEvent } from "../../domain/event.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { withoutLinks } from "./without-links.ts";

/** Everything that the records hold about one address: as JSON for machines, and made into a page for people. */
export interface SubjectExport {
  readonly version: 1;
  readonly address: Address;
  readonly organisation: string;
  readonly at: string;
  /** What is held and is not in it. */
  readonly leftOut: string;
  readonly member: object | null;
  readonly passkeys: readonly object[];
  readonly keys: readonly object[];
  readonly contact: object | null;
  readonly deputies: readonly object[];
  readonly sent: readonly object[];
  readonly received: readonly object[];
  readonly approvals: readonly object[];
  readonly arrangements: readonly object[];
  readonly advice: readonly object[];
  readonly holds: readonly object[];
  readonly incidents: readonly object[];
  readonly mail: readonly object[];
  readonly events: readonly object[];
}

const PAGE = 200;
const LEFT_OUT =
  "The text of emails, which may hold codes and links that open something, and recipients' own links are left out.";

/**
 * What is held about an address, wherever it stands. No content, no keys' secret parts: the server has none. Grants and sealed key wraps are
 * left out, for they are ciphertext that says nothing of the person; so are salts of events. Whoever has the export can open nothing with
 * it: of mails there is no text, which may hold codes and invitations, and ids of recipients' rows, which are their links, are taken out.
 */
export async function exportSubject(
  read: Reader,
  address: Address,
  { organisation, at }: { readonly organisation: string; readonly at: string },
): Promise<SubjectExport> {
  const member = await read.memberByAddress(address);
  const contact = await read.contactByAddress(address);
  const rows = await read.recipientsAt(address);
  const sent = member === null ? [] : await sentBy(read, member.id);
  const references = new Set([...sent.map(({ reference }) => reference), ...rows.map(({ reference }) => reference)]);
  const events = await eventsAbout(read, member?.id ?? null, rows, address);
  const mine = <T extends { readonly id: string }>(all: readonly T[], has: (each: T) => boolean) => all.filter(has);
  const arrangements = await everyArrangement(read);
  const found: SubjectExport = {
    ...({ version: 1, address, organisation, at, leftOut: LEFT_OUT } as const),
    member,
    passkeys: member === null ? [] : (await read.credentialsOf(member.id)).map(plainPasskey),
    keys: (await read.keyLog()).filter(({ memberId }) => memberId === member?.id),
    contact,
    deputies: (await read.deputies()).filter((each) => [each.principalId, each.deputyId].includes(member?.id ?? "")),
    sent: sent.map(plainTransfer),
    received: await Promise.all(
      rows.map(async (row) => {
        const transfer = await read.transfer(row.reference);
        return { recipient: plainRecipient(row), transfer: transfer && plainTransfer(transfer) };
      }),
    ),
    approvals: (await decidedOf(read, references, member?.id ?? "")).flat(),
    arrangements: mine(
      arrangements,
      ({ requesterId, decidedBy, recipients }) =>
        requesterId === member?.id || (decidedBy !== null && decidedBy === member?.id) || recipients.includes(address),
    ),
    advice: await adviceOf(read, references, member?.id ?? ""),
    holds: [...(await read.holds()), ...(await read.liftedHolds(PAGE))].filter(
      ({ scope, placedBy }) => placedBy === member?.id || (scope.kind === "person" && scope.address === address),
    ),
    incidents: (await Promise.all([...references].map((each) => read.incidentsOf(each)))).flat(),
    mail: await read.mailTo(address),
    events: events.map(({ salt: _, ...event }) => event),
  };
  return withoutLinks(found, await rowsNamed(read, [...references, ...events.map(({ reference }) => reference)]));
}

/** Every recipient's row of these transfers: others' ids stand beside theirs. */
async function rowsNamed(read: Reader, references: readonly (string | null)[]): Promise<readonly Recipient[]> {
  const known = [...new Set(references)].filter((each) => each !== null);
  return (await Promise.all(known.map((each) => read.recipients(each)))).flat();
}

async function sentBy(read: Reader, memberId: string): Promise<readonly Transfer[]> {
  const all: Transfer[] = [];
  for (;;) {
    const page = await read.transfersOf(memberId, { limit: PAGE, offset: all.length });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

/** What they did and what was done about them, each once, by number. */
async function eventsAbout(
  read: Reader,
  memberId: string | null,
  rows: readonly Recipient[],
  address: Address,
): Promise<readonly StoredEvent[]> {
  const found = new Map<number, StoredEvent>();
  const add = (events: readonly StoredEvent[]) => {
    for (const event of events) found.set(event.seq, event);
  };
  if (memberId !== null) {
    add(await read.eventsBy({ kind: "member", id: memberId }));
    add(await read.enrolmentsOf(memberId));
    add(await read.eventsNaming(["member-invited", "member-changed", "member-deactivated"], memberId));
  }
  for (const { id } of rows) {
    add(await read.eventsAbout(id));
    add(await read.eventsBy({ kind: "recipient", id }));
  }
  add(await read.eventsNaming(["subject-exported"], address));
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

async function everyArrangement(read: Reader) {
  const states = ["asked", "agreed", "refused", "ended", "lapsed"] as const;
  return (await Promise.all(states.map((state) => read.arrangements(state)))).flat();
}

/** Requests for agreement to their transfers, and those that they answered among these. */
async function decidedOf(read: Reader, references: ReadonlySet<string>, memberId: string) {
  const all = await Promise.all([...references].map((each) => read.approvalsOf(each)));
  return all.map((requests) =>
    requests.map(({ proof: _, ...request }) => ({ ...request, byThem: request.decidedBy === memberId })),
  );
}

async function adviceOf(read: Reader, references: ReadonlySet<string>, memberId: string) {
  const all = await Promise.all([...references].map((each) => read.adviceOf(each)));
  return all
    .flat()
    .filter(({ askedBy, answeredBy }) => askedBy === memberId || answeredBy === memberId || memberId === "");
}

function plainPasskey({
  id,
  name,
  createdAt,
  transports,
}: {
  id: string;
  name: string;
  createdAt: string;
  transports: readonly string[];
}) {
  return { id, name, createdAt, transports };
}

/** Without ciphertext. */
function plainTransfer(transfer: Transfer): object {
  const { reference, state, facts, createdAt, expiresAt, releasedAt, endedAt, riskyReason, waybill, sealed } = transfer;
  const totals = sealed?.totals ?? null;
  return { reference, state, facts, createdAt, expiresAt, releasedAt, endedAt, riskyReason, totals, waybill };
}

function plainRecipient({ id: _id, grant: _, tokenHash: _token, ...recipient }: Recipient): object {
  return recipient;
}
