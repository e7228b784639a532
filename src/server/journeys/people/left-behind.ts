import { standInOf } from "../../../domain/colleague.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Transfer } from "../../../domain/transfer.ts";

/** A transfer that waits for somebody who leaves: how many of its recipients for what, and who tells the six words in their place. */
export interface LeftBehind {
  readonly reference: string;
  readonly words: number;
  /** Without words: they open it by themselves. */
  readonly receipt: number;
  /** Null where nobody else holds the words. */
  readonly standIn: string | null;
  /** Whether two administrators can open it with the organisation's recovery key. */
  readonly recovery: boolean;
}

const PAGE = 100;

/**
 * What a sender who leaves has under way (SDT-13): only they, and an active stand-in, hold the six words of a transfer. Nobody's name or
 * address among the recipients is in it.
 */
export async function leftBehind(
  read: Reader,
  senderId: string,
): Promise<{ readonly waiting: readonly LeftBehind[]; readonly unsent: number }> {
  const waiting: LeftBehind[] = [];
  let unsent = 0;
  for await (const transfer of transfersOf(read, senderId)) {
    if (["draft", "requested", "approved", "refused"].includes(transfer.state)) unsent++;
    if (transfer.state !== "released") continue;
    const recipients = await read.recipients(transfer.reference);
    const live = recipients.filter((each) => !isOver(each) && each.receivedAt === null);
    const words = live.filter(({ access, openedAt }) => access === "words" && openedAt === null).length;
    const receipt = live.length - words;
    if (live.length > 0)
      waiting.push({
        ...{ reference: transfer.reference, words, receipt, recovery: transfer.recovery !== null },
        standIn: (await standInOf(read, transfer, recipients))?.name ?? null,
      });
  }
  return { waiting, unsent };
}

async function* transfersOf(read: Reader, senderId: string): AsyncGenerator<Transfer> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await read.transfersOf(senderId, { limit: PAGE, offset });
    yield* page;
    if (page.length < PAGE) return;
  }
}
