import { createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { toBase64Url } from "../../bytes/base64.ts";
import { randomBytes } from "../../bytes/random.ts";
import { ServerError } from "../error.ts";
import type { Parts } from "../parts.ts";
import { cookieName, cookieOptions } from "./session.ts";

const CHANGING = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * The forgery token of a page: an HMAC under the browser's own random cookie, so that no other site can know it. Sets the
 * cookie when the browser has none.
 */
export function forgeryToken(parts: Parts, request: FastifyRequest, reply: FastifyReply): string {
  let secret = request.cookies[cookieName(parts, "waybill-form")];
  if (!secret) {
    secret = toBase64Url(randomBytes(32));
    reply.setCookie(cookieName(parts, "waybill-form"), secret, { ...cookieOptions(parts), sameSite: "strict" });
    request.cookies[cookieName(parts, "waybill-form")] = secret;
  }
  return tokenFor(secret);
}

/** What tells one browser from another, whoever uses it: a digest of its form cookie. Null for a browser that was given no page yet. */
export function browserMark(parts: Parts, request: FastifyRequest): string | null {
  const secret = request.cookies[cookieName(parts, "waybill-form")] ?? "";
  return secret === "" ? null : createHmac("sha256", secret).update("waybill browser mark").digest("base64url");
}

/**
 * Refuses a changing request that another site could have made: the Origin must be ours, and the token (form field `_token` or
 * header `x-waybill-token`) must fit the cookie. Bearer tokens are never sent by a browser on its own and need neither, where no
 * cookie comes along that could be taken for whoever asks.
 * @throws ServerError `foreign-origin`, `stale-form`
 */
export function refuseForgery(parts: Parts, request: FastifyRequest): void {
  if (!CHANGING.has(request.method)) return;
  const { origin, cookie, authorization } = request.headers;
  if (authorization?.startsWith("Bearer ") && !cookie) return;
  // No page makes such a request, since browsers name the origin: it is a program's, and carries nobody's authority.
  if (origin === undefined && cookie === undefined) return;
  if (origin !== undefined && origin !== parts.place.origin) {
    throw new ServerError({ code: "foreign-origin", message: "This came from another site and was not carried out." });
  }
  const secret = request.cookies[cookieName(parts, "waybill-form")] ?? "";
  const body = request.body;
  const field = typeof body === "object" && body !== null && "_token" in body ? String(body._token) : "";
  const given = Buffer.from(String(request.headers["x-waybill-token"] ?? field));
  const wanted = Buffer.from(tokenFor(secret));
  if (secret === "" || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new ServerError({
      code: "stale-form",
      message: "This page was open for too long. Nothing was changed: load it again, then repeat it.",
    });
  }
}

function tokenFor(secret: string): string {
  return createHmac("sha256", secret).update("waybill form token").digest("base64url");
}
