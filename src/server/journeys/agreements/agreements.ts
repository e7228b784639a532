import { METHOD_NAMES } from "../../../domain/method-names.ts";
import type { SharingAgreement } from "../../../domain/sharing-agreement.ts";
import { type Row, row } from "../../gate/row.ts";
import { now } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { documentsOf } from "./documents.ts";
import { keepsRegister } from "./keeper.ts";

/** SDT-5: the register of data sharing agreements and contracts: with whom, until when, by which methods. */
export const agreementsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/agreements",
    who: "colleague",
    handle: async (visit) => {
      const today = now(visit.parts).slice(0, 10);
      const all = (await visit.parts.records.read.agreements()).toSorted((a, b) => (a.expires < b.expires ? -1 : 1));
      return render(visit, "agreements/agreements.njk", {
        title: "Agreements",
        agreements: await Promise.all(
          all.map(async (each) => ({
            ...each,
            state: stateOf(each, today),
            by: each.methods.map((method) => METHOD_NAMES[method].toLowerCase()),
            files: await documentsOf(visit.parts.records.read, each.id),
          })),
        ),
        keeps: keepsRegister(visit.member),
      });
    },
  }),
];

/** @param today YYYY-MM-DD */
export function stateOf(
  { endedAt, expires }: SharingAgreement,
  today: string,
): "ended" | "expired" | "soon" | "current" {
  if (endedAt !== null) return "ended";
  if (expires < today) return "expired";
  const soon = new Date(Date.parse(`${today}T00:00:00Z`) + 30 * 86_400_000).toISOString().slice(0, 10);
  return expires <= soon ? "soon" : "current";
}
