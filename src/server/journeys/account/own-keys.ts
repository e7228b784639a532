import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { spoken } from "./spoken.ts";

/** SIS-23: the keys in one's name, as one's own browser finds and judges them in the log; the page knows none of it. */
export const ownKeysRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/account/keys",
    who: "member",
    handle: async (visit) => {
      const language = await spoken(visit, "/account/keys");
      return render(visit, "account/own-keys.njk", { ...language, title: language.a.keys.title });
    },
  }),
];
