import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ServerError } from "../../error.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** Documents that ship with Waybill, to be finished by the organisation: Markdown in `docs/`. */
const DOCUMENTS = [
  {
    name: "dpia-template",
    title: "Data protection impact assessment",
    says: "Filled in with what Waybill does; the questions that are yours are marked.",
  },
  {
    name: "processing-record",
    title: "Entry for the record of processing (UK GDPR Article 30)",
    says: "What is processed, about whom, who gets it, for how long, and how it is protected.",
  },
] as const;

export const documentRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/governance/documents",
    who: "keeper",
    handle: async (visit) => render(visit, "governance/documents.njk", { title: "Documents", documents: DOCUMENTS }),
  }),
  row({
    method: "GET",
    path: "/governance/documents/:name",
    who: "keeper",
    handle: async (visit) => {
      const found = DOCUMENTS.find(({ name }) => name === visit.params.name);
      if (!found)
        throw new ServerError({ code: "no-such-page", message: "There is no such document. Look under Documents." });
      const file = fileURLToPath(new URL(`../../../../docs/${found.name}.md`, import.meta.url));
      await visit.reply
        .type("text/markdown; charset=utf-8")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="${found.name}.md"`)
        .send(await readFile(file, "utf8"));
      return null;
    },
  }),
];
