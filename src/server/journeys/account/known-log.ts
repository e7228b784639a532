import { formatVerifierKey } from "../../../log/keys.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** Which log this browser knows, and the way to forget it: for when the server was set up anew. What is known is in the browser alone. */
export const knownLogRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/account/known-log",
    who: "member",
    handle: async (visit) =>
      render(visit, "account/known-log.njk", {
        title: "The log that this browser knows",
        key: formatVerifierKey(visit.parts.log.keeper.key),
        scripts: ["entries/account.js"],
      }),
  }),
];
