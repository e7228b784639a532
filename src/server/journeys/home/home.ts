import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

export const homeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/",
    who: "anonymous",
    handle: async (visit) => {
      if (!visit.member) return redirect(visit, "/sign-in");
      return render(visit, "home/home.njk", { title: "Home" });
    },
  }),
];
