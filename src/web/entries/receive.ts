import { fetchView } from "../../client/receiving/reception.ts";
import { attempt, byId, inputById, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";
import { arriveHere } from "../open/arrival.ts";

// The page on which arrival is confirmed (arrive.njk): this browser makes its key and signs with it.
const form = document.getElementById("arrive");
if (form instanceof HTMLFormElement) startArrivePage(form);

function startArrivePage(form: HTMLFormElement): void {
  const { id = "", proof = "", next = "/", readerEmpty = "", working = "" } = form.dataset;
  const asksReader = document.getElementById("reader") !== null;
  form.hidden = false;
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
