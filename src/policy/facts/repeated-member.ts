/**
 * The path of a member that an object has twice, or null: of two contradicting facts JSON.parse takes the last in silence.
 * @param json a text that JSON.parse has accepted.
 */
export function repeatedMember(json: string): string | null {
  const open: { readonly path: string; readonly keys: Set<string> | null; index: number }[] = [];
  let path = "";
  for (const match of json.matchAll(/"(?:\\.|[^"\\])*"(\s*:)?|[{}[\],]/g)) {
    const [token, colon] = match;
    const inner = open.at(-1);
    if (token === "{" || token === "[") {
      const here = inner?.keys === null ? `${inner.path}[${inner.index}]` : path;
      open.push({ path: here, keys: token === "{" ? new Set() : null, index: 0 });
    } else if (token === "}" || token === "]") open.pop();
    else if (token === ",") {
      if (inner?.keys === null) inner.index++;
    } else if (colon !== undefined && inner?.keys) {
      const key = String(JSON.parse(token.slice(0, token.length - colon.length)));
      path = inner.path === "" ? key : `${inner.path}.${key}`;
      if (inner.keys.has(key)) return path;
      inner.keys.add(key);
    }
  }
  return null;
}
