import { type Hold, holdsOn } from "./hold.ts";
import type { MailAbout } from "./outbox.ts";
import type { Reader } from "./records.ts";
import type { StandingArrangement } from "./standing-arrangement.ts";
import type { Recipient, Transfer } from "./transfer.ts";

/** A transfer that a hold is on by its reference or by somebody's address, and to whom it goes. */
export interface HeldTransfer {
  readonly hold: Hold;
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
}

const AT_ONCE = 200;

/** What these holds are on by reference or by address: a hold on a period knows what else it is on by its dates. */
export async function heldTransfers(read: Reader, holds: readonly Hold[]): Promise<readonly HeldTransfer[]> {
  const found: HeldTransfer[] = [];
  for (const hold of holds) {
    for (const reference of await referencesOf(read, hold)) {
      const transfer = await read.transfer(reference);
      if (transfer !== null) found.push({ hold, transfer, recipients: await read.recipients(reference) });
    }
  }
  return found;
}

async function referencesOf(read: Reader, { scope }: Hold): Promise<ReadonlySet<string>> {
  if (scope.kind === "transfer") return new Set([scope.reference]);
  if (scope.kind === "period") return new Set();
  const all = new Set((await read.recipientsAt(scope.address)).map(({ reference }) => reference));
  const member = await read.memberByAddress(scope.address);
  for (let offset = 0; member !== null; offset += AT_ONCE) {
    const page = await read.transfersOf(member.id, { limit: AT_ONCE, offset });
    for (const { reference } of page) all.add(reference);
    if (page.length < AT_ONCE) break;
  }
  return all;
}

/** Whether a hold keeps a mail: by its transfer, by whom it went to, or by its day (SIS-37). */
export async function heldMail(read: Reader): Promise<(mail: MailAbout) => boolean> {
  const holds = await read.holds();
  const references = new Set((await heldTransfers(read, holds)).map(({ transfer }) => transfer.reference));
  return ({ to, reference, createdAt }) =>
    (reference !== null && references.has(reference)) ||
    holdsOn(holds, { reference, from: createdAt, until: createdAt, addresses: [to] }).length > 0;
}

/** Holds that keep an agreement of the register, because a transfer that they are on names it (SDT-5). */
export function holdsOnAgreement(held: readonly HeldTransfer[], reference: string): readonly Hold[] {
  const names = ({ facts: { agreement } }: Transfer) =>
    agreement !== null && "reference" in agreement && agreement.reference === reference;
  return held.filter(({ transfer }) => names(transfer)).map(({ hold }) => hold);
}

/** Holds that keep an arrangement, because it may have covered a transfer that they are on: the same sender, and a recipient in common. */
export function holdsOnArrangement(
  held: readonly HeldTransfer[],
  { requesterId, recipients: covered }: Pick<StandingArrangement, "requesterId" | "recipients">,
): readonly Hold[] {
  return held
    .filter(({ transfer }) => transfer.senderId === requesterId)
    .filter(({ recipients }) => recipients.some(({ address }) => covered.includes(address)))
    .map(({ hold }) => hold);
}
