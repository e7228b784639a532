import { signRecoveryAct, signRecoveryExport } from "../../client/people/recovery-key.ts";
import { browserPasskeys } from "../keys/browser-passkeys.ts";
import { attempt, byId, markField } from "../keys/page.ts";
import { pageHttp } from "../keys/page-http.ts";

// /recovery-key and /recovery-key/exports/:ref: buttons that sign what they carry, each at most once on a page.

const parts = { http: pageHttp(), passkeys: browserPasskeys, rpId: location.hostname };

for (const step of document.querySelectorAll<HTMLElement>("[data-signs]")) step.hidden = false;

onPress("propose-act", () => {
  const typed = textOf("recovery-recipient").replace(/\s/g, "");
  if (refusedSecret()) return null;
  if (!mark("recovery-recipient", typed === "" ? "Paste the public key" : "")) return null;
  return signRecoveryAct({ ...actOf("propose-act"), recipient: typed }, parts);
});
for (const id of ["confirm-act", "remove-act"]) {
  onPress(id, () => signRecoveryAct({ ...actOf(id), recipient: byId(id).dataset.recipient ?? "" }, parts));
}
onPress("ask-export", () => {
  const reason = textOf("export-reason").trim();
  if (!mark("export-reason", reason === "" ? "Say why it has to be opened" : "")) return null;
  return signRecoveryExport({ ...exportOf("ask-export"), half: "ask", reason }, parts);
});
onPress("agree-export", () => signRecoveryExport({ ...exportOf("agree-export"), half: "agree", reason: "" }, parts));

// As soon as it is there, and not only when something is signed.
document.getElementById("recovery-recipient")?.addEventListener("input", refusedSecret);

/** The secret half must never be here: the field is emptied at once, and nothing of it is kept or sent. */
function refusedSecret(): boolean {
  const field = byId("recovery-recipient") as HTMLTextAreaElement; // the template makes a textarea of it
  if (!/AGE-SECRET-KEY/i.test(field.value.replace(/\s/g, ""))) return false;
  field.value = "";
  mark(
    "recovery-recipient",
    "That was a secret key. It was taken out of this page and sent nowhere, but it has been on this computer, and on its clipboard: make a new key on a computer without a network, and bring only the line that begins with age1pq1.",
  );
  return true;
}

/** The page is loaded again once it is signed: it shows what is so now. */
function onPress(id: string, act: () => Promise<void> | null): void {
  const button = document.getElementById(id);
  button?.addEventListener("click", () => {
    const acting = act();
    if (acting === null) return;
    void attempt(button, byId("keys-status"), async () => {
      await acting;
      return true;
    }).then((done) => {
      if (done !== null) location.reload();
    });
  });
}

function actOf(id: string) {
  const { half, act } = byId(id).dataset;
  return {
    half: half === "confirm" ? "confirm" : "propose",
    act: act === "remove" ? "remove" : act === "replace" ? "replace" : "enrol",
  } as const;
}

function exportOf(id: string) {
  const { reference = "", waybill = "" } = byId(id).dataset;
  return { reference, waybill };
}

function textOf(id: string): string {
  return (byId(id) as HTMLTextAreaElement).value; // the template makes a textarea of it
}

function mark(id: string, message: string): boolean {
  markField(id, message);
  return message === "";
}
