import { build } from "esbuild";

/**
 * Bundles the command line of the checkout `root` into the folder `out`, as `waybill.mjs` and what single commands load. It looks for
 * `policies/` and for `node_modules/` beside that folder.
 * @throws esbuild's error for sources that do not bundle.
 */
export async function bundleCli(root: string, out: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { waybill: "src/bin/cli.ts" },
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true, // what one command alone needs, such as Cedar, is loaded by that command
    platform: "node",
    format: "esm",
    target: "node26",
    external: ["@cedar-policy/cedar-wasm", "better-sqlite3-multiple-ciphers", "pdfkit", "yaml"], // they read files of their own, or are no ES modules: installed beside it
    logLevel: "error",
  });
}
