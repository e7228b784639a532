import { keyLogAnswer } from "../../client/people/shapes.ts";
import type { InboxEntry } from "../../domain/wire/receiving.ts";
import { recipientOf } from "../../seal/keys.ts";
import type { Session } from "../account/session.ts";
import { CliError } from "../error.ts";

/**
 * Refuses what was released before any key of this command line was published: it cannot be sealed to one. The access itself is handed
 * out only after arrival, so the key log says it beforehand, and nothing is recorded in vain.
 * @throws CliError `not-for-this-key`
 */
export async function refuseEarlier(entry: InboxEntry, session: Session): Promise<void> {
  const opens = await openableHere(session);
  if (opens(entry)) return;
  const message = `${entry.reference} was sent before this command line was enrolled, so it is not sealed to its key. Nothing was recorded: neither arrival nor opening. Open it in your browser: ${session.device.origin}`;
  throw new CliError({ code: "not-for-this-key", message });
}

/** Whether something may be sealed to a key of this command line: false where it was released before any of them was published. */
export async function openableHere({
  http,
  device,
}: Session): Promise<(entry: Pick<InboxEntry, "releasedAt">) => boolean> {
  const mine = await Promise.all(device.identities.map(recipientOf));
  const { lines } = await http.get("/api/keys", keyLogAnswer);
  const since = lines.filter(({ recipient }) => mine.includes(recipient)).map(({ createdAt }) => createdAt);
  // ISO 8601 in UTC, all by the server's clock. Without a line or a time, opening it decides.
  return ({ releasedAt }) => releasedAt === "" || since.length === 0 || since.some((each) => each <= releasedAt);
}
