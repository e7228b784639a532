import { type BuildOptions, build, formatMessages, type Message } from "esbuild";
import { WebBuildError } from "./error.ts";

/** What esbuild made of one source, and the files that it read for it, relative to the root. */
export type Bundle = { readonly bytes: Uint8Array; readonly inputs: readonly string[] };

/**
 * Bundles one script into one file: an ES module, or a classic script (`iife`), for the browsers of 2022 and later, minified. Nothing is split off, so
 * that the integrity digest of the element that loads it covers all of its code. The bytes depend only on the sources and
 * on esbuild's version, not on where the root is.
 *
 * @param workers from a worker's name to the file that holds it, or to its code: what `startWorker` (src/web/start-worker.ts)
 * looks up.
 */
export function bundleScript(
  root: string,
  source: string,
  workers: {
    readonly files?: Readonly<Record<string, string>>;
    readonly inner?: Readonly<Record<string, string>>;
  } = {},
  format: "esm" | "iife" = "esm",
): Promise<Bundle> {
  return bundle(root, source, {
    format,
    target: "es2022",
    platform: "browser",
    charset: "utf8",
    loader: { ".wasm": "binary", ".pfb": "binary" },
    define: {
      WAYBILL_WORKERS: JSON.stringify(workers.files ?? {}),
      WAYBILL_INNER_WORKERS: JSON.stringify(workers.inner ?? {}),
    },
  });
}

/** Bundles one stylesheet with the ones that it imports into one minified file. */
export function bundleStylesheet(root: string, source: string): Promise<Bundle> {
  return bundle(root, source, { target: ["chrome111", "firefox113", "safari16.4"] });
}

async function bundle(root: string, source: string, options: BuildOptions): Promise<Bundle> {
  try {
    const result = await build({
      ...options,
      absWorkingDir: root,
      entryPoints: [source],
      bundle: true,
      splitting: false,
      minify: true,
      legalComments: "none", // licences.txt carries the notices
      metafile: true,
      write: false,
      outdir: "bundled", // only a name: nothing is written
      logLevel: "silent",
    });
    const [file] = result.outputFiles;
    if (file === undefined || result.outputFiles.length > 1) {
      throw new WebBuildError({ code: "does-not-bundle", message: `${source} does not bundle into exactly one file.` });
    }
    const inputs = Object.keys(result.metafile.inputs).filter((input) => !input.startsWith("<")); // `<define:…>`
    return { bytes: file.contents, inputs };
  } catch (cause) {
    if (cause instanceof WebBuildError) throw cause;
    const detail = (await formatMessages(messagesOf(cause), { kind: "error", color: false })).join("");
    throw new WebBuildError({ code: "does-not-bundle", message: `${source} does not bundle:\n${detail}`, cause });
  }
}

function messagesOf(failure: unknown): Message[] {
  if (failure instanceof Error && "errors" in failure && Array.isArray(failure.errors)) return failure.errors;
  return [{ id: "", pluginName: "", text: String(failure), location: null, notes: [], detail: failure }];
}
