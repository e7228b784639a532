/** The documents of the guidance, by what their clauses' ids begin with. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  SDT: "Secure Data Transfer Guide",
  SDT2: "Secure Data Transfer Guide, later edition",
  SIS: "Sending information securely",
  OXM: "Sharing and transmitting information securely (university)",
  ESG: "Email Security Guide",
  EAG: "Email Authentication Guide",
  SET: "Secure Email Transfer Guide",
  SPG: "Spam and Phishing Guide",
};

/** What a clause's id begins with, such as SDT2 of SDT2-5. */
export function documentOf(id: string): string {
  return id.slice(0, id.lastIndexOf("-"));
}

/** Every id of a clause in a text, each once, in the order in which they stand. */
export function clauseIdsIn(text: string): readonly string[] {
  const ids = new RegExp(`\\b(?:${Object.keys(DOCUMENTS).join("|")})-\\d+\\b`, "g");
  return [...new Set(text.match(ids))];
}
