// The script of the page on which the vectors run in a browser: vectors.browser.test.ts bundles it, and calls what it leaves
// on the window.
import { nobleCipher } from "../../src/seal/noble-cipher.ts";
import { platformCipher } from "../../src/seal/webcrypto-cipher.ts";
import { checkVectors, type Failure } from "./check-vectors.ts";

/** What one run in the browser gave. */
export interface BrowserRun {
  /** Name of the cipher that ran. */
  readonly cipher: string;
  readonly vectors: number;
  readonly failures: readonly Failure[];
}

/** `best` is the cipher that the sealing worker takes in this browser, `fallback` the one of browsers without it. */
export type RunVectors = (which: "best" | "fallback", vectors: Record<string, string>) => Promise<BrowserRun>;

const run: RunVectors = async (which, vectors) => {
  const cipher = which === "best" ? await platformCipher() : nobleCipher;
  return { cipher: cipher.name, vectors: Object.keys(vectors).length, failures: await checkVectors(vectors, cipher) };
};

Object.assign(globalThis, { runVectors: run });
