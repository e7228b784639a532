import { Type } from "typebox";
import { sha256Hex } from "../../../bytes/digest.ts";
import { utf8 } from "../../../bytes/text.ts";
import { parseAddress } from "../../../domain/address.ts";
import { zipPack } from "../../../evidence/pack.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { exportSubject } from "../../governance/subject-export.ts";
import { subjectPage } from "../../governance/subject-page.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";

/** Everything held about an address, for a request for access: exported by the privacy team and administrators, and on the record each time. */
export const accessRequestRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/governance/access-requests",
    who: "keeper",
    handle: async (visit) => page(visit, "", {}),
  }),
  row({
    method: "POST",
    path: "/governance/access-requests",
    who: "keeper",
    body: Type.Object({ address: Type.Optional(Type.String({ maxLength: 300 })) }),
    rates: [{ times: 60, seconds: 3600, by: "caller" }],
    handle: async (visit, { address: typed = "" }) => {
      const { parts, member, organisation } = visit;
      const address = addressIn(typed);
      if (address === null) return page(visit, typed, { address: "Enter an email address" });
      const at = now(parts);
      const zip = await parts.records.write(async (tx) => {
        const found = await exportSubject(tx, address, { organisation: organisation.name, at });
        const json = utf8(`${JSON.stringify(found, null, 2)}\n`);
        const detail = { address, export: await sha256Hex(json) };
        await tx.append(ofMember("subject-exported", member.id, at, detail));
        return zipPack(
          new Map([
            ["everything.json", json],
            ["everything.html", utf8(subjectPage(found))],
          ]),
        );
      });
      await visit.reply
        .type("application/zip")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="access-request-${at.slice(0, 10)}.zip"`)
        .send(Buffer.from(zip));
      return null;
    },
  }),
];

function addressIn(typed: string): string | null {
  try {
    return parseAddress(typed);
  } catch {
    return null;
  }
}

function page(visit: MemberVisit, address: string, errors: Readonly<Record<string, string>>): string {
  const context = { title: "Access requests", address, errors };
  return render(visit, "governance/access-requests.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
