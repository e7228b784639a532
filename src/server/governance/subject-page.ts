import { formatDate, formatDateTime } from "../format.ts";
import type { SubjectExport } from "./subject-export.ts";

const TITLES: Readonly<
  Record<Exclude<keyof SubjectExport, "version" | "address" | "organisation" | "at" | "leftOut">, string>
> = {
  member: "Colleague, or registered from outside",
  passkeys: "Passkeys",
  keys: "Public keys",
  contact: "Contact",
  deputies: "Deputies",
  sent: "What they sent",
  received: "What they were sent",
  approvals: "Requests for agreement to these",
  arrangements: "Standing arrangements",
  advice: "Advice",
  holds: "Holds",
  incidents: "Incidents about these",
  mail: "Emails to them",
  events: "What happened",
};

/** The export as one page that opens anywhere: no script, nothing fetched. Every text is escaped: recipients and members wrote them. */
export function subjectPage(found: SubjectExport): string {
  const { address, organisation, at, leftOut } = found;
  const sections = Object.entries(TITLES).map(([name, title]) => {
    const value = found[name as keyof typeof TITLES]; // its keys are the titles'
    const empty = value === null || (Array.isArray(value) && value.length === 0);
    const count = Array.isArray(value) ? ` (${value.length})` : "";
    return `<h2>${title}${count}</h2>\n${empty ? "<p>Nothing.</p>" : valueHtml(value)}`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>What ${escaped(organisation)} holds about ${escaped(address)}</title>
<style>body{font:16px/1.4 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;margin:0 0 1em;width:100%}th,td{border:1px solid #b1b4b6;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:14em;font-weight:bold}</style>
</head>
<body>
<h1>What ${escaped(organisation)} holds about ${escaped(address)}</h1>
<p>As of ${escaped(formatDateTime(at))}, from Waybill. Numbers, digests and signatures for machines are in everything.json beside it. Files that were sent are not in it: they are sealed, and nobody here can open them. Of emails there is the date, the subject and whether they went. ${escaped(leftOut)} It names other people too: look at it before it is handed over.</p>
${sections.join("\n")}
</body>
</html>
`;
}

/** What a person can do nothing with: ids, digests, keys, signatures and whole documents for machines. All of it is in everything.json. */
const FOR_MACHINES = /^(?:[A-Za-z0-9_-]{22}|(?:sha256:)?[0-9a-f]{64}|[A-Za-z0-9_+/=-]{80,}|\{[\s\S]*\})$/;
const INTERNAL: readonly string[] = ["id", "seq", "position", "statement", "signature", "publicKey", "keyKind", "rpId"];
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** As it is said on the page; the others are their own name in words. */
const LABELS: Readonly<Record<string, string>> = {
  at: "When",
  kind: "What",
  actor: "By",
  detail: "More about it",
  facts: "What the sender stated",
  access: "Opens it with",
  arrival: "Confirmed arrival",
  party: "Recipient",
  receivedAt: "Receipt confirmed",
  releasedAt: "Told",
  handedOutAt: "Was handed what is sealed",
  legitimateNeed: "Why they may have it",
  totals: "Sealed",
  waybill: "Transfer record",
};

/** Words of ours that people would not know. */
const SAID: Readonly<Record<string, string>> = {
  dropped: "access ended",
  recalled: "taken back",
  named: "not told yet",
  released: "sent",
  words: "six words",
  account: "a passkey",
};

function isShown(name: string, value: unknown): boolean {
  if (INTERNAL.includes(name) || value === null || value === undefined || value === "") return false;
  if (typeof value === "string") return !FOR_MACHINES.test(value) && !value.startsWith("age1");
  return typeof value !== "object" || Object.entries(value).some(([each, inner]) => isShown(each, inner));
}

/** `legitimateNeed` as “Legitimate need”. */
function labelOf(name: string): string {
  const words = name
    .replaceAll(/([A-Z])/g, " $1")
    .replaceAll("-", " ")
    .trim()
    .toLowerCase();
  return LABELS[name] ?? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function textOf(value: string): string {
  if (MOMENT.test(value)) return formatDateTime(value);
  if (DAY.test(value)) return formatDate(value);
  const known = SAID[value];
  if (known !== undefined) return known;
  return /^[a-z]+(?:-[a-z]+)+$/.test(value) ? value.replaceAll("-", " ") : value;
}

function valueHtml(value: unknown): string {
  if (value === true || value === false) return value ? "Yes" : "No";
  if (typeof value !== "object" || value === null) return escaped(textOf(String(value)));
  if (Array.isArray(value)) return value.map(valueHtml).join("\n") || "–";
  const rows = Object.entries(value)
    .filter(([name, each]) => isShown(name, each))
    .map(([name, each]) => `<tr><th scope="row">${escaped(labelOf(name))}</th><td>${valueHtml(each)}</td></tr>`);
  return rows.length === 0 ? "–" : `<table>${rows.join("")}</table>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (each) => ESCAPES[each] ?? each);
}
