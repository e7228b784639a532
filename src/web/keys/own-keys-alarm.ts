import type { OwnKey } from "../../client/keys/judge-own-keys.ts";
import type { OwnKeys } from "../../client/keys/own-keys.ts";
import { ownKeysWords, whenAdded } from "./own-keys-words.ts";

/** Where the alarm leads, and how the page to report knows that it does. */
const REPORT = "/report?kind=opened-by-other#own-key";
const KEYS = "/account/keys";

/** SIS-23: says at the top of the page that something stands in its reader's name that is nobody's of theirs. @param settle what the last button does, where there is one */
export function showAlarm(own: OwnKeys, settle: () => Promise<void>): void {
  const w = ownKeysWords();
  const active = own.false.some(({ removed }) => !removed);
  const list = element("ul", "govuk-list govuk-list--bullet");
  list.append(...own.false.map((key) => element("li", "", describe(key))));
  const report = link(REPORT, w.report);
  report.className = "govuk-notification-banner__link";
  const parts: HTMLElement[] = [
    list,
    element("p", "govuk-body", w.notLost),
    element("p", "govuk-body", active ? w.stops : w.taken),
  ];
  const ask = element("p", "govuk-body");
  ask.append(report, `. ${w.ask}`);
  const see = element("p", "govuk-body");
  see.append(link(KEYS, active ? w.remove : w.see));
  parts.push(ask, see);
  if (!active) parts.push(button(w.read, settle));
  show("own-keys-alarm", own.false.length > 1 ? w.more : w.title, parts);
}

/** Says that the server contradicts what this browser knows. @param message as the error says it, in English */
export function showContradiction(message: string): void {
  const said = element("p", "govuk-body", message);
  said.lang = "en";
  show("own-keys-contradiction", ownKeysWords().contradicts, [said]);
}

/** One line about a key: what it is, since when, and whether it is gone. */
export function describe({ kind, at, removed }: OwnKey): string {
  const w = ownKeysWords();
  const added = w.added.replace("{when}", whenAdded(at));
  return `${w.kinds[kind]}, ${added}${removed ? ` (${w.removed})` : ""}`;
}

/** The page to report a problem, led to from the alarm, is filled in. */
export function fillReport(own: OwnKeys): void {
  const words = document.querySelector<HTMLTextAreaElement>("textarea#words");
  if (location.pathname !== "/report" || location.hash !== "#own-key" || !words || words.value !== "") return;
  words.value = ownKeysWords().reportWords.replace("{keys}", own.false.map(describe).join("; "));
}

/** GOV.UK notification banner, read out at once, before everything else of the page. */
function show(id: string, title: string, content: readonly HTMLElement[]): void {
  document.getElementById(id)?.remove();
  const banner = element("section", "govuk-notification-banner wb-alarm");
  banner.id = id;
  banner.setAttribute("role", "alert");
  banner.setAttribute("aria-labelledby", `${id}-title`);
  const header = element("div", "govuk-notification-banner__header");
  const name = element("p", "govuk-notification-banner__title", ownKeysWords().important);
  header.append(name);
  const body = element("div", "govuk-notification-banner__content");
  const heading = element("h2", "govuk-notification-banner__heading", title);
  heading.id = `${id}-title`;
  body.append(heading, ...content);
  banner.append(header, body);
  document.querySelector("main")?.prepend(banner);
}

function link(href: string, text: string): HTMLAnchorElement {
  const made = element("a", "govuk-link", text);
  made.href = href;
  return made;
}

function button(text: string, act: () => Promise<void>): HTMLButtonElement {
  const made = element("button", "govuk-button govuk-button--secondary", text);
  made.type = "button";
  made.addEventListener("click", () => {
    made.disabled = true;
    void act();
  });
  return made;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.textContent = text;
  return made;
}
