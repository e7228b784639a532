import { fetchView } from "../../client/receiving/reception.ts";
import { attempt, byId, inputById, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { arrivalHere, arriveHere } from "../open/arrival.ts";

// The page on which arrival is confirmed (arrive.njk): this browser makes its key and signs with it.
const form = document.getElementById("arrive");
if (form instanceof HTMLFormElement) startArrivePage(form);

function startArrivePage(form: HTMLFormElement): void {
  const { id = "", proof = "", next = "/", readerEmpty = "", working = "" } = form.dataset;
  const asksReader = document.getElementById("reader") !== null;
  void unlessArrivedHere(id, next).then(() => {
    form.hidden = false;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reader = asksReader ? inputById("reader").value.trim() : "";
    if (asksReader) markField("reader", reader === "" ? readerEmpty : "");
    if (asksReader && reader === "") return;
    const http = pageHttp();
    void attempt(byId("confirm"), byId("status"), async () => {
      byId("status").textContent = working;
      await arriveHere(http, await fetchView(http, id), proof === "member" ? "member" : "mailbox", reader);
      return true;
    }).then((done) => done && location.assign(next));
  });
}

/** Where arrival was confirmed already: on this device the person goes on to where they are, on another one they are told so. */
async function unlessArrivedHere(id: string, next: string): Promise<void> {
  const elsewhere = document.getElementById("elsewhere");
  if (elsewhere === null) return;
  const here = await fetchView(pageHttp(), id)
    .then(arrivalHere)
    .catch(() => null); // what is wrong shows when they confirm
  if (here !== null) location.replace(next);
  else elsewhere.hidden = false;
}
