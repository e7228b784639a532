import type { Method } from "./facts.ts";

/** What people call the methods. */
export const METHOD_NAMES: Readonly<Record<Method, string>> = {
  "secure-link": "Secure link",
  "shared-space": "Shared space",
  email: "Email",
  cjsm: "CJSM",
  post: "Post and courier",
  "hand-delivery": "Hand delivery or collection",
  telephone: "Telephone",
  "removable-media": "Removable media",
  fax: "Fax",
};
