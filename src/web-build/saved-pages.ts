import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Bundle, bundleScript, bundleStylesheet } from "./bundle-scripts.ts";
import { WebBuildError } from "./error.ts";

/** Where the template has its policy, style and script. */
const PLACES = { policy: "<!-- policy -->", style: "<!-- style -->", script: "<!-- script -->" } as const;

/**
 * One HTML file with everything in it, for saving and opening from a disk: `page.html` with `page.css` and the bundle of `page.ts` inside.
 * Its own policy lets nothing run but that very script, and nothing be loaded or sent.
 * @throws WebBuildError `does-not-bundle`
 */
export async function savedPage(root: string, name: string): Promise<Bundle> {
  const folder = `src/web/saved/${name}`;
  const [script, style] = await Promise.all([
    bundleScript(root, `${folder}/page.ts`, {}, "iife"),
    bundleStylesheet(root, `${folder}/page.css`),
  ]);
  const [code, css] = [new TextDecoder().decode(script.bytes), new TextDecoder().decode(style.bytes)];
  if (/<\/(?:script|style)|<!--/i.test(code + css)) {
    throw new WebBuildError({
      code: "does-not-bundle",
      message: `${folder}: what is inside would end its own element.`,
    });
  }
  const policy = `default-src 'none'; script-src ${hashOf(code)}; style-src ${hashOf(css)}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`;
  const template = readFileSync(join(root, folder, "page.html"), "utf8");
  const whole = [
    [PLACES.policy, `<meta http-equiv="Content-Security-Policy" content="${policy}">`],
    [PLACES.style, `<style>${css}</style>`],
    [PLACES.script, `<script>${code}</script>`],
  ].reduce((text, [place = "", instead = ""]) => text.split(place).join(instead), template);
  return { bytes: Buffer.from(whole), inputs: [...script.inputs, ...style.inputs, `${folder}/page.html`] };
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
