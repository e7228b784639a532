import { Type } from "typebox";
import { DomainError } from "../../../domain/error.ts";
import { isUnconfirmed } from "../../../domain/lifecycle/key-offer.ts";
import type { Credential, KeyWrap, PublicKey } from "../../../domain/member.ts";
import { parsePhone } from "../../../domain/phone.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { cookieName, cookieOptions, endSessions } from "../../gate/session.ts";
import { fingerprintFor } from "../../key-offers/fingerprint.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { activeRecoveryLine } from "../../recovery-key/lines.ts";
import { render } from "../../render.ts";
import { dateIn } from "../../texts/dates.ts";
import { isOffered } from "./remove-key.ts";
import { type Spoken, spoken } from "./spoken.ts";

/** The member's own account: how they sign in, what opens their packages, and where they are signed in. */
export const accountRows: readonly Row[] = [
  row({ method: "GET", path: "/account", who: "member", handle: (visit) => accountPage(visit) }),
  row({
    method: "POST",
    path: "/account/phone",
    who: "member",
    body: Type.Object({ phone: Type.String({ maxLength: 100 }) }),
    handle: async (visit, body) => {
      const { parts, member } = visit;
      const typed = body.phone.trim();
      let phone = "";
      try {
        phone = typed === "" ? "" : parsePhone(typed);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return accountPage(visit, { errors: { phone: error.message }, phone: typed }, 422);
      }
      await parts.records.write(async (tx) => {
        const current = await tx.member(member.id);
        if (current) await tx.saveMember({ ...current, phone });
        await tx.append(ofMember("member-changed", member.id, now(parts), { memberId: member.id, what: "phone" }));
      });
      return redirect(visit, "/account");
    },
  }),
  row({
    method: "POST",
    path: "/account/sign-out-everywhere",
    who: "member",
    handle: async (visit) => {
      const { parts, member } = visit;
      await parts.records.write((tx) => tx.append(ofMember("signed-out-everywhere", member.id, now(parts))));
      await endSessions(parts, member.id);
      visit.reply.clearCookie(cookieName(parts, "waybill"), cookieOptions(parts));
      return redirect(visit, "/sign-in");
    },
  }),
];

async function accountPage(visit: MemberVisit, more: object = {}, status = 200): Promise<string> {
  const { read } = visit.parts.records;
  const { member } = visit;
  const [passkeys, keys, wraps] = [
    await read.credentialsOf(member.id),
    await read.keysOf(member.id),
    await read.wrapsOf(member.id),
  ];
  const language = await spoken(visit, "/account");
  const texts = language.a.account;
  const date = (iso: string) => dateIn(language.language, iso);
  const codeMadeAt = wraps.findLast(({ kind }) => kind === "recovery-code")?.createdAt;
  const devices = keys.filter(({ kind }) => kind === "device").length;
  const context = {
    ...language,
    title: texts.title,
    phone: member.phone,
    passkeys: passkeys.map((passkey) => ({
      id: passkey.id,
      name: passkey.name,
      made: texts.made(date(passkey.createdAt)),
      opens: opens(passkey, keys, wraps),
    })),
    devices,
    deviceCount: texts.deviceCount(devices, language.sends),
    codeMade: codeMadeAt ? texts.codeMade(date(codeMadeAt)) : "",
    mayRemoveKey: isOffered(member),
    recovery: await recoveryText(visit, language),
    // What they read out to the sender who rings them.
    compare: isUnconfirmed(member) ? await fingerprintFor(read, member.id) : null,
    ...more,
  };
  return render(visit, "account/account.njk", context, status);
}

/** What is said of the organisation's recovery key; null where it has none. Who enrolled it is for colleagues. */
async function recoveryText(
  { parts, organisation }: MemberVisit,
  { a, language, sends }: Spoken,
): Promise<string | null> {
  const line = await activeRecoveryLine(parts.records.read);
  if (!line) return null;
  const by = sends ? line.enrolledBy.join(" and ") : "";
  const number = a.account.recoveryNumber(line.number, dateIn(language, line.enrolledAt), by);
  return `${a.account.recovery(organisation)} ${number}`;
}

/** What a passkey does beside signing in: opens packages, needs the passphrase for it, or waits for the key. */
export function opens(
  passkey: Credential,
  keys: readonly PublicKey[],
  wraps: readonly KeyWrap[],
): "opens" | "passphrase" | "unfinished" {
  const current = keys.find(({ kind }) => kind === "main");
  if (wraps.some((wrap) => wrap.credentialId === passkey.id && wrap.keyId === current?.id)) return "opens";
  if (!passkey.prf && wraps.some((wrap) => wrap.kind === "passphrase" && wrap.keyId === current?.id))
    return "passphrase";
  return "unfinished";
}
