import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

export const homeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/",
    who: "anonymous",
    handle: async (visit) => {
      if (!visit.member) return (visit.reply.redirect("/sign-in", 303), null);
      return render(visit, "home/home.njk", { title: "Home" });
    },
  }),
];
