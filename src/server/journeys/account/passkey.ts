import { Type } from "typebox";
import type { Credential } from "../../../domain/member.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { opens } from "./account.ts";

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
        const errors = { name: "Enter a name for it, in 80 characters or fewer" };
        return passkeyPage(visit, { errors, name: typed }, 422, passkey);
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
    handle: async (visit) => render(visit, "account/add-passkey.njk", { title: "Add a passkey", scripts: SCRIPTS }),
  }),
  row({
    method: "GET",
    path: "/account/recovery",
    who: "member",
    handle: async (visit) =>
      render(visit, "account/new-recovery.njk", { title: "A new recovery code", scripts: SCRIPTS }),
  }),
];

async function passkeyPage(visit: MemberVisit, more: object = {}, status = 200, known?: Credential): Promise<string> {
  const { read } = visit.parts.records;
  const passkey = known ?? (await ownPasskey(visit, visit.query.id ?? ""));
  const all = await read.credentialsOf(visit.member.id);
  const state = opens(passkey, await read.keysOf(visit.member.id), await read.wrapsOf(visit.member.id));
  const context = {
    title: passkey.name,
    passkey,
    name: passkey.name,
    state,
    others: all.length - 1,
    scripts: SCRIPTS,
    ...more,
  };
  return render(visit, "account/passkey.njk", context, status);
}

async function ownPasskey(visit: MemberVisit, id: string): Promise<Credential> {
  const found = (await visit.parts.records.read.credentialsOf(visit.member.id)).find((each) => each.id === id);
  if (found) return found;
  throw new ServerError({ code: "no-such-page", message: "You have no such passkey. It may have been removed." });
}
