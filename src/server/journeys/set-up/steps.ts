import type { Parts } from "../../parts.ts";

/** What stands over a page of set-up. Rules and contacts are not asked where the configuration was there before. */
export function captionOf(
  { policy }: Parts,
  page: "organisation" | "administrator" | "rules" | "contacts" | "records" | "keys",
): string {
  const pages = ["organisation", "administrator", ...(policy.current ? [] : ["rules", "contacts"]), "records", "keys"];
  return `Set-up, step ${pages.indexOf(page) + 1} of ${pages.length}`;
}
