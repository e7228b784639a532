import { Type } from "typebox";
import type { Address } from "../../../domain/address.ts";
import type { KeyWrap, Member } from "../../../domain/member.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Statement } from "../../../log/statement.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { endSessions, signInBrowser } from "../../gate/session.ts";
import { postKeyMail } from "../../key-offers/key-mail.ts";
import { base64Url, nonceBody } from "../../passkeys/bodies.ts";
import {
  checkEnrolment,
  enrolBody,
  enrolOptions,
  now,
  ofMember,
  retireWaysIn,
  saveEnrolment,
} from "../../passkeys/enrolment.ts";
import { mainKeysOf, wrapView } from "../../passkeys/my-keys.ts";
import { newNonce, takeNonce } from "../../passkeys/nonce.ts";
import { enrolStatement, signInStatement, textDigest } from "../../passkeys/statements.ts";
import { verifyEd25519Text } from "../../passkeys/verify-device.ts";
import { render } from "../../render.ts";
import { spoken } from "../account/spoken.ts";

const address = Type.String({ maxLength: 254 });
const signature = base64Url(100);
const RATES = [{ times: 20, seconds: 900, by: "address" }] as const;
/** A valid Ed25519 public key whose secret half was thrown away: what an unknown address is checked against. */
const NOBODY = "_PmTZkZ2-x-NFQP4D0aX6IzrdAsA7zDwKKwFYP1I81c";

/** The way back in with a recovery code. An address that is not known here is answered like a wrong code. */
export const recoverRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/recover",
    who: "anonymous",
    handle: async (visit) => {
      if (visit.member) return redirect(visit, "/account");
      const language = await spoken(visit, "/recover");
      const context = { ...language, title: language.a.recover.title, scripts: ["entries/sign-in.js"] };
      return render(visit, "sign-in/recover.njk", context);
    },
  }),
  row({
    method: "POST",
    path: "/api/recovery/nonce",
    who: "anonymous",
    body: Type.Object({ address }),
    rates: RATES,
    handle: async ({ parts }, body) => ({
      nonce: await newNonce(parts, `recovery ${body.address}`),
      rpId: parts.place.rpId,
    }),
  }),
  row({
    method: "POST",
    path: "/api/recovery/open",
    who: "anonymous",
    body: Type.Object({ address, nonce: nonceBody, signature }),
    rates: RATES,
    handle: async ({ parts, organisation }, body) => {
      await takeNonce(parts, body.nonce, `recovery ${body.address}`);
      const statement = signInStatement(parts, { role: "recovery-code", signer: body.address, nonce: body.nonce });
      const { member, wraps } = await holderOf(parts.records.read, body.address, body.signature, statement);
      const options = await enrolOptions(parts, member, organisation.name);
      const keys = await mainKeysOf(parts.records.read, member.id);
      return { options: { ...options, exclude: [] }, keys, wraps: wraps.map(wrapView) };
    },
  }),
  row({
    method: "POST",
    path: "/api/recovery",
    who: "anonymous",
    body: Type.Object({ ...enrolBody.properties, address, signature }),
    rates: RATES,
    handle: async (visit, body) => {
      const { parts, reply } = visit;
      const digest = await textDigest(body.recipient);
      const about = { digest, role: "recovery-code", signer: body.address, nonce: body.nonce } as const;
      const statement = enrolStatement(parts, about);
      const { member } = await holderOf(parts.records.read, body.address, body.signature, statement);
      const enrolment = await checkEnrolment(parts, member, body);
      await parts.records.write(async (tx) => {
        // Once more inside the transaction: the code may have been used, or the member deactivated, a moment ago.
        await holderOf(tx, body.address, body.signature, statement);
        await tx.append(ofMember("recovery-code-used", member.id, now(parts)));
        await retireWaysIn(tx, member.id, now(parts), "main");
        await saveEnrolment(tx, enrolment);
        await postKeyMail(tx, parts, member, "used"); // the owner may not be the one who used it
      });
      await endSessions(parts, member.id);
      await signInBrowser(parts, reply, member.id);
      return { next: "/account" };
    },
  }),
];

/**
 * The member whose recovery code signed. An unknown address costs the same work and gets the same answer.
 * @throws ServerError `bad-signature`
 */
async function holderOf(
  reader: Reader,
  typed: Address,
  signed: string,
  statement: Statement,
): Promise<{ readonly member: Member; readonly wraps: readonly KeyWrap[] }> {
  const member = await reader.memberByAddress(typed);
  const wraps = (await reader.wrapsOf(member?.id ?? "")).filter((wrap) => wrap.kind === "recovery-code");
  const key = wraps.find((wrap) => wrap.signIn !== null)?.signIn ?? NOBODY;
  const fits = await verifyEd25519Text(key, signed, statement);
  if (fits && member?.state === "active" && wraps.length > 0) return { member, wraps };
  throw new ServerError({
    code: "bad-signature",
    message: "This address and recovery code do not fit together. Nothing was changed: compare both with your copy.",
  });
}
