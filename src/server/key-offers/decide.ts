import { confirmKey, refuseKey } from "../../domain/lifecycle/key-offer.ts";
import type { Member } from "../../domain/member.ts";
import { ServerError } from "../error.ts";
import { endSessions } from "../gate/session.ts";
import type { Parts } from "../parts.ts";
import { now, retireWaysIn } from "../passkeys/enrolment.ts";
import { postKeyMail } from "./key-mail.ts";

/** What a sender says of a key that was offered. `words`: nothing yet; it stays offered, and this transfer goes with six words. */
export type Decision = "confirm" | "words" | "refuse";

/**
 * Confirms or refuses an offered key in the name of a sender, who was shown where it comes from.
 * @throws DomainError `not-now` when somebody else decided meanwhile.
 */
export async function decideOffer(
  parts: Parts,
  sender: Member,
  id: string,
  decision: Exclude<Decision, "words">,
): Promise<void> {
  await parts.records.write(async (tx) => {
    const member = await tx.member(id);
    if (!member) throw new ServerError({ code: "gone", message: "This contact’s key is not there any more." });
    const at = now(parts);
    const { member: after, event } =
      decision === "confirm" ? confirmKey(member, sender, at) : refuseKey(member, sender, at);
    await tx.saveMember(after);
    await tx.append(event);
    if (decision === "confirm") return;
    await retireWaysIn(tx, id, at, "all");
    await postKeyMail(tx, parts, member, "refused");
  });
  if (decision === "refuse") await endSessions(parts, id);
}
