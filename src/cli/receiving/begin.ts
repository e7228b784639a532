import { ClientError } from "../../client/error.ts";
import { parseReference } from "../../domain/reference.ts";
import { filesOf } from "../account/config-folder.ts";
import { readDevice } from "../account/device.ts";
import { readOrigin } from "../account/origin.ts";
import { openSession, type Session } from "../account/session.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { receiveAsMember } from "./as-member.ts";
import { type Given, receiveAsOutsider } from "./as-outsider.ts";
import { entryOf, inboxOf } from "./inbox-of.ts";
import { KeptArrivals } from "./kept-arrivals.ts";
import { type Link, readLink } from "./link.ts";
import type { Reception } from "./reception.ts";

/** Before anything is asked of anybody: throws when what this device verified whole of that transfer (null: nothing) is not enough. */
export type RefuseBefore = (reference: string, verified: string | null) => void;

/**
 * Opens a transfer: as the member whose command line this is, or as somebody outside who has the link of a notice.
 * @param typed a reference, or a notice's address. @throws ClientError, CliError, DomainError `bad-reference`
 */
export async function beginReception(
  typed: string,
  server: string | undefined,
  given: Given,
  parts: Parts,
  refuse: RefuseBefore = () => {},
): Promise<Reception> {
  const keep = new KeptArrivals(parts.configFolder);
  const link = readLink(typed);
  if (link !== null) {
    const asMember = await memberBy(link, parts, refuse);
    if (asMember !== null) return asMember;
    refuse("it", (await keep.load(link))?.verified ?? null);
    return receiveAsOutsider(link, given, parts);
  }
  const reference = parseReference(typed);
  const origin = server === undefined ? null : readOrigin(server);
  const kept = await keep.of(reference, origin);
  if (kept !== null) {
    refuse(reference, kept.verified);
    return receiveAsOutsider({ origin: kept.origin, id: kept.id }, given, parts);
  }
  const session = await openSession(parts, server).catch((cause: unknown) => {
    throw orByLink(cause);
  });
  return closing(session, async () => {
    const entry = await entryOf(session, reference);
    refuse(reference, session.state.verified(reference));
    return receiveAsMember(entry, session, parts);
  });
}

/** Whether the link is of something that this enrolled command line's member was sent; null when it is not. */
async function memberBy(link: Link, parts: Parts, refuse: RefuseBefore): Promise<Reception | null> {
  if ((await readDevice(filesOf(parts.configFolder, link.origin).keys)) === null) return null;
  const session = await openSession(parts, link.origin);
  return closing(session, async () => {
    try {
      for await (const entry of inboxOf(session)) {
        if (entry.id !== link.id) continue;
        refuse(entry.reference, session.state.verified(entry.reference));
        return receiveAsMember(entry, session, parts);
      }
    } catch (cause) {
      if (!(cause instanceof ClientError) || cause.refusal?.status !== 401) throw cause; // enrolled no longer
    }
    session.close();
    return null;
  });
}

async function closing<T>(session: Session, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    session.close();
    throw cause;
  }
}

function orByLink(cause: unknown): unknown {
  if (!(cause instanceof CliError) || cause.code !== "not-signed-in") return cause;
  const message = `${cause.message} Without an account, give the whole address in the email: waybill receive https://…/r/… -o DIR`;
  return new CliError({ code: "not-signed-in", message, cause });
}
