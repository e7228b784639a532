import type {} from "@fastify/cookie";
import Type from "typebox";
import { redirect } from "../server/gate/redirect.ts";
import { type AnonymousVisit, type Row, row } from "../server/gate/row.ts";
import { cookieName, cookieOptions } from "../server/gate/session.ts";
import { render } from "../server/render.ts";
import type { DemoPasskeys } from "./passkeys.ts";
import { DEMO_OUTSIDER, DEMO_PEOPLE } from "./people.ts";
import type { SoftwareCredential } from "./software-passkey.ts";

const COOKIE = "waybill-demo-person";

/** Which demo this browser was at last. */
const DEMO_COOKIE = "waybill-demo-of";

/**
 * A browser that was at another demo at this address has pinned its log and its people's keys, and would take this one for a liar: what it
 * kept of the other is cleared. Only the demo does so.
 */
function forgetOtherDemo({ request, reply, parts }: AnonymousVisit): void {
  const name = cookieName(parts, DEMO_COOKIE);
  const own = String(parts.log.keeper.key.id);
  if (request.cookies[name] === own) return;
  reply.header("clear-site-data", '"storage"').setCookie(name, own, cookieOptions(parts));
}

const credential = Type.Object({
  id: Type.String(),
  rpId: Type.String(),
  userHandle: Type.String(),
  privateKey: Type.String(),
  prfSecret: Type.String(),
  counter: Type.Integer(),
});

/** The demo's start page, and the authenticator that its page shim asks. `shim` is the bundled script. */
export function peopleRows(passkeys: DemoPasskeys, shim: Uint8Array): readonly Row[] {
  return [
    row({
      method: "GET",
      path: "/demo",
      who: "anonymous",
      handle: async (visit) => {
        forgetOtherDemo(visit);
        const left = DEMO_PEOPLE.find(({ address }) => address === visit.query.left) ?? null;
        return render(visit, "demo.njk", { title: "Demo", people: DEMO_PEOPLE, outsider: DEMO_OUTSIDER, left });
      },
    }),
    row({
      method: "POST",
      path: "/demo/enter",
      who: "anonymous",
      body: Type.Object({ address: Type.String() }),
      handle: async (visit, { address }) => {
        const known = DEMO_PEOPLE.find((person) => person.address === address);
        const member = known && (await visit.parts.records.read.memberByAddress(known.address));
        if (member?.state === "deactivated") return redirect(visit, `/demo?left=${encodeURIComponent(address)}`);
        visit.reply.setCookie(cookieName(visit.parts, COOKIE), address, cookieOptions(visit.parts));
        visit.reply.clearCookie(cookieName(visit.parts, "waybill"), cookieOptions(visit.parts));
        return redirect(visit, "/sign-in");
      },
    }),
    row({
      method: "GET",
      path: "/demo/passkeys",
      who: "anonymous",
      handle: async ({ request, parts }): Promise<readonly SoftwareCredential[]> =>
        passkeys.of(request.cookies[cookieName(parts, COOKIE)] ?? ""),
    }),
    row({
      method: "POST",
      path: "/demo/passkeys",
      who: "anonymous",
      body: Type.Object({ credentials: Type.Array(credential, { maxItems: 50 }) }),
      handle: async ({ request, parts }, { credentials }) => {
        passkeys.save(request.cookies[cookieName(parts, COOKIE)] ?? "", credentials);
        return { saved: credentials.length };
      },
    }),
    row({
      method: "GET",
      path: "/demo/play-passkeys.js",
      who: "anyone",
      handle: async ({ reply }) => {
        await reply.type("text/javascript; charset=utf-8").send(Buffer.from(shim));
        return null;
      },
    }),
  ];
}
