import type { PackageCall, PackageNews } from "../../src/web/workers/calls/package-calls.ts";

/** What the test asks its page for; blobs come back as base64. */
export type AskWorker = (
  call: PackageCall,
  which?: "package" | "pulled",
) => Promise<{
  readonly news: PackageNews;
  readonly contents: readonly string[];
}>;

const policy = (
  globalThis as unknown as {
    trustedTypes: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    };
  }
).trustedTypes.createPolicy("waybill", { createScriptURL: (url) => url });
const workers = new Map<string, Worker>();

function workerOf(which: string): Worker {
  const worker = workers.get(which) ?? new Worker(policy.createScriptURL(`/${which}.js`), { type: "module" });
  workers.set(which, worker);
  return worker;
}

const askWorker: AskWorker = (call, which = "package") =>
  new Promise((resolve, reject) => {
    const worker = workerOf(which);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = async ({ data: news }: MessageEvent<PackageNews>) => {
      if (news.kind === "progress") return;
      const files = news.kind === "made" ? news.files : [];
      const contents = files.map(async ({ content }) => (content === null ? "" : base64(await content.arrayBuffer())));
      resolve({ news, contents: await Promise.all(contents) });
    };
    worker.postMessage(call);
  });
Object.assign(globalThis, { askWorker });

function base64(bytes: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}
