import { openToAgree } from "../../client/agreeing/open-to-agree.ts";
import { Http } from "../../client/http.ts";
import { Meter } from "../../client/progress.ts";
import { reportProblem, tellOpened } from "../../client/receiving/acts.ts";
import { Items } from "../../client/receiving/items.ts";
import { type OpenedTransfer, openTransfer } from "../../client/receiving/reception.ts";
import { platformCipher } from "../../seal/webcrypto-cipher.ts";
import { browserPace } from "./calls/browser-pace.ts";
import type { OpenCall, OpenNews } from "./calls/open-calls.ts";
import { troubleOf } from "./calls/trouble.ts";
import { clearPrivateCopies, roomForCopy } from "./saving/private-copy.ts";
import { saveItems } from "./saving/save-items.ts";

// Opens one transfer for its page and saves from it. The transfer key never leaves this worker. See calls/open-calls.ts.

const REPORT_EVERY_MS = 200;
/** What the sender reads of it, in English like the rest of their page. */
const NOT_OPENED = { kind: "damaged", detail: "It did not verify when it was opened in their browser." } as const;
const NOT_READ = { kind: "damaged", detail: "A file did not verify when their browser fetched it." } as const;

type Open = Extract<OpenCall, { kind: "open" }>;
type OpenFirst = Extract<OpenCall, { kind: "open-to-agree" }>;
type Save = Extract<OpenCall, { kind: "save" }>;

/** With a receipt token where a recipient opened it. */
type Opened = Omit<OpenedTransfer, "token" | "handling"> & Partial<Pick<OpenedTransfer, "token">>;

let http: Http | null = null;
let transfer: Opened | null = null;
let items: Items | null = null;
let stop = new AbortController();

// What earlier visits left is deleted first; a browser without a private file system has left nothing.
const cleared = clearPrivateCopies().catch(() => undefined);

addEventListener("message", ({ data }: MessageEvent<OpenCall>) => {
  switch (data.kind) {
    case "open":
      open(data).catch((error: unknown) => tell({ kind: "not-opened", trouble: troubleOf(error) }));
      return;
    case "open-to-agree":
      openBeforeAgreeing(data).catch((error: unknown) => tell({ kind: "not-opened", trouble: troubleOf(error) }));
      return;
    case "save":
      save(data).catch(async (error: unknown) => {
        const trouble = troubleOf(error);
        if (trouble.code === "damaged") await report();
        tell({ kind: "not-saved", trouble });
      });
      return;
    case "room":
      void cleared.then(() => roomForCopy(data.wanted)).then((most) => tell({ kind: "room", most }));
      return;
    case "stop":
      stop.abort();
  }
});

async function open({ reach, view, key, address, signedDigest }: Open): Promise<void> {
  const { origin, token } = reach;
  http = new Http({ origin, fetch, headers: () => ({ "x-waybill-token": token }) });
  try {
    const opened = await openTransfer(http, view, key, address, signedDigest);
    transfer = opened;
    items = await itemsOf(http, opened);
    await tellOpened(http, opened);
    tellWhatIsIn(opened);
  } catch (error) {
    if (troubleOf(error).code === "damaged") await reportProblem(http, view.id, NOT_OPENED).catch(() => undefined);
    throw error;
  }
}

async function openBeforeAgreeing({ reach, asked, identities }: OpenFirst): Promise<void> {
  const { origin, token } = reach;
  http = new Http({ origin, fetch, headers: () => ({ "x-waybill-token": token }) });
  transfer = await openToAgree(http, asked, identities);
  items = await itemsOf(http, transfer);
  tellWhatIsIn(transfer);
}

function tellWhatIsIn({ id, waybill, manifest, token = "" }: Opened): void {
  tell({ kind: "opened", opened: { id, waybill, token, items: manifest.items, subject: manifest.subject ?? "" } });
}

async function save({ what, where }: Save): Promise<void> {
  if (transfer === null || items === null) throw new Error("Nothing is opened yet.");
  await cleared;
  stop = new AbortController();
  const list = transfer.manifest.items;
  const total = what === "all" ? list.reduce((sum, { length }) => sum + length, 0) : (list[what]?.length ?? 0);
  const meter = new Meter(total, () => performance.now());
  let reported = 0;
  const passed = (bytes: number) => {
    const now = performance.now();
    if (now - reported < REPORT_EVERY_MS && bytes < total) return;
    reported = now;
    tell({ kind: "progress", progress: meter.at(bytes) });
  };
  tell({ kind: "saved", content: await saveItems({ items, list }, what, where, passed, stop.signal) });
}

async function itemsOf(reach: Http, opened: Opened): Promise<Items> {
  return new Items({ http: reach, cipher: await platformCipher(), patience: browserPace }, opened);
}

/**
 * Tells the sender that content did not verify. When even that fails, the person is told all the same. Whatever is read from
 * then on is fetched anew.
 */
async function report(): Promise<void> {
  if (http === null || transfer === null) return;
  items = await itemsOf(http, transfer);
  if (transfer.token === undefined) return; // an approver tells nobody by this: they say so in their answer
  await reportProblem(http, transfer.id, NOT_READ).catch(() => undefined);
}

function tell(news: OpenNews): void {
  postMessage(news);
}
