import { setTimeout } from "node:timers/promises";
import { type Static, Type } from "typebox";
import { isWorkAddress } from "../../../domain/address.ts";
import type { Language } from "../../../domain/contact.ts";
import { INCIDENT_KINDS } from "../../../domain/incident.ts";
import type { Recipient } from "../../../domain/transfer.ts";
import type { ContactName } from "../../../policy/configuration/settings.ts";
import { closedBecause } from "../../api/receiving-open.ts";
import { nowOf } from "../../api/receiving-view.ts";
import { networkOf } from "../../gate/rate.ts";
import { redirect } from "../../gate/redirect.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { lookerOf, mayReadIncident } from "../../incidents/may-read.ts";
import { isTheirs, namedTransfer, readAbout } from "../../incidents/named-transfer.ts";
import { offerMore } from "../../incidents/say-more.ts";
import { takeReport } from "../../incidents/take-report.ts";
import { render } from "../../render.ts";
import { type ReportTexts, reportTextsIn } from "../../texts/report/texts.ts";
import { languageOf, textsIn } from "../receive/receive-page.ts";

const LONGEST = 1000;
const LONGEST_ABOUT = 200;
/** Reports from one network in an hour by whoever is not signed in: about one transfer, and in all. */
const AN_HOUR = { transfer: 10, network: 60 } as const;
const HOUR = 3_600_000;

const text = Type.Optional(Type.String({ maxLength: 5000 }));
const form = Type.Object({ kind: text, about: text, unknown: text, link: text, words: text });
type Form = Static<typeof form>;
type Field = "kind" | "about" | "words";

/**
 * SDT-29, SDT-30, SIS-27, ESG-4: “Report a problem”, for members, for recipients, and for people with only a reference, a link, or neither.
 * Works without JavaScript. To whoever is neither sender nor recipient the answer is the same whatever there is.
 */
export const reportAProblemRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/report",
    who: "anonymous",
    rates: [{ times: 120, seconds: 600, by: "caller" }],
    handle: async (visit) => {
      const { about = "", link = "", kind = "" } = visit.query;
      const held = /^[A-Za-z0-9_-]{22}$/.test(link) ? await visit.parts.records.read.recipient(link) : null;
      if (held && held.state !== "named") {
        // Who has shown to be the recipient goes on where their own report is, while the package is open.
        if ((await isTheirs(visit, held)) && (await isOpen(visit, held)))
          return redirect(visit, `/r/${held.id}/problem`);
        return formPage(visit, { about: held.reference, link, kind: kind.slice(0, 100) }, {});
      }
      return formPage(visit, { about: about.slice(0, 100), kind: kind.slice(0, 100) }, {});
    },
  }),
  row({
    method: "POST",
    path: "/report",
    who: "anonymous",
    body: form,
    // strangers are counted below first, where the page says whom to ring
    rates: [{ times: 120, seconds: 3600, by: "caller" }],
    handle: async (visit, typed) => {
      const begun = performance.now();
      const mistakes = mistakesIn(typed);
      const kind = INCIDENT_KINDS.find((each) => each === typed.kind);
      if (!kind || Object.keys(mistakes).length > 0) return formPage(visit, typed, mistakes);
      const meant = aboutOf(typed);
      if (await isTooMany(visit, meant)) {
        visit.reply.header("retry-after", String(HOUR / 1000));
        return formPage(visit, typed, {}, (t) => t.tooMany(visit.organisation));
      }
      const named = await namedTransfer(visit, meant);
      const words = (typed.words ?? "").trim();
      const about = typed.unknown ? "" : (typed.about ?? "").trim().slice(0, LONGEST_ABOUT);
      const { incident, report } = await takeReport(visit, named, { kind, words, about });
      const looker = visit.member && named.standing === "sender" ? await lookerOf(visit.parts, visit.member) : null;
      if (looker && mayReadIncident(looker, incident)) {
        return redirect(visit, `/incidents/${incident.id}?reported=${report.number}`);
      }
      if (named.standing !== "recipient") await evenly(begun, visit.parts.limits.evenAnswerMs);
      // Whoever is known need not say how they can be reached.
      const unknown = visit.member === null && named.standing !== "recipient";
      const adding = unknown ? { token: await offerMore(visit.parts, incident, report.number), asks: "reach" } : null;
      return reportPage(visit, "sent", (t) => ({
        title: t.doneTitle,
        number: report.number,
        adding,
        contacts: kind === "suspicious-message" ? contactsFor(visit, ["service-desk"]) : [],
        said: t.done(visit.organisation),
      }));
    },
  }),
];

/** Waits until a multiple of `step` ms since then: whether there is such a transfer does not show in how long the answer takes. */
async function evenly(begun: number, step: number): Promise<void> {
  if (step > 0) await setTimeout(step - ((performance.now() - begun) % step));
}

async function isOpen({ parts }: AnonymousVisit, recipient: Recipient): Promise<boolean> {
  const transfer = await parts.records.read.transfer(recipient.reference);
  return transfer !== null && closedBecause(transfer, recipient, nowOf(parts)) === null;
}

/** A link that stands behind the page counts while the reference in the field is its own; what was typed over it counts more. */
function aboutOf({ about = "", unknown, link = "" }: Form): ReturnType<typeof readAbout> {
  if (unknown) return null;
  return readAbout(link !== "" && about.trim() !== "" && !about.includes("/") ? link : about) ?? readAbout(about);
}

function mistakesIn({ kind, about = "", unknown, words = "" }: Form) {
  const known = INCIDENT_KINDS.some((each) => each === kind);
  const mistakes: Partial<Record<Field, "choose" | "badAbout" | "tooLong">> = {
    ...(known ? {} : { kind: "choose" }),
    ...(about.trim() !== "" && !unknown && readAbout(about) === null ? { about: "badAbout" } : {}),
    ...(words.trim().length > LONGEST ? { words: "tooLong" } : {}),
  };
  return mistakes;
}

/** SDT-30: whom a colleague may ring or write to instead. Numbers and addresses of teams are for colleagues. */
function contactsFor({ parts, member, organisation }: AnonymousVisit, names: readonly ContactName[] = CONTACTS_SHOWN) {
  const settings = parts.policy.current?.settings;
  if (!settings || !member || !isWorkAddress(member.address, organisation.workDomains)) return [];
  return names.map((name) => settings.contacts[name]);
}

const CONTACTS_SHOWN: readonly ContactName[] = ["service-desk", "security-team", "privacy-team"];

/**
 * Members are known by name: strangers alone are counted here. Nobody's report is refused for what others of their office say of other
 * transfers, and whether there is such a transfer changes nothing. What many reports mean for mailboxes is `take-report.ts`'s to brake.
 */
async function isTooMany(
  { parts, member, request }: AnonymousVisit,
  about: ReturnType<typeof readAbout>,
): Promise<boolean> {
  if (member) return false;
  const now = parts.clock.now();
  const count = async (whose: string, most: number) =>
    (await parts.ephemera.count("rate", `report ${whose}`, now, new Date(now.getTime() + HOUR))) >
    most * parts.limits.rateFactor;
  const network = networkOf(request.ip);
  const much = await count(network, AN_HOUR.network);
  return (about !== null && (await count(`${network} ${JSON.stringify(about)}`, AN_HOUR.transfer))) || much;
}

/** @param refused why it is not taken now; what was typed stays */
function formPage(
  visit: AnonymousVisit,
  typed: Form,
  mistakes: ReturnType<typeof mistakesIn>,
  refused: ((t: ReportTexts) => string) | null = null,
): string {
  const status = refused ? 429 : Object.keys(mistakes).length > 0 ? 422 : 200;
  return reportPage(
    visit,
    "report",
    (t) => ({
      title: t.title,
      lead: t.lead(visit.organisation),
      refused: refused?.(t) ?? "",
      typed,
      kinds: INCIDENT_KINDS.map((kind) => ({ value: kind, text: t.kinds[kind], hint: t.kindHints[kind] ?? "" })),
      contacts: contactsFor(visit),
      errors: Object.fromEntries(Object.entries(mistakes).map(([field, which]) => [field, t[which]])),
    }),
    status,
  );
}

/** A page of reporting, in the language of whoever reads it. */
export function reportPage(
  visit: AnonymousVisit,
  template: "report" | "sent",
  context: (t: ReportTexts, language: Language) => { readonly title: string },
  status = 200,
): string {
  const language = languageOf(visit, null);
  const words = reportTextsIn(language);
  const { about, link, kind } = visit.query;
  const asked = new URLSearchParams({
    ...(about ? { about } : {}),
    ...(link ? { link } : {}),
    ...(kind ? { kind } : {}),
  }).toString();
  const more = asked === "" ? "" : `${asked}&`; // the page in the other language asks for the same
  const frame = { language, t: textsIn(language), w: words, house: visit.organisation, here: "/report", more };
  return render(visit, `report-a-problem/${template}.njk`, { ...frame, ...context(words, language) }, status);
}
