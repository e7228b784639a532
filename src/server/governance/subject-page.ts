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
<p>As of ${escaped(at)}, from Waybill. Files that were sent are not in it: they are sealed, and nobody here can open them. Of emails there is the date, the subject and whether they went. ${escaped(leftOut)} It names other people too: look at it before it is handed over.</p>
${sections.join("\n")}
</body>
</html>
`;
}

function valueHtml(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value !== "object") return escaped(String(value));
  if (Array.isArray(value)) return value.map(valueHtml).join("\n") || "–";
  const rows = Object.entries(value).map(
    ([name, each]) => `<tr><th scope="row">${escaped(name)}</th><td>${valueHtml(each)}</td></tr>`,
  );
  return `<table>${rows.join("")}</table>`;
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
