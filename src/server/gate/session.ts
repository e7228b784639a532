import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { toBase64Url } from "../../bytes/base64.ts";
import { randomBytes } from "../../bytes/random.ts";
import type { Parts } from "../parts.ts";

/** A member's session. The cookie (or the command line's bearer token) is 256 random bits; the store holds its SHA-256. */
export interface Session {
  readonly key: string;
  readonly memberId: string;
  readonly startedAt: string;
  /** The device key that signed in, for the command line; empty for a browser. */
  readonly deviceKeyId: string;
}

const HOUR = 60 * 60 * 1000;
const MINUTE = 60 * 1000;
/** Not every request is written down: a session may end this part of its idle limit too early, and never more than a minute. */
const NOTED = 0.1;

export function cookieName(parts: Parts, name: string): string {
  return parts.place.secure ? `__Host-${name}` : name;
}

export function cookieOptions(parts: Parts): { path: "/"; httpOnly: true; sameSite: "lax"; secure: boolean } {
  return { path: "/", httpOnly: true, sameSite: "lax", secure: parts.place.secure };
}

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Starts a session and answers its token. A browser gets it as a cookie through `signInBrowser`. */
export async function startSession(parts: Parts, memberId: string, deviceKeyId: string): Promise<string> {
  const token = toBase64Url(randomBytes(32));
  const now = parts.clock.now();
  const value = { owner: memberId, startedAt: now.toISOString(), seenAt: now.toISOString(), deviceKeyId };
  await parts.ephemera.put(
    "session",
    hashOf(token),
    value,
    new Date(now.getTime() + parts.limits.sessionIdleMinutes * MINUTE),
  );
  return token;
}

export async function signInBrowser(parts: Parts, reply: FastifyReply, memberId: string): Promise<void> {
  reply.setCookie(cookieName(parts, "waybill"), await startSession(parts, memberId, ""), cookieOptions(parts));
}

/** The live session of a request, with its idle limit moved on; null when there is none or it is past a limit. */
export async function sessionOf(parts: Parts, request: FastifyRequest): Promise<Session | null> {
  const token = bearerOf(request) ?? request.cookies[cookieName(parts, "waybill")];
  if (!token) return null;
  const key = hashOf(token);
  const now = parts.clock.now();
  const value = await parts.ephemera.get("session", key, now);
  if (!value) return null;
  const startedAt = String(value.startedAt);
  const ends = Date.parse(startedAt) + parts.limits.sessionHours * HOUR;
  if (ends <= now.getTime()) {
    await parts.ephemera.remove("session", key);
    return null;
  }
  const idle = parts.limits.sessionIdleMinutes * MINUTE;
  if (now.getTime() - Date.parse(String(value.seenAt)) > Math.min(MINUTE, idle * NOTED)) {
    const until = new Date(Math.min(ends, now.getTime() + idle));
    await parts.ephemera.put("session", key, { ...value, seenAt: now.toISOString() }, until);
  }
  return { key, memberId: value.owner, startedAt, deviceKeyId: String(value.deviceKeyId) };
}

/** Sign out everywhere: every session of the member ends, the command line's too. */
export async function endSessions(parts: Parts, memberId: string): Promise<void> {
  await parts.ephemera.removeOwned("session", memberId);
}

/**
 * Starts the session of a recipient who proved the mailbox, and answers its token: good for one row, for as many hours as a member's
 * session. A browser gets it as a cookie through `rememberRecipient`.
 */
export async function startRecipientSession(parts: Parts, recipientId: string): Promise<string> {
  const token = toBase64Url(randomBytes(32));
  const until = new Date(parts.clock.now().getTime() + parts.limits.sessionHours * HOUR);
  await parts.ephemera.put("recipient-session", hashOf(token), { owner: recipientId }, until);
  return token;
}

export function rememberRecipient(parts: Parts, reply: FastifyReply, recipientId: string, token: string): void {
  reply.setCookie(cookieName(parts, `r-${recipientId}`), token, cookieOptions(parts));
}

/** Whether whoever asks proved this recipient's mailbox: by the browser's cookie, or by the command line's bearer token. */
export async function provedMailbox(parts: Parts, request: FastifyRequest, recipientId: string): Promise<boolean> {
  const token = bearerOf(request) ?? request.cookies[cookieName(parts, `r-${recipientId}`)];
  if (!token) return false;
  const value = await parts.ephemera.get("recipient-session", hashOf(token), parts.clock.now());
  return value?.owner === recipientId;
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? "")?.[1];
}
