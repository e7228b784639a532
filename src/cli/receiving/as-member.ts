import { ClientError } from "../../client/error.ts";
import { confirmArrival, type RecipientParts, tellOpened } from "../../client/receiving/acts.ts";
import { fetchView, openTransfer } from "../../client/receiving/reception.ts";
import type { InboxEntry } from "../../domain/wire/receiving.ts";
import { lookAtOwnKeys } from "../account/own-keys.ts";
import type { Session } from "../account/session.ts";
import { say } from "../ask.ts";
import type { Parts } from "../command.ts";
import { orDamaged, type Reception } from "./reception.ts";
import { RECOVERY, sealedToRecovery } from "./recovery-text.ts";
import { refuseEarlier } from "./refuse-earlier.ts";

/**
 * Confirms arrival where that was not done yet, then opens with this command line's keys and checks everything but the files.
 * @throws ClientError, CliError
 */
export async function receiveAsMember(entry: InboxEntry, session: Session, terminal: Parts): Promise<Reception> {
  const { http, device, rpId } = session;
  const parts: RecipientParts = { http, rpId, sign: async (statement) => session.sign(statement) };
  let view = await fetchView(http, entry.id); // says what is over, before anything about keys
  await refuseEarlier(entry, session);
  await lookAtOwnKeys(session, false, terminal);
  let signed: string | null = null;
  if (view.waybill === null) {
    signed = await confirmArrival(view, device.address, "", parts);
    view = await fetchView(http, entry.id);
  }
  try {
    if (sealedToRecovery(view)) say(RECOVERY, terminal);
    const opened = await openTransfer(http, view, { identities: device.identities }, device.address, signed);
    await tellOpened(http, opened);
    return {
      opened,
      parts,
      address: device.address,
      received: entry.state === "received",
      mustVerify: view.mustVerify,
      again: entry.reference,
      wholeSaved: async () => session.state.keepVerified(entry.reference, opened.waybill.digest),
      receiptSigned: async () => {},
      close: () => session.close(),
    };
  } catch (cause) {
    throw orOtherKey(await orDamaged(cause, entry.id, http), device.origin);
  }
}

function orOtherKey(cause: unknown, origin: string): unknown {
  if (!(cause instanceof ClientError) || cause.code !== "no-access") return cause;
  const message = `${cause.message} It is recorded that it has arrived and that the sealed access was handed out; it is not recorded as opened. If it was sealed before this command line was enrolled, open it in your browser: ${origin}`;
  return new ClientError({ code: "no-access", message, cause });
}
