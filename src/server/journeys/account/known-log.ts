import { formatVerifierKey } from "../../../log/keys.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { spoken } from "./spoken.ts";

/** Which log this browser knows, and the way to forget it: for when the server was set up anew. What is known is in the browser alone. */
export const knownLogRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/account/known-log",
    who: "member",
    handle: async (visit) => {
      const language = await spoken(visit, "/account/known-log");
      return render(visit, "account/known-log.njk", {
        ...language,
        title: language.a.log.title,
        key: formatVerifierKey(visit.parts.log.keeper.key),
        scripts: ["entries/account.js"],
      });
    },
  }),
];
