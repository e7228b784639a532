import { Type } from "typebox";
import { ownPath } from "../../gate/own-path.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { cookieName, cookieOptions, sessionOf, signInBrowser } from "../../gate/session.ts";
import { nonceBody, passkeySignatureBody } from "../../passkeys/bodies.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { newNonce, takeNonce } from "../../passkeys/nonce.ts";
import { signInStatement } from "../../passkeys/statements.ts";
import { badSignature, verifyPasskeyStatement } from "../../passkeys/verify-passkey.ts";
import { render } from "../../render.ts";
import { spoken } from "../account/spoken.ts";

const OWNER = "sign-in";
/** An office has one address, and signs in at nine. Nobody guesses a passkey’s signature, so that this only bounds work. */
const RATES = [{ times: 300, seconds: 600, by: "address" }] as const;

/** Signing in with a passkey, which says itself whose it is; and signing out. */
export const signInRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/sign-in",
    who: "anonymous",
    handle: async (visit) => {
      const next = ownPath(visit.query.next ?? "", visit.parts.place.origin);
      if (visit.member) return redirect(visit, next);
      const language = await spoken(visit, next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
      const context = { ...language, title: language.a.signIn.title, scripts: ["entries/sign-in.js"], next };
      return render(visit, "sign-in/sign-in.njk", context);
    },
  }),
  row({
    method: "POST",
    path: "/api/sign-in/options",
    who: "anonymous",
    body: Type.Object({}),
    rates: RATES,
    handle: async ({ parts }) => ({ nonce: await newNonce(parts, OWNER), rpId: parts.place.rpId }),
  }),
  row({
    method: "POST",
    path: "/api/sign-in",
    who: "anonymous",
    body: Type.Object({ nonce: nonceBody, passkey: passkeySignatureBody, next: Type.String({ maxLength: 2000 }) }),
    rates: RATES,
    handle: async (visit, { nonce, passkey, next }) => {
      const { parts, reply } = visit;
      await takeNonce(parts, nonce, OWNER);
      const statement = signInStatement(parts, { role: "member", signer: "", nonce });
      const memberId = await parts.records.write(async (tx) => {
        const known = await tx.credential(passkey.id);
        const credential = await verifyPasskeyStatement(parts, statement, passkey, known ? [known] : []);
        const member = await tx.member(credential.memberId);
        if (member?.state !== "active") throw badSignature();
        await tx.saveCredential(credential);
        await tx.append(ofMember("signed-in", member.id, now(parts), { with: "passkey", credentialId: credential.id }));
        return member.id;
      });
      await signInBrowser(parts, reply, memberId);
      return { next: ownPath(next, parts.place.origin) };
    },
  }),
  row({
    method: "POST",
    path: "/sign-out",
    who: "anonymous",
    handle: async (visit) => {
      const session = await sessionOf(visit.parts, visit.request);
      if (session) await visit.parts.ephemera.remove("session", session.key);
      visit.reply.clearCookie(cookieName(visit.parts, "waybill"), cookieOptions(visit.parts));
      return redirect(visit, "/sign-in");
    },
  }),
];
