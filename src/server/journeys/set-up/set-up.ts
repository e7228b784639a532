import { Type } from "typebox";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { enterCode, refuseWhenSetUp } from "./set-up-code.ts";

const TITLE = "Set up Waybill";

/** The first page of set-up: the one-time code from the console. */
export const setUpRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/set-up",
    who: "anyone",
    handle: async (visit) => {
      refuseWhenSetUp(visit);
      return render(visit, "set-up/set-up.njk", { title: TITLE });
    },
  }),
  row({
    method: "POST",
    path: "/set-up",
    who: "anyone",
    body: Type.Object({ code: Type.String({ maxLength: 100 }) }),
    rates: [{ times: 10, seconds: 600, by: "address" }],
    handle: async (visit, body) => {
      refuseWhenSetUp(visit);
      if (await enterCode(visit, body.code)) return redirect(visit, "/set-up/organisation");
      const errors = { code: "That is not the set-up code. Look at the newest lines that the server printed." };
      return render(visit, "set-up/set-up.njk", { title: TITLE, errors, code: body.code }, 422);
    },
  }),
];
