/**
 * Goes through the rules of a stylesheet and leaves out those that `keep` refuses, inside `@media` and `@supports` too.
 * Comments go. The input is a stylesheet that a package published, not anything that a user wrote.
 *
 * @param keep is given a rule's selectors (or `@font-face` and the like) and its declarations, without the braces.
 */
export function selectRules(css: string, keep: (selectors: string, declarations: string) => boolean): string {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, "");
  let out = "";
  let at = 0;
  while (at < text.length) {
    const end = endOfPrelude(text, at);
    const prelude = text.slice(at, end).trim();
    if (text[end] !== "{") {
      if (prelude.startsWith("@")) out += `${prelude};`; // a statement such as @charset
      at = end + 1;
      continue;
    }
    const close = closingBrace(text, end);
    const body = text.slice(end + 1, close);
    if (/^@(?:media|supports|container|layer)\b/.test(prelude)) {
      const inner = selectRules(body, keep);
      if (inner !== "") out += `${prelude}{${inner}}`;
    } else if (keep(prelude, body)) {
      out += `${prelude}{${body}}`;
    }
    at = close + 1;
  }
  return out;
}

/** The index of the `{` or `;` that ends what begins at `from`, or the length of the text. */
function endOfPrelude(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '"' || char === "'") i = endOfString(text, i);
    else if (char === "{" || char === ";") return i;
  }
  return text.length;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const char = text[i];
    if (char === '"' || char === "'") i = endOfString(text, i);
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return i;
  }
  return text.length;
}

function endOfString(text: string, quote: number): number {
  for (let i = quote + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === text[quote]) return i;
  }
  return text.length;
}
