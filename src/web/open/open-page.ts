import type { Http } from "../../client/http.ts";
import { signWithArrival } from "../../client/receiving/arrival-key.ts";
import { fetchView } from "../../client/receiving/reception.ts";
import type { ReceivingView } from "../../domain/wire/receiving.ts";
import type { GrantKey } from "../../seal/grants.ts";
import { pageHttp } from "../keys/page-http.ts";
import { unlockMemberKeys } from "../keys/unlock.ts";
import { sizeText } from "../page/amounts.ts";
import { find, reachOfPage, showPart, showProblem } from "../page/elements.ts";
import { readTexts, type Texts } from "../page/texts.ts";
import { mostToSave } from "../saving/ways.ts";
import type { OpenedView } from "../workers/calls/open-calls.ts";
import { arrivalHere, openAsMember, type Proof } from "./arrival.ts";
import { keepToken } from "./kept-token.ts";
import { offerToken } from "./offer-token.ts";
import { OpenWorker } from "./open-worker.ts";
import { OPENED_TEXTS, OpenedFiles } from "./opened-view.ts";
import { ReceiptPart, type Receiver } from "./receipt-part.ts";
import { TROUBLE_TEXTS, wordsForTrouble } from "./trouble-words.ts";
import { WORDS_TEXTS, WordsInput } from "./words-input.ts";

const TEXTS = [...WORDS_TEXTS, ...OPENED_TEXTS, ...TROUBLE_TEXTS, "tooLarge"] as const;

/**
 * The page on which a recipient opens, saves and confirms: `src/server/journeys/receive/open.njk`, whose first comment says
 * what the server gives it. `root` carries `data-id`, `data-proof` (mailbox or member) and `data-done` (where to go after
 * the receipt).
 */
export async function startOpenPage(root: HTMLElement): Promise<void> {
  const texts = readTexts(TEXTS);
  const words = (error: unknown) => wordsForTrouble(error, texts);
  root.hidden = false;
  try {
    const http = pageHttp();
    const view = await fetchView(http, root.dataset.id ?? "");
    const worker = new OpenWorker();
    await warnOfSize(root, view, texts, worker);
    const page = new OpenPage(root, { http, view, texts, words, worker });
    page.start(root.dataset.proof === "member" ? "member" : "mailbox");
  } catch (error) {
    showProblem(root, words(error));
  }
}

/** Said before the words are asked: nobody should find out after a telephone call. */
async function warnOfSize(
  root: HTMLElement,
  view: ReceivingView,
  texts: Texts<(typeof TEXTS)[number]>,
  worker: OpenWorker,
): Promise<void> {
  const most = await mostToSave(view.bodySize, (wanted) => worker.room(wanted));
  if (view.bodySize <= most) return;
  const notice = find(root, "[data-too-large]", HTMLElement);
  find(notice, "[data-too-large-text]", HTMLElement).textContent = texts("tooLarge", {
    size: sizeText(view.bodySize),
    limit: sizeText(most),
  });
  const command = find(notice, "[data-command]", HTMLElement).textContent ?? "";
  find(notice, "[data-act=copy-command]", HTMLButtonElement).addEventListener("click", () => {
    void navigator.clipboard?.writeText(command);
  });
  notice.hidden = false;
}

class OpenPage {
  readonly #root: HTMLElement;
  readonly #http: Http;
  readonly #view: ReceivingView;
  readonly #texts: Texts<(typeof TEXTS)[number]>;
  readonly #words: (error: unknown) => string;
  readonly #worker: OpenWorker;

  constructor(
    root: HTMLElement,
    parts: {
      http: Http;
      view: ReceivingView;
      texts: Texts<(typeof TEXTS)[number]>;
      words: (error: unknown) => string;
      worker: OpenWorker;
    },
  ) {
    this.#root = root;
    this.#worker = parts.worker;
    this.#http = parts.http;
    this.#view = parts.view;
    this.#texts = parts.texts;
    this.#words = parts.words;
  }

  start(proof: Proof): void {
    if (proof === "member") this.#offerMember();
    else this.#offerWords();
  }

  #offerWords(): void {
    const input = new WordsInput(this.#root, this.#texts);
    find(this.#root, "form[data-words-form]", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const read = input.read();
      if ("problem" in read) {
        showProblem(this.#root, read.problem);
        return;
      }
      void this.#open("words", async () => {
        const arrival = await arrivalHere(this.#view);
        const { address } = this.#view.recipient;
        const receiver: Receiver = { address, sign: arrival && signWithArrival(arrival.key) };
        return { key: { secret: read.secret }, receiver, signedDigest: arrival?.digest ?? null };
      }).then((opened) => {
        if (!opened) input.focus();
      });
    });
    showPart(this.#root, "words");
  }

  #offerMember(): void {
    find(this.#root, "[data-act=open-member]", HTMLButtonElement).addEventListener("click", () => {
      void this.#open("member", async () => {
        const { origin: base, token } = reachOfPage();
        const unlock = () => unlockMemberKeys({ base, token });
        const { address, identities, sign } = await openAsMember(this.#http, this.#view, unlock);
        return { key: { identities }, receiver: { address, sign }, signedDigest: this.#view.waybillDigest };
      });
    });
    showPart(this.#root, "member");
  }

  /** @returns whether it opened. */
  async #open(
    from: "words" | "member",
    prepare: () => Promise<{ key: GrantKey; receiver: Receiver; signedDigest: string | null }>,
  ): Promise<boolean> {
    showProblem(this.#root, "");
    showPart(this.#root, "opening");
    try {
      const { key, receiver, signedDigest } = await prepare();
      const view = await fetchView(this.#http, this.#view.id);
      const call = { reach: reachOfPage(), view, key, address: receiver.address, signedDigest };
      const opened = await this.#worker.open(call);
      if (from === "words") keepToken(opened.id, opened.token);
      find(document, "[data-recovery]", HTMLElement).hidden = opened.waybill.recovery === null;
      showPart(this.#root, "opened");
      offerToken(this.#root, opened);
      const receipt = this.#receiptPart(opened, receiver, view);
      const parts = { texts: this.#texts, worker: this.#worker, words: this.#words, receipt };
      await new OpenedFiles(this.#root, parts, opened).show();
      return true;
    } catch (error) {
      showPart(this.#root, from);
      showProblem(this.#root, this.#words(error));
      return false;
    }
  }

  #receiptPart(opened: OpenedView, receiver: Receiver, { state, mustVerify }: ReceivingView): ReceiptPart {
    const parts = {
      http: this.#http,
      receiver,
      confirmed: state === "received",
      mustVerify,
      done: () => location.assign(this.#root.dataset.done ?? "/"),
      failed: (error: unknown) => showProblem(this.#root, this.#words(error)),
    };
    return new ReceiptPart(this.#root, parts, opened);
  }
}
