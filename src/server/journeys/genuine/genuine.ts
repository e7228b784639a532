import { Type } from "typebox";
import { DomainError } from "../../../domain/error.ts";
import { parseReference } from "../../../domain/reference.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

const TITLE = "Is this genuine?";

/**
 * For whoever got a notice and doubts it: whether one with that reference was sent from here, and nothing else. Not to whom,
 * by whom, when, or what became of it.
 */
export const genuineRows: readonly Row[] = [
  row({ method: "GET", path: "/genuine", who: "anonymous", handle: async (visit) => page(visit, {}) }),
  row({
    method: "POST",
    path: "/genuine",
    who: "anonymous",
    body: Type.Object({ reference: Type.String({ maxLength: 100 }) }),
    rates: [
      { times: 10, seconds: 600, by: "address" },
      { times: 40, seconds: 86_400, by: "address" },
    ],
    handle: async (visit, body) => {
      const typed = body.reference.trim();
      try {
        const reference = parseReference(typed);
        const transfer = await visit.parts.records.read.transfer(reference);
        return page(visit, { reference, asked: true, sent: Boolean(transfer?.releasedAt) });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return page(visit, { reference: typed, errors: { reference: error.message } }, 422);
      }
    },
  }),
];

function page(visit: AnonymousVisit, context: object, status = 200): string {
  return render(visit, "genuine/genuine.njk", { title: TITLE, ...context }, status);
}
