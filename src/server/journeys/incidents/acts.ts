import { randomId } from "../../../bytes/random.ts";
import { isColleague } from "../../../domain/colleague.ts";
import { DomainError } from "../../../domain/error.ts";
import { authorityDeadline, type Incident } from "../../../domain/incident.ts";
import { asSaid } from "../../../domain/incident-said.ts";
import {
  addAction,
  closeIncident,
  decideTelling,
  giveTo,
  note,
  reopenIncident,
  sentBy,
  statePersonal,
} from "../../../domain/lifecycle/incident-arrows.ts";
import { linkTransfer } from "../../../domain/lifecycle/incident-reports.ts";
import type { IncidentStep } from "../../../domain/lifecycle/incident-step.ts";
import type { Member, Role } from "../../../domain/member.ts";
import type { Reader } from "../../../domain/records.ts";
import { parseReference } from "../../../domain/reference.ts";
import { ROLES } from "../../../domain/roles.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { formatDateTime } from "../../format.ts";
import type { IncidentVisit } from "../../gate/row.ts";
import { tellClockAnew } from "../../incidents/clock-anew.ts";
import { type Declared, declaredIn, declaredOf } from "../../incidents/declared.ts";
import { linkedAsNow } from "../../incidents/file-report.ts";
import { type IncidentOccasion, incidentMail } from "../../incidents/incident-mail.ts";
import { leftPaused, pausedAccess, type StillOpen, stillOpen } from "../../incidents/still-open.ts";
import { whoDenies } from "../../incidents/who-denies.ts";
import { whomToTell } from "../../incidents/whom-to-tell.ts";
import { readDay } from "../../texts/typed-day.ts";
import { accessAct } from "./access-act.ts";
import type { StandingIncident } from "./act-on-incident.ts";

export type Typed = Readonly<Record<string, string>>;

/** One field of a page. A date has three inputs: `<name>-day`, `-month` and `-year`. */
export interface Field {
  readonly kind: "textarea" | "input" | "radios" | "select" | "date";
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly items?: readonly { readonly value: string; readonly text: string }[];
}

type Read =
  | { readonly errors: Readonly<Record<string, string>> }
  | { readonly step: (standing: StandingIncident) => Promise<IncidentStep> | IncidentStep };

/** One thing that can be done about an incident: what its page asks, and the arrow that its answer takes. */
export interface Act {
  readonly path: string;
  readonly title: string;
  readonly lead: (visit: IncidentVisit) => Promise<readonly string[]> | readonly string[];
  readonly button: string;
  /** What has to be done before; where it is absent, nothing. */
  readonly first?: (visit: IncidentVisit) => Promise<readonly StillOpen[]>;
  /** Of the inputs. */
  readonly names: readonly string[];
  readonly fields: (visit: IncidentVisit) => Promise<readonly Field[]> | readonly Field[];
  /** @param typed trimmed, one text for each of `names` */
  readonly read: (visit: IncidentVisit, typed: Typed) => Promise<Read> | Read;
}

const MOST = 2000;
const YES_NO = [
  { value: "yes", text: "Yes" },
  { value: "no", text: "No" },
] as const;

/** A text that has to be there; `missing` says what to enter. */
function words(
  typed: Typed,
  name: string,
  missing: string,
): { readonly errors: Readonly<Record<string, string>> } | null {
  const text = typed[name] ?? "";
  if (text === "") return { errors: { [name]: missing } };
  return text.length > MOST
    ? { errors: { [name]: `Use ${MOST.toLocaleString("en-GB")} characters at the most` } }
    : null;
}

/** Who can be given something to do: not those who may only read, as auditors do. */
async function colleagues({ parts, organisation }: IncidentVisit): Promise<readonly Member[]> {
  const members = await parts.records.read.members();
  return members.filter((each) => isColleague(each, organisation.workDomains) && !each.roles.includes("auditor"));
}

async function choiceOf(visit: IncidentVisit): Promise<NonNullable<Field["items"]>> {
  const all = (await colleagues(visit)).map(({ id, name, address }) => ({ value: id, text: `${name} (${address})` }));
  return [{ value: "", text: "Choose somebody" }, ...all];
}

/** Who can look after it: not who sent it, where personal data is concerned, since much of it is not theirs to say. */
function mayOwn({ incident }: IncidentVisit, id: string): boolean {
  return incident.personal === false || !sentBy(incident, id);
}

/** Writes to a colleague about the incident, unless they did it themselves. */
async function write(
  { parts, member }: IncidentVisit,
  { tx, incident, taken }: StandingIncident,
  to: Member,
  why: IncidentOccasion,
) {
  if (to.id === member.id) return;
  await tx.post(
    incidentMail(why, incident, { as: "owner", name: to.name, address: to.address }, parts.place, taken.at),
  );
}

const noteAct: Act = {
  path: "note",
  title: "Add a note",
  lead: () => [
    "It stays in the history, with your name and the time. Do not write what was in the information itself.",
  ],
  button: "Add the note",
  names: ["text"],
  fields: () => [{ kind: "textarea", name: "text", label: "What happened, or what was found out?" }],
  read: (_, typed) =>
    words(typed, "text", "Enter what happened") ?? {
      step: ({ incident, taken }) => note(incident, typed.text ?? "", taken),
    },
};

const ownerAct: Act = {
  path: "owner",
  title: "Give it to somebody else",
  lead: () => ["They see all of it from then on, and are told by mail."],
  button: "Give it to them",
  names: ["owner"],
  fields: async (visit) => [
    {
      ...{ kind: "select", name: "owner", label: "Who looks after it?" },
      items: (await choiceOf(visit)).filter(({ value }) => mayOwn(visit, value)),
    },
  ],
  read: async (visit, typed) => {
    const owner = (await colleagues(visit)).find(({ id }) => id === typed.owner && mayOwn(visit, id));
    if (!owner) return { errors: { owner: "Choose who looks after it" } };
    return {
      step: async (standing) => {
        await write(visit, standing, owner, "given");
        return giveTo(standing.incident, owner, standing.taken);
      },
    };
  },
};

const actionAct: Act = {
  path: "action",
  title: "Add an action",
  lead: () => ["Whoever is to do it is told by mail, and sees it on their start page until it is done."],
  button: "Add the action",
  names: ["what", "who", "due-day", "due-month", "due-year"],
  fields: async (visit) => [
    { kind: "textarea", name: "what", label: "What is to be done?" },
    { kind: "select", name: "who", label: "Who does it?", items: await choiceOf(visit) },
    { kind: "date", name: "due", label: "By when?", hint: "For example, 1 12 2026" },
  ],
  read: async (visit, typed) => {
    const who = (await colleagues(visit)).find(({ id }) => id === typed.who);
    const { "due-day": day = "", "due-month": month = "", "due-year": year = "" } = typed;
    const due = readDay({ day, month, year });
    const today = visit.parts.clock.now().toISOString().slice(0, 10);
    const errors = {
      ...words(typed, "what", "Enter what is to be done")?.errors,
      ...(who ? {} : { who: "Choose who does it" }),
      ...(due !== null && due >= today ? {} : { due: "Enter a day that is today or later" }),
    };
    if (Object.keys(errors).length > 0 || !who || due === null) return { errors };
    return {
      step: async (standing) => {
        await write(visit, standing, who, "action");
        const action = { id: randomId(), what: typed.what ?? "", whoId: who.id, due, doneAt: null };
        return addAction(standing.incident, action, standing.taken);
      },
    };
  },
};

const personalAct: Act = {
  path: "personal",
  title: "Is personal data concerned?",
  lead: async ({ parts, incident }) => [
    ...declaredText(await declaredOf(parts.records.read, incident)),
    "Also when it was perhaps not seen by anybody: its loss, or not being able to get at it, counts too.",
    `If it is, the supervisory authority is told by ${formatDateTime(authorityDeadline(incident))} unless there is a reason not to; later, with why it is late.`,
  ],
  button: "Save",
  names: ["personal", "reason"],
  fields: () => [
    { kind: "radios", name: "personal", label: "Is personal data concerned, or may it be?", items: YES_NO },
    {
      ...{ kind: "textarea", name: "reason", label: "If it is not: why not?" },
      hint: "How you know, for whoever asks later. Whoever sent it cannot say this, and where the waybill declares personal data, only the privacy team can, or who stands in for it",
    },
  ],
  read: ({ member }, { personal, reason = "" }) => {
    if (personal !== "yes" && personal !== "no")
      return { errors: { personal: "Choose whether personal data is concerned" } };
    const said = { personal: personal === "yes", reason };
    if (!said.personal && reason === "")
      return { errors: { reason: "The clock runs until this is said: enter why no personal data is concerned" } };
    return {
      step: async ({ tx, incident, taken }) => {
        const { whose, as } = await whoDenies(tx, incident, taken.at);
        const by = { memberId: member.id, as: as(member), whose, declared: await declaredOf(tx, incident) };
        return statePersonal(incident, said, by, taken);
      },
    };
  },
};

function declaredText(declared: Declared | null): readonly string[] {
  return declared ? [`By the waybill: ${declared.says}. That is what its sender stated.`] : [];
}

function tellingAct(about: "authority" | "people", title: string, lead: Act["lead"], label: string): Act {
  return {
    path: about,
    title,
    lead,
    button: "Put the decision on record",
    names: ["tell", "reason"],
    fields: () => [
      { kind: "radios", name: "tell", label, items: YES_NO },
      { kind: "textarea", name: "reason", label: "Why?", hint: "What the decision rests on, for whoever asks later" },
    ],
    read: ({ member }, typed) => {
      const errors = {
        ...(typed.tell === "yes" || typed.tell === "no" ? {} : { tell: "Choose yes or no" }),
        ...words(typed, "reason", "Enter the reason")?.errors,
      };
      if (Object.keys(errors).length > 0) return { errors };
      const decision = { tell: typed.tell === "yes", reason: typed.reason ?? "" };
      return {
        step: async ({ tx, incident, taken }) => {
          const by = { memberId: member.id, as: await decidesAs(tx, incident, member, taken.at) };
          return decideTelling(incident, about, decision, by, taken);
        },
      };
    },
  };
}

/** As what somebody decides, for the record: who may is whoever handles it. @param at ISO 8601 */
async function decidesAs(read: Reader, incident: Incident, member: Member, at: string): Promise<string> {
  const team = (await whoDenies(read, incident, at)).as(member);
  if (team !== null) return team;
  const role = (["administrator", "operational-security"] as const).find((each) => member.roles.includes(each));
  if (role) return ROLES[role].toLowerCase();
  return incident.ownerId === member.id ? "who looks after it" : "somebody it went to";
}

/** @param now ISO 8601 */
function clockText(incident: Incident, now: string): string {
  const end = authorityDeadline(incident);
  const over = end <= now ? "ended" : "end";
  const late =
    end <= now && incident.authority === null ? " They are over: where it is told, it is told why it is late." : "";
  return `The 72 hours since the organisation came to know of it ${over} on ${formatDateTime(end)}.${late}`;
}

const authorityAct = tellingAct(
  "authority",
  "Is the supervisory authority told?",
  ({ incident, parts }) => [
    clockText(incident, parts.clock.now().toISOString()),
    "It is told unless a risk to people’s rights and freedoms is unlikely. Telling it is done outside this service: this records the decision.",
  ],
  "Tell the supervisory authority?",
);

const peopleAct = tellingAct(
  "people",
  "Are the people told whose data it is?",
  () => ["They are told without delay when the risk to their rights and freedoms is high, in clear and plain words."],
  "Tell the people whose data it is?",
);

const linkAct: Act = {
  path: "link",
  title: "Link a transfer",
  lead: () => [
    "What was said about personal data, and decided about telling, is asked again: it rests on what was known then.",
    "Its sender, and their line manager, are told. Who had been handed what, and who had opened it, is noted as it is now.",
  ],
  button: "Link it",
  names: ["reference"],
  fields: () => [
    { kind: "input", name: "reference", label: "The transfer’s reference", hint: "It looks like WB-7F3K-Q2XV" },
  ],
  read: async (visit, typed) => {
    const transfer = await transferTyped(visit, typed.reference ?? "");
    if (!transfer)
      return {
        errors: {
          reference: "There is no transfer with that reference that you may link: check it, or ask the privacy team",
        },
      };
    return { step: (standing) => linkNow(visit, standing, transfer) };
  },
};

const LINK_ANY: readonly Role[] = ["privacy-team", "operational-security", "administrator"];

/**
 * Linking shows who was sent what, so to everybody whose business a transfer is not there is none with that reference: it is its sender's,
 * their line manager's, and those teams' who handle incidents for all.
 */
async function transferTyped({ parts, member }: IncidentVisit, typed: string): Promise<Transfer | null> {
  try {
    const transfer = await parts.records.read.transfer(parseReference(typed));
    if (transfer === null || transfer.senderId === member.id) return transfer;
    if (member.roles.some((each) => LINK_ANY.includes(each))) return transfer;
    const sender = await parts.records.read.member(transfer.senderId);
    return sender?.lineManagerId === member.id ? transfer : null;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

async function linkNow(visit: IncidentVisit, { tx, incident, taken }: StandingIncident, transfer: Transfer) {
  const { parts, member } = visit;
  const sender = await tx.member(transfer.senderId);
  const { personal } = declaredIn([transfer]);
  const about = { kind: incident.kind, sender, reporter: null, personal };
  const all = await whomToTell(tx, parts.policy.current?.settings ?? null, about, taken.at);
  const told = all.filter(({ address }) => !incident.told.some((each) => each.address === address));
  const linked = await linkedAsNow(tx, transfer, taken.at);
  const step = linkTransfer(incident, linked, { personal, told }, taken);
  for (const each of told.filter(({ memberId }) => memberId !== member.id)) {
    await tx.post(incidentMail("reported", step.incident, each, parts.place, taken.at));
  }
  await tellClockAnew(tx, incident, step.incident, parts.place, taken.at);
  return step;
}

const closeAct: Act = {
  path: "close",
  title: "Close it",
  lead: () => [
    "It can be opened again. What was learnt is what keeps it from happening again: if there is nothing, say so.",
  ],
  button: "Close it",
  first: ({ parts, incident, member }) => stillOpen(parts.records.read, incident, member.id),
  names: ["lessons"],
  fields: () => [{ kind: "textarea", name: "lessons", label: "What was learnt, and what changes because of it?" }],
  read: (_, typed) =>
    words(typed, "lessons", "Enter what was learnt, or that there is nothing") ?? {
      step: async ({ tx, incident, taken }) => {
        const both = [...(await pausedAccess(tx, incident)), ...(await leftPaused(tx, incident))];
        const paused = new Set(both.map(({ reference }) => reference));
        return closeIncident(await asSaid(tx, incident), typed.lessons ?? "", [...paused], taken);
      },
    },
};

const reopenAct: Act = {
  path: "reopen",
  title: "Open it again",
  lead: () => ["Whoever looked after it does so again, and is told by mail."],
  button: "Open it again",
  names: ["reason"],
  fields: () => [{ kind: "textarea", name: "reason", label: "Why?" }],
  read: (visit, typed) =>
    words(typed, "reason", "Enter why it is opened again") ?? {
      step: async (standing) => {
        const { incident, tx, taken } = standing;
        const owner = incident.ownerId ? await tx.member(incident.ownerId) : null;
        if (owner?.state === "active") await write(visit, standing, owner, "reopened");
        return reopenIncident(incident, typed.reason ?? "", visit.member.id, taken);
      },
    },
};

export const ACTS: readonly Act[] = [
  noteAct,
  ownerAct,
  actionAct,
  personalAct,
  authorityAct,
  peopleAct,
  linkAct,
  accessAct,
  closeAct,
  reopenAct,
];
