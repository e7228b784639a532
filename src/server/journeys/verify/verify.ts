import { formatVerifierKey } from "../../../log/keys.ts";
import { type Row, row } from "../../gate/row.ts";
import { assetOf, render } from "../../render.ts";

const PAGE = "saved/verify.html";

/** Where anybody gets the page that checks evidence packs without us, and its digest (SDT-28). */
export const verifyRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/verify",
    who: "anonymous",
    handle: async (visit) => {
      const { assets, log } = visit.parts;
      const { path } = assetOf(assets, PAGE);
      return render(visit, "verify/verify.njk", {
        title: "Check evidence",
        file: path,
        sha256: assets.files[PAGE]?.sha256 ?? "",
        key: formatVerifierKey(log.keeper.key),
      });
    },
  }),
];
