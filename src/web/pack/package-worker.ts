import { startWorker } from "../start-worker.ts";
import type { PackageCall, PackageNews } from "../workers/calls/package-calls.ts";

type Made = Extract<PackageNews, { kind: "made" | "not-made" }>;

/** The worker that packs, from the page's side: questions with one answer each, and one making at a time. */
export class PackageWorker {
  readonly #worker = startWorker("package");
  #heard: (news: PackageNews) => void = () => undefined;
  #asked: Promise<unknown> = Promise.resolve();

  constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<PackageNews>) => this.#heard(data));
    this.#worker.addEventListener("error", () => {
      this.#heard({ kind: "not-made", trouble: { code: "unexpected", message: "", status: null } });
    });
  }

  advise(call: Extract<PackageCall, { kind: "advise" }>): Promise<Extract<PackageNews, { kind: "advised" }> | null> {
    return this.#ask(call, (news) => (news.kind === "advised" ? news : null));
  }

  judge(call: Extract<PackageCall, { kind: "judge" }>): Promise<Extract<PackageNews, { kind: "judged" }> | null> {
    return this.#ask(call, (news) => (news.kind === "judged" ? news : null));
  }

  /** How many of so many bytes can be made in this site's private file system; all, where the worker failed to tell. */
  async room(wanted: number): Promise<number> {
    return (await this.#ask({ kind: "room", wanted }, (news) => (news.kind === "room" ? news.most : null))) ?? wanted;
  }

  /** @param passed hears of progress until it is over. What is asked meanwhile waits. */
  make(
    call: Extract<PackageCall, { kind: "make" }>,
    passed: (news: Extract<PackageNews, { kind: "progress" }>) => void,
  ): Promise<Made> {
    const made = this.#asked.then(
      () =>
        new Promise<Made>((resolve) => {
          this.#heard = (news) => {
            if (news.kind === "progress") passed(news);
            else if (news.kind === "made" || news.kind === "not-made") resolve(news);
          };
          this.#worker.postMessage(call);
        }),
    );
    this.#asked = made;
    return made;
  }

  stop(): void {
    this.#worker.postMessage({ kind: "stop" } satisfies PackageCall);
  }

  /** One question after another. Null when the worker failed. */
  #ask<T>(call: PackageCall, read: (news: PackageNews) => T | null): Promise<T | null> {
    const answer = this.#asked.then(
      () =>
        new Promise<T | null>((resolve) => {
          this.#heard = (news) => resolve(read(news));
          this.#worker.postMessage(call);
        }),
    );
    this.#asked = answer;
    return answer;
  }
}
