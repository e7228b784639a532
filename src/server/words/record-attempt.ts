import type { Channel } from "../../domain/contact.ts";
import { tellWords } from "../../domain/lifecycle/recipient-arrows.ts";
import { act } from "../drafts/take-back.ts";
import { ServerError } from "../error.ts";
import type { SenderVisit } from "../gate/row.ts";
import { waysToTell } from "./ways-to-tell.ts";

export interface Attempt {
  readonly recipientId: string;
  readonly told: boolean;
  readonly channel: Channel;
  /** The last digits of the number used, four at the most; empty for a channel without one. */
  readonly ending: string;
}

/**
 * Records that the six words were told, or that nobody answered (SDT-13), by the sender or the stand-in.
 * @throws ServerError `bad-request` for a channel or number that is none of those that may be used (OXM-8); DomainError `not-now`
 */
export async function recordAttempt(visit: SenderVisit, attempt: Attempt): Promise<void> {
  const { recipientId, told, channel, ending } = attempt;
  await act(visit, async ({ tx, transfer, recipients, taken }) => {
    const recipient = recipients.find(({ id }) => id === recipientId);
    if (!recipient) throw refused("There is no such recipient.");
    const ways = await waysToTell(tx, recipient);
    const used = ways.some(
      (way) => way.channel === channel && (way.number === "" || (ending !== "" && way.number.endsWith(ending))),
    );
    if (!used) throw refused("That is no channel or number that was checked for this recipient.");
    return tellWords(transfer, recipient, { told, channel, ending }, taken);
  });
}

function refused(what: string): ServerError {
  return new ServerError({
    code: "bad-request",
    message: `${what} Nothing was recorded: look again at the ways that work for them.`,
  });
}
