import { Type } from "typebox";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { now, retireKey } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";

/** Command lines with keys of their own: list, remove, and the page that enrols one. */
export const deviceRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/account/devices",
    who: "member",
    handle: async (visit) => {
      const keys = await visit.parts.records.read.keysOf(visit.member.id);
      const devices = keys.filter(({ kind }) => kind === "device");
      return render(visit, "account/devices.njk", { title: "Command lines", devices });
    },
  }),
  row({
    method: "POST",
    path: "/account/devices/remove",
    who: "member",
    body: Type.Object({ keyId: Type.String({ maxLength: 64 }) }),
    handle: async (visit, { keyId }) => {
      const { parts, member } = visit;
      await parts.records.write(async (tx) => {
        const key = (await tx.keysOf(member.id)).find(({ id, kind }) => id === keyId && kind === "device");
        if (!key) throw new ServerError({ code: "no-such-page", message: "You have no such command line." });
        await retireKey(tx, key, now(parts));
      });
      return redirect(visit, "/account/devices");
    },
  }),
  row({
    method: "GET",
    path: "/enrol-device",
    who: "member",
    handle: async (visit) => {
      const scripts = ["entries/account.js"];
      return render(visit, "account/enrol-device.njk", { title: "Enrol a command line", scripts });
    },
  }),
];
