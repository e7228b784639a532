import type { Progress } from "../../client/progress.ts";
import { startWorker } from "../start-worker.ts";
import type { OpenCall, OpenedView, OpenNews, What, Where } from "../workers/calls/open-calls.ts";
import type { Trouble } from "../workers/calls/trouble.ts";

/** What went wrong in the worker. */
export class OpenTrouble extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.message);
    this.name = "OpenTrouble";
    this.trouble = trouble;
  }
}

/** The open worker as calls that answer. One at a time. */
export class OpenWorker {
  readonly #worker = startWorker("open");

  /** @throws OpenTrouble */
  open(call: Omit<Extract<OpenCall, { kind: "open" }>, "kind">): Promise<OpenedView> {
    return this.#ask({ kind: "open", ...call }, openedIn);
  }

  /** As `open`, by somebody who is asked to agree. @throws OpenTrouble */
  openToAgree(call: Omit<Extract<OpenCall, { kind: "open-to-agree" }>, "kind">): Promise<OpenedView> {
    return this.#ask({ kind: "open-to-agree", ...call }, openedIn);
  }

  /** What must still be handed over or shown, or null when it lies where it was picked. @throws OpenTrouble */
  save(what: What, where: Where, progress: (progress: Progress) => void): Promise<Blob | null> {
    return this.#ask({ kind: "save", what, where }, (news) => {
      if (news.kind === "progress") progress(news.progress);
      if (news.kind === "saved") return { value: news.content };
      if (news.kind === "not-saved") throw new OpenTrouble(news.trouble);
      return null;
    });
  }

  /** How many of so many bytes can be saved in this site's private file system. @throws OpenTrouble */
  room(wanted: number): Promise<number> {
    return this.#ask({ kind: "room", wanted }, (news) => (news.kind === "room" ? { value: news.most } : null));
  }

  stop(): void {
    const call: OpenCall = { kind: "stop" };
    this.#worker.postMessage(call);
  }

  /** Posts a call and reads news until one of them is its answer. */
  #ask<T>(call: OpenCall, read: (news: OpenNews) => { readonly value: T } | null): Promise<T> {
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const hear = ({ data }: MessageEvent<OpenNews>) => {
        try {
          const answer = read(data);
          if (answer === null) return;
          resolve(answer.value);
        } catch (error) {
          reject(error);
        }
        over.abort();
      };
      const fail = () => {
        reject(new OpenTrouble({ code: "unexpected", message: "", status: null }));
        over.abort();
      };
      this.#worker.addEventListener("message", hear, { signal: over.signal });
      this.#worker.addEventListener("error", fail, { signal: over.signal });
      this.#worker.postMessage(call);
    });
  }
}

function openedIn(news: OpenNews): { readonly value: OpenedView } | null {
  if (news.kind === "opened") return { value: news.opened };
  if (news.kind === "not-opened") throw new OpenTrouble(news.trouble);
  return null;
}
