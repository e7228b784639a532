import { Type } from "typebox";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { now, retireKey } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { dateTimeIn } from "../../texts/dates.ts";
import { spoken } from "./spoken.ts";

/** Command lines with keys of their own: list, remove, and the page that enrols one. */
export const deviceRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/account/devices",
    who: "member",
    handle: async (visit) => {
      const keys = await visit.parts.records.read.keysOf(visit.member.id);
      const language = await spoken(visit, "/account/devices");
      const texts = language.a.devices;
      const devices = keys
        .filter(({ kind }) => kind === "device")
        .map(({ id, name, createdAt }) => {
          return { id, name, enrolled: texts.enrolled(dateTimeIn(language.language, createdAt)) };
        });
      const context = { ...language, title: texts.title, lead: texts.lead(language.sends), devices };
      return render(visit, "account/devices.njk", context);
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
      const language = await spoken(visit, "/enrol-device");
      const { enrol, compare } = language.a.devices;
      const context = { ...language, title: enrol, compare: compare(language.sends), scripts };
      return render(visit, "account/enrol-device.njk", context);
    },
  }),
];
