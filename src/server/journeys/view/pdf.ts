import { type Row, row } from "../../gate/row.ts";
import { PDF_FRAME_PATH, pdfFramePolicy } from "../../policy-headers.ts";
import { assetOf, render } from "../../render.ts";
import { pdfTextsIn } from "../../texts/view/pdf.ts";

const STYLES = ["styles/govuk.css", "styles/waybill.css"];

/** The empty frame in which a page draws a PDF that it opened; the PDF itself never comes here. */
export const pdfRows: readonly Row[] = [
  row({
    method: "GET",
    path: PDF_FRAME_PATH,
    who: "anyone",
    handle: async (visit) => {
      const { parts, reply, query } = visit;
      const language = query.lang === "cy" ? "cy" : "en";
      const script = assetOf(parts.assets, "frames/pdf.js");
      const styles = STYLES.map((name) => assetOf(parts.assets, name));
      reply
        .header(
          "content-security-policy",
          pdfFramePolicy(
            parts.place,
            script.path,
            styles.map(({ path }) => path),
          ),
        )
        .header("x-frame-options", "SAMEORIGIN");
      const t = pdfTextsIn(language);
      return render(visit, "view/pdf.njk", { title: t.title, language, t, script, styles });
    },
  }),
];
