import { toBase64 } from "../../bytes/base64.ts";
import { ClientError } from "../../client/error.ts";
import { attempt, byId, inputById, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";

// /agreements/:id/edit: adds a signed document. It is read here and sent as it is.
const root = document.getElementById("add-document");
if (root) {
  root.hidden = false;
  byId("add-document-button").addEventListener("click", () => {
    const file = inputById("document-file").files?.[0];
    const title = inputById("document-title").value.trim();
    markField("document-file", file ? "" : "Choose the document");
    markField("document-title", title === "" ? "Say what the document is" : "");
    if (!file || title === "") return;
    void attempt(byId("add-document-button"), byId("add-document-status"), () => add(root, title, file), SAYING).then(
      (added) => {
        if (added !== null) location.reload(); // the page says what is there now
      },
    );
  });
}

const SAYING = {
  working: "Adding the document.",
  trouble: (error: unknown) =>
    error instanceof ClientError
      ? error.message
      : "The document could not be read. Nothing was stored: choose it again.",
};

async function add({ dataset }: HTMLElement, title: string, file: File): Promise<true> {
  const most = Number(dataset.most);
  if (file.size > most) {
    const message = "This is larger than 5 MB. Nothing was stored: save it smaller, or say where it is kept.";
    throw new ClientError({ code: "no-access", message });
  }
  const content = toBase64(new Uint8Array(await file.arrayBuffer()));
  await pageHttp().tell("POST", `/api/agreements/${dataset.id}/documents`, { title, content });
  return true;
}
