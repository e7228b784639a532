import assert from "node:assert/strict";
import { createHash } from "node:crypto";

/** One start tag of a page; names in lower case, values as they stand there. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** What stands between a script's or style's tags. */
  readonly text: string;
}

const ATTRIBUTE = /\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;

/**
 * The start tags of a page, by the tokenizer's rules of HTML as far as our templates use them.
 * @throws AssertionError for a “<” that begins nothing known: what cannot be read is no page of ours.
 */
export function tagsIn(html: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (let at = html.indexOf("<"); at !== -1; at = html.indexOf("<", at)) {
    const rest = html.slice(at, at + 20);
    if (rest.startsWith("<!--")) {
      at = after(html, "-->", at);
      continue;
    }
    if (/^<(?:!doctype\b|\/[a-z])/i.test(rest)) {
      at = after(html, ">", at);
      continue;
    }
    const name = /^<([a-z][a-z0-9-]*)/i.exec(rest)?.[1]?.toLowerCase();
    assert.ok(name, `“${html.slice(at, at + 60)}” is not understood`);
    at += 1 + name.length;
    const attributes = new Map<string, string>();
    for (ATTRIBUTE.lastIndex = at; ; at = ATTRIBUTE.lastIndex) {
      const found = ATTRIBUTE.exec(html);
      if (!found) break;
      attributes.set((found[1] ?? "").toLowerCase(), found[2] ?? found[3] ?? found[4] ?? "");
    }
    const end = /\s*\/?>/y;
    end.lastIndex = at;
    assert.ok(end.test(html), `“<${name} … ${html.slice(at, at + 60)}” is not understood`);
    at = end.lastIndex;
    const raw = name === "script" || name === "style";
    const text = raw ? html.slice(at, html.toLowerCase().indexOf(`</${name}`, at)) : "";
    at += text.length;
    tags.push({ name, attributes, text });
  }
  return tags;
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  assert.notEqual(at, -1, `“${html.slice(from, from + 60)}” does not end`);
  return at + mark.length;
}

/** Attributes that make a browser fetch, go or send somewhere. */
const ADDRESSES = ["src", "href", "action", "formaction", "data", "poster", "srcset", "ping", "background", "manifest"];

/** What a page must not have: code or style of its own, or addresses of another site. Empty when it has none. */
export function faultsIn(html: string, origin: string, allowedScript: string): readonly string[] {
  const faults: string[] = [];
  for (const { name, attributes, text } of tagsIn(html)) {
    if (name === "style") faults.push("a style element");
    if (name === "script" && !attributes.has("src")) {
      const hash = `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
      if (hash !== allowedScript) faults.push(`an inline script: ${text.slice(0, 80)}`);
    }
    if (["base", "object", "embed", "iframe"].includes(name)) faults.push(`a ${name} element`);
    if (attributes.get("http-equiv")) faults.push(`http-equiv ${attributes.get("http-equiv")}`);
    for (const [attribute, value] of attributes) {
      if (attribute === "style" || attribute.startsWith("on")) faults.push(`${name} with ${attribute}`);
      if (!ADDRESSES.includes(attribute) || value.startsWith("#")) continue;
      const address = value.replaceAll("&amp;", "&");
      const url = URL.canParse(address, origin) ? new URL(address, origin) : null;
      const leaves = url?.origin !== origin && !["mailto:", "tel:"].includes(url?.protocol ?? "");
      if (leaves) faults.push(`${name} ${attribute}=${value}`);
    }
  }
  return faults;
}
