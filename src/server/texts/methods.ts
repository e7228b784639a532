import { METHODS, type Method } from "../../domain/facts.ts";

/** What pages call each method. */
export const METHOD_NAMES: Readonly<Record<Method, string>> = {
  "secure-link": "Secure link",
  "shared-space": "Shared space",
  email: "Email",
  cjsm: "CJSM",
  post: "Post or courier",
  "hand-delivery": "Hand delivery",
  telephone: "Telephone",
  "removable-media": "Removable media, such as a USB stick",
  fax: "Fax",
};

/** The methods among some texts that a form sent. */
export function methodsIn(texts: readonly string[]): readonly Method[] {
  return METHODS.filter((method) => texts.includes(method));
}
