import { Type } from "typebox";
import { parseConfiguration } from "../../../policy/configuration/parse-configuration.ts";
import { CONTACTS, type ContactName } from "../../../policy/configuration/settings.ts";
import { PolicyError } from "../../../policy/error.ts";
import { redirect } from "../../gate/redirect.ts";
import type { Visit } from "../../gate/row.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { addressProblem } from "./administrator.ts";
import { configurationOf, rulesIn } from "./first-policy.ts";
import { domainsIn } from "./organisation.ts";
import { type Draft, draftOf, saveDraft } from "./set-up-code.ts";
import { captionOf } from "./steps.ts";

const TITLE = "Whom people ask";
const TEMPLATE = "set-up/contacts.njk";

/** OXM-3: what is reported to them goes to a second address too, where one is named. */
const COPIED: ContactName = "information-compliance";
const COPY = `${COPIED}-copy`;

/** The first is written out; each of the others may be ticked to be the same. */
const [FIRST, ...OTHERS] = CONTACTS;

const TEAMS = {
  "security-team": {
    heading: "Security team",
    asked: "When something is marked SECRET or above, or may have gone wrong.",
  },
  "privacy-team": {
    heading: "Privacy team",
    asked: "Told of personal information that goes to third parties; asked before anything goes abroad.",
  },
  "operational-security": {
    heading: "Operational security",
    asked: "Asked before removable media is used, and for what is too large for any.",
  },
  "information-compliance": {
    heading: "Information compliance",
    asked: "Asked how information may be shared at all, and when requests for it come in.",
  },
  "service-desk": {
    heading: "Service desk",
    asked: "When a device or an account does not work as it should, or equipment is needed.",
  },
} as const satisfies Record<ContactName, { readonly heading: string; readonly asked: string }>;

const text = Type.Optional(Type.String({ maxLength: 1000 }));
const body = Type.Object(
  Object.fromEntries(
    [...CONTACTS.flatMap((each) => [`${each}-name`, `${each}-address`, `${each}-same`]), COPY].map((name) => [
      name,
      text,
    ]),
  ),
);
type Typed = Readonly<Record<string, string>>;

/** Set-up: whom the rules tell people to ask. Nothing is filled in beforehand. */
export const setUpContactsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/set-up/contacts",
    who: "anyone",
    handle: async (visit) => {
      const draft = await draftOf(visit);
      if (visit.parts.policy.current) return redirect(visit, "/set-up/records");
      if (!rulesIn(draft) || !draft.memberId) return redirect(visit, "/set-up/rules");
      return show(visit, draft as Typed, {});
    },
  }),
  row({
    method: "POST",
    path: "/set-up/contacts",
    who: "anyone",
    body,
    handle: async (visit, sent) => {
      const draft = await draftOf(visit);
      if (visit.parts.policy.current) return redirect(visit, "/set-up/records");
      if (!rulesIn(draft)) return redirect(visit, "/set-up/rules");
      const typed = readTyped(sent);
      const next: Draft = { ...draft, ...typed };
      const errors = { ...mistakesIn(typed, domainsIn(String(draft.workDomains))) };
      if (Object.keys(errors).length === 0) Object.assign(errors, refusedAsWhole(visit, next));
      if (Object.keys(errors).length > 0) return show(visit, typed, errors);
      await saveDraft(visit, next);
      return redirect(visit, "/set-up/records");
    },
  }),
];

function show(visit: Visit, typed: Typed, errors: Readonly<Record<string, string>>): string {
  const teams = CONTACTS.map((id) => ({ id, ...TEAMS[id], first: id === FIRST, copied: id === COPIED }));
  const context = { title: TITLE, caption: captionOf(visit.parts, "contacts"), teams, typed, errors };
  return render(visit, TEMPLATE, context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** What was typed, with what was ticked to be the same as the first. Whoever has the set-up code controls it. */
function readTyped(sent: Readonly<Record<string, string | undefined>>): Typed {
  const typed: Record<string, string> = {};
  for (const contact of CONTACTS) {
    const same = contact !== FIRST && sent[`${contact}-same`] === "yes";
    const from = same ? FIRST : contact;
    typed[`${contact}-name`] = (sent[`${from}-name`] ?? "").trim();
    typed[`${contact}-address`] = (sent[`${from}-address`] ?? "").trim();
    typed[`${contact}-same`] = same ? "yes" : "";
  }
  return { ...typed, [COPY]: (sent[COPY] ?? "").trim() };
}

function mistakesIn(typed: Typed, workDomains: readonly string[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const contact of [FIRST, ...OTHERS]) {
    if (typed[`${contact}-same`] === "yes") continue;
    const { heading } = TEAMS[contact];
    const name = typed[`${contact}-name`] ?? "";
    if (name === "" || name.length > 100)
      errors[`${contact}-name`] = `${heading}: enter what people call them, in 100 characters or fewer`;
    const address = typed[`${contact}-address`] ?? "";
    const problem = address === "" ? "enter their work address" : addressProblem(address, workDomains);
    if (problem) errors[`${contact}-address`] = `${heading}: ${problem}`;
  }
  const copy = typed[COPY] ?? "";
  const problem = copy === "" ? null : addressProblem(copy, workDomains);
  if (problem) errors[COPY] = `${TEAMS[COPIED].heading}, copy: ${problem}`;
  return errors;
}

/** What the configuration refuses of all that was typed, pages before this one too. */
function refusedAsWhole({ parts }: Visit, draft: Draft): Readonly<Record<string, string>> {
  try {
    parseConfiguration(configurationOf(parts, draft) ?? "", parts.policy.file);
    return {};
  } catch (error) {
    if (error instanceof PolicyError) return { [`${FIRST}-name`]: error.message };
    throw error;
  }
}
