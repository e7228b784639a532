import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import nunjucks from "nunjucks";
import { TEMPLATE_SCRIPT_SOURCE, TRUSTED_TYPES_POLICY } from "../../src/server/policy-headers.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A page with the components that pages use, under the policy that the server sends. Not part of Waybill. */
const PAGE = `
{% extends "govuk/template.njk" %}
{% from "govuk/components/service-navigation/macro.njk" import govukServiceNavigation %}
{% from "govuk/components/error-summary/macro.njk" import govukErrorSummary %}
{% from "govuk/components/character-count/macro.njk" import govukCharacterCount %}
{% from "govuk/components/checkboxes/macro.njk" import govukCheckboxes %}
{% from "govuk/components/button/macro.njk" import govukButton %}
{% block pageTitle %}Sample{% endblock %}
{% block headIcons %}{% endblock %}
{% block head %}
  {% for sheet in sheets %}<link rel="stylesheet" href="{{ sheet.href }}" integrity="{{ sheet.integrity }}">{% endfor %}
{% endblock %}
{% block govukHeader %}
  <div class="wb-header"><div class="govuk-width-container wb-header__bar">
    <a class="wb-header__organisation" href="/">Example Combined Authority and Partnership</a>
    <ul class="wb-header__links">
      <li><a class="wb-header__link" href="/">Can I send this?</a></li>
      <li><a class="wb-header__link" href="/">Report a problem</a></li>
    </ul>
  </div></div>
{% endblock %}
{% block govukServiceNavigation %}
  {{ govukServiceNavigation({ navigation: [{ text: "Home", href: "/", active: true }, { text: "Send", href: "/" },
     { text: "To agree (3)", href: "/" }, { text: "Records", href: "/" }, { text: "Sam Example", href: "/" }] }) }}
{% endblock %}
{% block content %}
  {{ govukErrorSummary({ titleText: "There is a problem", errorList: [{ text: "Say why", href: "#purpose" }] }) }}
  <h1 class="govuk-heading-l">WB-7F3K-Q2XV</h1>
  <section class="wb-next" aria-labelledby="next"><h2 class="govuk-heading-m" id="next">What happens next</h2>
    <p class="govuk-body">Example Chambers has confirmed arrival of <span class="wb-reference">WB-7F3K-Q2XV</span>.</p>
    {{ govukButton({ text: "Tell Jo the six words", preventDoubleClick: true }) }}</section>
  <ul class="wb-waiting"><li class="wb-waiting__item"><p class="wb-waiting__text">No receipt yet from Example Chambers, 3 days</p>
    {{ govukButton({ text: "Remind", classes: "govuk-button--secondary" }) }}</li></ul>
  <div class="wb-beside"><div>
    <ol class="wb-timeline">
      <li class="wb-timeline__item" data-state="done"><h2 class="wb-timeline__what">Told</h2>
        <p class="wb-timeline__when"><time datetime="2026-11-21T15:05:00Z">21 November 2026, 3:05pm</time></p></li>
      <li class="wb-timeline__item" data-state="failed"><h2 class="wb-timeline__what">Came back: no such mailbox</h2></li>
      <li class="wb-timeline__item" data-state="now"><h2 class="wb-timeline__what">Waiting for arrival</h2></li>
      <li class="wb-timeline__item" data-state="later"><h2 class="wb-timeline__what">Receipt</h2></li>
    </ol>
    <div class="wb-drop"><p class="wb-drop__text">Drop files or folders here</p>
      <div class="wb-drop__buttons">{{ govukButton({ text: "Choose files" }) }}{{ govukButton({ text: "Choose a folder" }) }}</div></div>
    <div class="wb-progress"><label class="govuk-label" for="progress">Sealing and uploading</label>
      <progress class="wb-progress__bar" id="progress" max="100" value="40">40%</progress>
      <p class="wb-progress__text">4.1 MB of 10 MB, 2 MB a second, 3 seconds left</p></div>
    <table class="govuk-table wb-files" role="table">
      <thead class="govuk-table__head" role="rowgroup"><tr class="govuk-table__row" role="row">
        <th class="govuk-table__header" scope="col" role="columnheader">Name</th>
        <th class="govuk-table__header" scope="col" role="columnheader">Size</th>
        <th class="govuk-table__header" scope="col" role="columnheader">What was found</th></tr></thead>
      <tbody class="govuk-table__body" role="rowgroup"><tr class="govuk-table__row" role="row">
        <th class="govuk-table__header wb-files__name" scope="row" role="rowheader">Placements-and-referrals-autumn-2026-final-with-appendices-v12.xlsx</th>
        <td class="govuk-table__cell" role="cell" data-label="Size">5 kB</td>
        <td class="govuk-table__cell" role="cell" data-label="What was found">About 1,200 people</td></tr></tbody></table>
  </div><aside class="wb-beside__aside" aria-label="Answer"><p class="govuk-body">Ready once 2 things are done</p></aside></div>
  <label class="govuk-label" for="code">Code</label><input class="govuk-input wb-code" id="code" inputmode="numeric" value="123456">
  <label class="govuk-label" for="words">The six words</label><input class="govuk-input wb-words" id="words" value="acorn zesty">
  <ol class="wb-words__list"><li class="wb-words__word" data-state="good">acorn</li>
    <li class="wb-words__word" data-state="unknown">zesti<span class="govuk-visually-hidden"> is not one of the words</span></li></ol>
  <ol class="wb-secret"><li class="wb-secret__word">extraterrestrial</li><li class="wb-secret__word">acorn</li></ol>
  {{ govukCharacterCount({ id: "purpose", name: "purpose", maxlength: 200, label: { text: "Why" } }) }}
  {{ govukCheckboxes({ name: "who", fieldset: { legend: { text: "Who" } }, items: [{ value: "a", text: "Someone else",
     conditional: { html: '<label class="govuk-label" for="name">Name</label><input class="govuk-input" id="name">' } }] }) }}
{% endblock %}
{% block govukFooter %}{% endblock %}
{% block bodyEnd %}
  {% for script in scripts %}<script type="module" src="{{ script.href }}" integrity="{{ script.integrity }}"></script>{% endfor %}
{% endblock %}`;

export type SampleSite = { readonly origin: string; close(): Promise<void> };

/** Bundles the real styles and the script of every page, and an entry that starts a worker, and serves them. */
export async function openSampleSite(): Promise<SampleSite> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-sample-"));
  const real = await buildWeb(root, join(folder, "web"));
  const made = await buildWeb(sampleSources(join(folder, "sample")), join(folder, "web-sample"));
  const files = new Map<string, string>();
  const load = (out: string, { file, integrity }: { file: string; integrity: string }) => {
    files.set(`/assets/${file}`, join(folder, out, file));
    return { href: `/assets/${file}`, integrity };
  };
  const sheets = ["styles/govuk.css", "styles/waybill.css"].map((name) => load("web", entryOf(real.manifest, name)));
  const scripts = [
    load("web", entryOf(real.manifest, "entries/page.js")),
    load("web-sample", entryOf(made.manifest, "entries/sample.js")),
  ];
  load("web-sample", entryOf(made.manifest, "workers/echo.js"));

  const templates = nunjucks.configure(join(root, "node_modules/govuk-frontend/dist"), { autoescape: true });
  const html = templates.renderString(PAGE, { sheets, scripts });
  const server = createServer((request, response) => {
    const path = files.get(request.url ?? "");
    response.setHeader("content-security-policy", policy);
    if (path === undefined) return response.setHeader("content-type", "text/html; charset=utf-8").end(html);
    const type = path.endsWith(".css") ? "text/css" : "text/javascript";
    return response.setHeader("content-type", `${type}; charset=utf-8`).end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

const policy = [
  "default-src 'none'",
  `script-src 'self' ${TEMPLATE_SCRIPT_SOURCE}`,
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  `trusted-types ${TRUSTED_TYPES_POLICY}`,
].join("; ");

/** A package whose only page script starts a worker by the real way and shows its answer on the body. */
function sampleSources(place: string): string {
  mkdirSync(join(place, "src/web/entries"), { recursive: true });
  mkdirSync(join(place, "src/web/workers"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
  const startWorker = join(root, "src/web/start-worker.ts");
  writeFileSync(
    join(place, "src/web/entries/sample.ts"),
    `import { startWorker } from ${JSON.stringify(startWorker)};
const worker = startWorker("echo");
worker.onmessage = (event) => { document.body.dataset.echo = event.data; };
worker.postMessage("sealed");`,
  );
  writeFileSync(join(place, "src/web/workers/echo.ts"), "self.onmessage = (event) => self.postMessage(event.data);");
  return place;
}

function entryOf<T>(manifest: Readonly<Record<string, T>>, name: string): T {
  const entry = manifest[name];
  if (entry === undefined) throw new Error(`The build made no ${name}.`);
  return entry;
}
