/**
 * Where to go on after signing in: `typed` when it is a page of this site, otherwise the start page. Whoever made the link
 * controls it, so anything that a browser could read as another site's address counts as none.
 */
export function ownPath(typed: string, origin: string): string {
  if (!typed.startsWith("/") || !URL.canParse(typed, origin)) return "/";
  const url = new URL(typed, origin);
  if (url.origin !== origin || url.pathname.startsWith("//") || url.pathname.startsWith("/api/")) return "/";
  return `${url.pathname}${url.search}`;
}
