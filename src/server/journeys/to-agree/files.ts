import { shownFiles } from "../../approvals/shown-files.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { en } from "../../texts/receiving/en.ts";

/** The files, for somebody who is asked to agree and whom the sender lets see them first. Their browser opens them. */
export const filesToAgreeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/to-agree/:id/files",
    who: "approver",
    handle: async (visit) => {
      const { parts, member, asked, sender } = visit;
      const shown = await shownFiles(parts.records.read, asked.id, member, parts.clock.now().toISOString());
      if (!shown) return redirect(visit, `/to-agree/${asked.id}`);
      return render(visit, "to-agree/files.njk", {
        title: "The files, before you answer",
        path: "/to-agree",
        ...{ asked, sender, t: en },
        scripts: ["entries/files-to-agree.js"],
      });
    },
  }),
];
