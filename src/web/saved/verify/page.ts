import { openNames } from "../../../client/evidence/names.ts";
import { EvidenceError } from "../../../evidence/error.ts";
import { type Said, sayProved } from "../../../evidence/say.ts";
import { verifyPack } from "../../../evidence/verify-pack.ts";
import { LogError } from "../../../log/error.ts";
import { parseVerifierKey, type VerifierKey } from "../../../log/keys.ts";

/** The largest pack that is read into memory. */
const LIMIT = 512 * 1024 * 1024;

/** What somebody has to change in what they gave. */
class FormFault extends Error {}

/** RFC 8032, section 7.1, test 1: nothing was signed, by a key that is known. */
const ED25519_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

void start();

async function start(): Promise<void> {
  const form = element("form", HTMLFormElement);
  const unable = element("unable", HTMLElement);
  const why = await whyUnable();
  if (why !== null) {
    unable.textContent = why;
    unable.hidden = false;
    form.hidden = true;
    return;
  }
  acceptDrops(element("drop", HTMLElement), element("pack", HTMLInputElement));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void answer(check);
  });
}

/** Browsers differ in what they let a page do that was opened from a disk; without these nothing can be checked. */
async function whyUnable(): Promise<string | null> {
  const other = "Open it in a current Chrome, Edge, Firefox or Safari, or use the command line: waybill verify.";
  if (!globalThis.crypto?.subtle) return `This browser does not let a saved page check signatures. ${other}`;
  try {
    const bytes = Uint8Array.from(ED25519_KEY.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    await crypto.subtle.importKey("raw", bytes, { name: "Ed25519" }, false, ["verify"]);
    return null;
  } catch {
    return `This browser cannot check the log’s signatures (Ed25519). ${other}`;
  }
}

interface Checked extends Said {
  readonly reference: string;
  readonly organisation: string;
  readonly names: readonly string[] | null;
}

async function check(): Promise<Checked> {
  const [pack] = element("pack", HTMLInputElement).files ?? [];
  if (pack === undefined) throw new FormFault("Choose the evidence pack.");
  if (pack.size > LIMIT) throw new FormFault("This file is larger than any evidence pack that this page can check.");
  const [logKey, ...more] = linesOf("log-key");
  if (logKey === undefined) throw new FormFault("Paste the key of the log.");
  if (more.length > 0) throw new FormFault("Paste one key of the log, on one line.");
  const log = keyOf(logKey, "note");
  const witnesses = linesOf("witness-keys").map((each) => keyOf(each, "cosignature"));
  const bytes = new Uint8Array(await pack.arrayBuffer());
  const verified = await verifyPack(bytes, { log, witnesses }, linesOf("tokens"), openNames);
  const { reference, organisation } = verified.evidence;
  return { reference, organisation, names: verified.names, ...sayProved(verified) };
}

async function answer(checking: () => Promise<Checked>): Promise<void> {
  const place = element("answer", HTMLElement);
  place.replaceChildren(made("p", "Checking…"));
  try {
    place.replaceChildren(...proved(await checking()));
  } catch (cause) {
    place.replaceChildren(failed(cause));
  }
  place.focus();
}

function proved({ reference, organisation, names, ...said }: Checked): readonly HTMLElement[] {
  const head = made("div", "", "good");
  head.append(
    made("h2", "Nothing was altered"),
    made("p", `This is the evidence of ${reference}, as ${organisation} gave it out.`),
  );
  return [
    head,
    made("h2", "What is proved"),
    listOf(said.proved),
    made("h2", "What is not proved"),
    listOf(said.notProved),
    ...(names === null ? [] : [made("h2", "Names of the files"), listOf(names)]),
  ];
}

/** What is wrong; a fault of the page itself is no answer about the pack. */
function failed(cause: unknown): HTMLElement {
  const box = made("div", "", "bad");
  if (cause instanceof FormFault) box.append(made("h2", "There is a problem"), made("p", cause.message));
  else if (cause instanceof EvidenceError) box.append(made("h2", "This pack proves nothing"), made("p", cause.message));
  else box.append(made("h2", "This could not be checked"), made("p", String(cause)));
  return box;
}

/** @throws FormFault */
function keyOf(text: string, type: VerifierKey["type"]): VerifierKey {
  try {
    const key = parseVerifierKey(text);
    if (key.type === type) return key;
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    throw new FormFault(`This is no key: ${text}. ${cause.message}`);
  }
  throw new FormFault(type === "note" ? `This is the key of a witness: ${text}` : `This is the key of a log: ${text}`);
}

function linesOf(id: string): readonly string[] {
  const lines = element(id, HTMLTextAreaElement).value.split("\n");
  return lines.map((each) => each.trim()).filter((each) => each !== "");
}

function acceptDrops(place: HTMLElement, input: HTMLInputElement): void {
  for (const kind of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(kind, (event) => {
      event.preventDefault(); // a file dropped beside the place is not opened instead of this page
      place.classList.toggle("over", kind === "dragover");
      const files = event.dataTransfer?.files;
      if (kind === "drop" && files && files.length > 0) input.files = files;
    });
  }
}

function listOf(sentences: readonly string[]): HTMLElement {
  const list = made("ul", "");
  list.append(...sentences.map((each) => made("li", each)));
  return list;
}

function made(tag: string, text: string, className = ""): HTMLElement {
  const node = document.createElement(tag);
  node.textContent = text;
  if (className !== "") node.className = className;
  return node;
}

function element<T extends HTMLElement>(id: string, type: abstract new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`The page lacks ${id}.`);
}
