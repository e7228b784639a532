import { Type } from "typebox";
import { DomainError } from "../../../domain/error.ts";
import { parsePhone } from "../../../domain/phone.ts";
import { isWebmail } from "../../../domain/webmail.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type Visit } from "../../gate/row.ts";
import type { Parts } from "../../parts.ts";
import { render } from "../../render.ts";
import { draftOf, saveDraft } from "./set-up-code.ts";
import { captionOf } from "./steps.ts";

const TITLE = "Your organisation";
const TEMPLATE = "set-up/organisation.njk";
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;
/** Endings that many organisations share: with one of these, strangers would be colleagues. */
const SHARED = new Set([
  "ac.uk",
  "co.uk",
  "gov.uk",
  "gov.wales",
  "llyw.cymru",
  "ltd.uk",
  "org.uk",
  "police.uk",
  "sch.uk",
]);
const SITE = /^(?:https?:\/\/)?(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}\/?$/u;

interface Typed {
  readonly name: string;
  readonly website: string;
  readonly phone: string;
  readonly workDomains: string;
}

/** Set-up: what the organisation is called, how outsiders find it, and its own mail domains. */
export const setUpOrganisationRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/set-up/organisation",
    who: "anyone",
    handle: async (visit) => {
      const draft = await draftOf(visit);
      return show(visit, { ...whatIsChosen(visit.parts), ...draft }, {});
    },
  }),
  row({
    method: "POST",
    path: "/set-up/organisation",
    who: "anyone",
    body: Type.Object({
      name: Type.String({ maxLength: 1000 }),
      website: Type.String({ maxLength: 1000 }),
      phone: Type.String({ maxLength: 1000 }),
      workDomains: Type.String({ maxLength: 5000 }),
    }),
    handle: async (visit, body) => {
      const draft = await draftOf(visit);
      const { name, website, phone, workDomains } = body;
      const typed = { name: name.trim(), website: website.trim(), phone: phone.trim(), workDomains };
      const errors = { ...mistakesIn(typed), ...disagreements(visit.parts, typed) };
      if (Object.keys(errors).length > 0) return show(visit, typed, errors);
      await saveDraft(visit, { ...draft, ...typed, workDomains: domainsIn(workDomains).join(" ") });
      return redirect(visit, "/set-up/administrator");
    },
  }),
];

function show(visit: Visit, typed: object, errors: Readonly<Record<string, string>>): string {
  const { policy } = visit.parts;
  const chosen = policy.current && { file: policy.file, ...policy.current.settings };
  const context = { title: TITLE, caption: captionOf(visit.parts, "organisation"), errors, typed, chosen };
  return render(visit, TEMPLATE, context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** Name and domains of a configuration that was there before set-up. */
function whatIsChosen({ policy }: Parts): Partial<Typed> {
  if (!policy.current) return {};
  const { organisation, workDomains } = policy.current.settings;
  return { name: organisation, workDomains: workDomains.join(" ") };
}

/** The records never say anything else than the configuration (SDT-17). */
function disagreements({ policy }: Parts, { name, workDomains }: Typed): Record<string, string> {
  if (!policy.current) return {};
  const { organisation, workDomains: chosen } = policy.current.settings;
  const errors: Record<string, string> = {};
  if (name !== organisation)
    errors.name = `Enter ${organisation}, as in ${policy.file}, or change that file and start again`;
  if (domainsIn(workDomains).toSorted().join() !== chosen.toSorted().join())
    errors.workDomains = `Enter ${chosen.join(", ")}, as in ${policy.file}, or change that file and start again`;
  return errors;
}

/** The domains of a typed list, in lower case, each once. */
export function domainsIn(typed: string): readonly string[] {
  const words = typed.toLowerCase().split(/[\s,;]+/);
  return [...new Set(words.map((word) => word.replace(/^@/, "").replace(/\.$/, "")).filter((word) => word !== ""))];
}

function mistakesIn({ name, website, phone, workDomains }: Typed): Record<string, string> {
  const errors: Record<string, string> = {};
  if (name === "" || name.length > 100) errors.name = "Enter the organisation’s name, in 100 characters or fewer";
  if (!SITE.test(website)) errors.website = "Enter the address of the website, such as www.example.gov.uk";
  try {
    parsePhone(phone);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    errors.phone = error.message;
  }
  const domains = domainsIn(workDomains);
  const malformed = domains.find((domain) => !DOMAIN.test(domain));
  const webmail = domains.find(isWebmail); // SET-4
  if (domains.length === 0) errors.workDomains = "Enter at least one mail domain of the organisation";
  else if (malformed) errors.workDomains = `“${malformed.slice(0, 80)}” is not a domain. It looks like example.gov.uk`;
  else if (webmail) errors.workDomains = `Anybody can have an address at ${webmail}, so it cannot be a work domain`;
  else if (domains.some((each) => SHARED.has(each)))
    errors.workDomains = "Enter the organisation’s own domain, not the ending that many share";
  return errors;
}
