import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** Information governance: where its pages are, for the privacy team and administrators. */
export const governanceRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/governance",
    who: "keeper",
    handle: async (visit) => {
      const { read } = visit.parts.records;
      const removals = (await read.removals(100)).filter(({ state }) => state === "announced");
      return render(visit, "governance/governance.njk", {
        title: "Information governance",
        holds: (await read.holds()).length,
        said: (await read.keeping()) !== null,
        due: removals.reduce((sum, each) => sum + each.due, 0),
      });
    },
  }),
];
