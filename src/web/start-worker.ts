/** From a worker's name (its file in src/web/workers, without extension) to its bundled file; the bundler writes it in. */
declare const WAYBILL_WORKERS: Readonly<Record<string, string>>;
/** From a worker's name to its code, in a frame, which has no origin from which a worker's file could come; else empty. */
declare const WAYBILL_INNER_WORKERS: Readonly<Record<string, string>>;

/** Trusted Types, as far as we use them; browsers without them take the plain address. */
type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(name: string): string },
  ): { createScriptURL(name: string): string };
};

let policy: { createScriptURL(name: string): string } | undefined;

/**
 * Starts one of our own workers by name. The name never comes from the page or the network: only names that were bundled
 * have an address, and it is beside this script, or in it. Throws when there is no such worker.
 */
export function startWorker(name: string): Worker {
  policy ??= makePolicy();
  return new Worker(policy.createScriptURL(name), { type: name in WAYBILL_INNER_WORKERS ? "classic" : "module", name });
}

function makePolicy() {
  const rules = { createScriptURL: addressOf };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes === undefined ? rules : trustedTypes.createPolicy("waybill", rules);
}

function addressOf(name: string): string {
  const code = WAYBILL_INNER_WORKERS[name];
  if (code !== undefined) return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const file = WAYBILL_WORKERS[name];
  if (file === undefined) throw new Error(`There is no worker called ${name} in this build.`);
  return new URL(file, import.meta.url).href;
}
