import { randomBytes } from "../../../bytes/random.ts";
import type { EphemeralValue } from "../../../domain/ephemera.ts";
import { ServerError } from "../../error.ts";
import type { Visit } from "../../gate/row.ts";
import { cookieName, cookieOptions, hashOf } from "../../gate/session.ts";
import type { Parts } from "../../parts.ts";

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DAYS = 7;
const OWNER = "set-up";

/**
 * The one-time code that set-up asks for, such as `7F3K-Q2XV-9M4T` (60 bits), for the console alone. It replaces an earlier
 * one and is good for seven days, until set-up is complete. Null when the organisation exists.
 */
export async function newSetUpCode(parts: Parts): Promise<string | null> {
  if (await parts.records.read.organisation()) return null;
  const symbols = [...randomBytes(12)].map((byte) => SYMBOLS.charAt(byte & 31));
  const code = [0, 4, 8].map((at) => symbols.slice(at, at + 4).join("")).join("-");
  await parts.ephemera.removeOwned("set-up-code", OWNER);
  const until = new Date(parts.clock.now().getTime() + DAYS * 24 * 60 * 60_000);
  await parts.ephemera.put("set-up-code", hashOf(code), { owner: OWNER }, until);
  return code;
}

/** What was typed so far. */
export type Draft = Omit<EphemeralValue, "owner">;

/** Whether that is the code; then this browser may go on with set-up. */
export async function enterCode(visit: Visit, typed: string): Promise<boolean> {
  const code = normal(typed);
  const known = await visit.parts.ephemera.get("set-up-code", hashOf(code), visit.parts.clock.now());
  if (!known) return false;
  const options = { ...cookieOptions(visit.parts), sameSite: "strict" } as const;
  visit.reply.setCookie(cookieName(visit.parts, "waybill-set-up"), code, options);
  return true;
}

/**
 * What was typed so far, for the browser that entered the code.
 * @throws ServerError `already-set-up` once an organisation exists, `sign-in-first` without the code.
 */
export async function draftOf(visit: Visit): Promise<Draft> {
  refuseWhenSetUp(visit);
  const draft = await visit.parts.ephemera.get("set-up-code", keyOf(visit), visit.parts.clock.now());
  if (draft) return draft;
  throw new ServerError({ code: "not-set-up", message: "Enter the set-up code first. Nothing was changed." });
}

export async function saveDraft(visit: Visit, draft: Draft): Promise<void> {
  const until = new Date(visit.parts.clock.now().getTime() + DAYS * 24 * 60 * 60_000);
  const value: EphemeralValue = { ...draft, owner: OWNER };
  await visit.parts.ephemera.put("set-up-code", keyOf(visit), value, until);
}

/** Set-up is complete: the code is spent. */
export async function spendCode(visit: Visit): Promise<void> {
  await visit.parts.ephemera.removeOwned("set-up-code", OWNER);
  visit.reply.clearCookie(cookieName(visit.parts, "waybill-set-up"), cookieOptions(visit.parts));
}

/** Set-up answers like an address that does not exist once there is an organisation. */
export function refuseWhenSetUp(visit: Visit): void {
  if (!visit.organisation) return;
  throw new ServerError({
    code: "already-set-up",
    message: "There is no page at this address. Check that it was typed or pasted whole.",
  });
}

function keyOf(visit: Visit): string {
  return hashOf(visit.request.cookies[cookieName(visit.parts, "waybill-set-up")] ?? "");
}

function normal(typed: string): string {
  const bare = typed
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return [bare.slice(0, 4), bare.slice(4, 8), bare.slice(8, 12)].join("-") + bare.slice(12);
}
