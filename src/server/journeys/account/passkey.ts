import { Type } from "typebox";
import type { Credential } from "../../../domain/member.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { dateTimeIn } from "../../texts/dates.ts";
import { opens } from "./account.ts";
import { spoken } from "./spoken.ts";

const SCRIPTS = ["entries/account.js"];

/** One passkey of the member: its name, finishing it, removing it when it is lost; and the pages that add and renew. */
export const passkeyRows: readonly Row[] = [
  row({ method: "GET", path: "/account/passkey", who: "member", handle: (visit) => passkeyPage(visit) }),
  row({
    method: "POST",
    path: "/account/passkey",
    who: "member",
    body: Type.Object({ id: Type.String({ maxLength: 1400 }), name: Type.String({ maxLength: 1000 }) }),
    handle: async (visit, { id, name }) => {
      const { parts, member } = visit;
      const passkey = await ownPasskey(visit, id);
      const typed = name.trim();
      if (typed === "" || typed.length > 80) {
        return passkeyPage(visit, typed, passkey);
      }
      await parts.records.write(async (tx) => {
        const current = (await tx.credentialsOf(member.id)).find((each) => each.id === id);
        if (current) await tx.saveCredential({ ...current, name: typed });
        await tx.append(ofMember("passkey-changed", member.id, now(parts), { credentialId: id }));
      });
      return redirect(visit, "/account");
    },
  }),
  row({
    method: "GET",
    path: "/account/add-passkey",
    who: "member",
    handle: async (visit) => {
      const language = await spoken(visit, "/account/add-passkey");
      const context = { ...language, title: language.a.addPasskey.title, scripts: SCRIPTS };
      return render(visit, "account/add-passkey.njk", context);
    },
  }),
  row({
    method: "GET",
    path: "/account/recovery",
    who: "member",
    handle: async (visit) => {
      const language = await spoken(visit, "/account/recovery");
      const context = { ...language, title: language.a.newCode.title, scripts: SCRIPTS };
      return render(visit, "account/new-recovery.njk", context);
    },
  }),
];

/** @param wrong a name that was typed and cannot be taken */
async function passkeyPage(visit: MemberVisit, wrong?: string, known?: Credential): Promise<string> {
  const { read } = visit.parts.records;
  const passkey = known ?? (await ownPasskey(visit, visit.query.id ?? ""));
  const all = await read.credentialsOf(visit.member.id);
  const state = opens(passkey, await read.keysOf(visit.member.id), await read.wrapsOf(visit.member.id));
  const language = await spoken(visit, `/account/passkey?id=${encodeURIComponent(passkey.id)}`);
  const texts = language.a.passkey;
  const context = {
    ...language,
    title: passkey.name,
    passkey: { id: passkey.id, name: passkey.name },
    made: texts.made(dateTimeIn(language.language, passkey.createdAt)),
    name: wrong ?? passkey.name,
    ...(wrong === undefined ? {} : { errors: { name: texts.nameWrong } }),
    state,
    others: all.length - 1,
    scripts: SCRIPTS,
  };
  return render(visit, "account/passkey.njk", context, wrong === undefined ? 200 : 422);
}

async function ownPasskey(visit: MemberVisit, id: string): Promise<Credential> {
  const found = (await visit.parts.records.read.credentialsOf(visit.member.id)).find((each) => each.id === id);
  if (found) return found;
  throw new ServerError({ code: "no-such-page", message: "You have no such passkey. It may have been removed." });
}
