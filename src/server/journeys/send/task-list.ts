import type { Need } from "../../../domain/assessment.ts";
import { isMetAtDispatch } from "../../../domain/carriage.ts";
import { riskText } from "../../../domain/carried-lines.ts";
import { ADVISERS, type Adviser, type Facts, type RecipientFacts } from "../../../domain/facts.ts";
import { basisText } from "../../../domain/lawful-bases.ts";
import { nationalPhone } from "../../../domain/phone.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { aboutOtherFacts } from "../../advice/about-other-facts.ts";
import { approvalsIn, assessTransfer, isMetBySigning, methodOf } from "../../assessing/assess-transfer.ts";
import { type Condition, conditionsOf } from "../../assessing/conditions.ts";
import { contactOf } from "../../assessing/gather-facts.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { saidFor } from "../../assessing/said-for.ts";
import { lawfulLists, statedConditions } from "../../assessing/stated-needs.ts";
import { numberConditions } from "../../carrying/numbers.ts";
import { roomNeeds } from "../../carrying/room.ts";
import { serviceNeeds } from "../../carrying/service-needs.ts";
import type { SenderVisit } from "../../gate/row.ts";
import { lacksFiles } from "../carry/typed-carriage.ts";
import { type Agreeing, whoAgrees } from "./who-agrees.ts";

/** One line of the task list: a need of the assessment, where it is met, and what was said for it. */
export interface Task extends Need {
  /** One: the task itself leads there. Several: each by name. */
  readonly links: readonly { readonly text: string; readonly href: string }[];
  readonly status: { readonly text: string; readonly classes: string };
  readonly said: readonly string[];
}

export interface TaskList {
  /** What the sender can do, what waits until they have signed, and what is done. */
  readonly groups: readonly { readonly title: string; readonly tasks: readonly Task[]; readonly folded?: true }[];
  /** What is advised and no condition, with where to do it, where there is a page. */
  readonly advice: readonly Task[];
  /** How many the sender can still do before signing. */
  readonly open: number;
  readonly refused: boolean;
}

const TO_DO = { text: "To do", classes: "govuk-tag--blue" };
const AT_DISPATCH = { text: "As it goes", classes: "govuk-tag--grey" };
const LATER = { text: "After you sign", classes: "govuk-tag--grey" };
const ASKED = { text: "Waits for an answer", classes: "govuk-tag--yellow" };
const AGAINST = { text: "They said no", classes: "govuk-tag--red" };
const OPTIONAL = { text: "Optional", classes: "govuk-tag--grey" };
const ASKED_OTHERWISE = "They were asked about other facts, and an answer to that does not count: ask them again.";
const ANSWERED_OTHERWISE = "What they answered was about other facts, and does not count any more: ask them again.";
const ANSWERED_UNDECIDED =
  "They answered when answers did not yet say whether it may go, so that what they said does not count: ask them again.";
const ANSWERED_AGAINST =
  "They answered that it may not go like this. Read why under Advice, then change it and ask them again, or choose another method.";
const DONE = { text: "Completed", classes: "" };
const NOBODY = { text: "Nobody to ask", classes: "govuk-tag--red" };

/**
 * The needs of the transfer’s method as a task list: those unmet are exactly the assessment's, with those that were met. What
 * information governance asks beside the rules is a group of its own.
 */
export async function taskList(visit: SenderVisit): Promise<TaskList> {
  const { parts, transfer, recipients, member } = visit;
  const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
  const { facts, answer } = found;
  const policy = policyNow(parts);
  const { needs: ruled, advice } = conditionsOf(policy, facts, parts.clock.now(), methodOf(transfer));
  const stated = statedConditions({ transfer, recipients }, policy.settings);
  const carried = [
    ...(await roomNeeds(parts.records.read, transfer)),
    ...serviceNeeds(transfer, policy.settings.carriers),
  ];
  const open = carried.map((each) => ({ ...each, met: false }));
  const needs = [...ruled, ...numberConditions(transfer, recipients), ...open, ...stated];
  const agreeing = await whoAgrees(visit, approvalsIn(answer.needs));
  const about = { visit, facts, agreeing, asked: await askedOf(visit) };
  const tasks = await Promise.all(needs.map((each) => taskFor(about, each)));
  const beside = new Set(stated.map(({ rule }) => rule));
  const isLater = ({ status }: Task) => status === LATER || status === NOBODY || status === AT_DISPATCH;
  return {
    groups: [
      {
        title: "To do",
        tasks: tasks.filter((each) => each.status !== DONE && !isLater(each) && !beside.has(each.rule)),
      },
      {
        title: "For information governance",
        tasks: tasks.filter((each) => each.status !== DONE && beside.has(each.rule)),
      },
      { title: "After you sign", tasks: tasks.filter(isLater) },
      {
        title: "Done",
        folded: true,
        tasks: tasks.filter(({ status, rule }) => status === DONE && !beside.has(rule)),
      },
      {
        title: "Done for information governance",
        folded: true,
        tasks: tasks.filter(({ status, rule }) => status === DONE && beside.has(rule)),
      },
    ],
    advice: await Promise.all(
      advice.map(async (each) => {
        const task = await taskFor(about, { ...each, met: false });
        return { ...task, status: task.status === LATER ? LATER : OPTIONAL };
      }),
    ),
    open: needs.filter(
      ({ met, need, rule }) =>
        !met &&
        !isMetBySigning({ rule }) &&
        !need.startsWith("approval:") &&
        !isMetAtDispatch(need) &&
        (need !== "declare:bytes" || transfer.carriage),
    ).length,
    refused: answer.verdict === "refused",
  };
}

interface About {
  readonly visit: SenderVisit;
  readonly facts: Facts;
  /** One for each role that has to agree still. */
  readonly agreeing: readonly Agreeing[];
  /** What advisers were asked, without what they were only told. */
  readonly asked: readonly Asked[];
}

/** A question to an adviser. `stale`: it was about other facts. */
interface Asked {
  readonly adviser: Adviser;
  readonly answered: boolean;
  readonly stale: boolean;
  /** Whether the answer says nothing of whether it may go: it was given before answers did. */
  readonly undecided: boolean;
}

async function taskFor(about: About, condition: Condition): Promise<Task> {
  const { met, ...need } = condition;
  if (need.need.startsWith("approval:") && !met) return approvalTask(about, need);
  if (!met && isMetAtDispatch(need.need)) return { ...need, links: [], status: AT_DISPATCH, said: [] };
  if (!met && isMetBySigning(need)) {
    return { ...need, links: [], status: LATER, said: ["Waybill tells them when you sign: there is nothing to do."] };
  }
  const links = await linksFor(about, need.need, met);
  const adviser = need.need.startsWith("advice:") ? adviserOf(need.need) : null;
  const against = !met && adviser !== null && about.facts.advice?.[adviser] === "against";
  const asked = about.asked.filter((each) => each.adviser === adviser);
  const waits = asked.some(({ answered, stale }) => !answered && !stale);
  const open = against ? AGAINST : waits ? ASKED : TO_DO;
  return {
    ...need,
    links,
    status: met ? DONE : open,
    said: against
      ? [ANSWERED_AGAINST]
      : met
        ? (statedFor(about.visit, need.need) ?? saidFor(need.need, about.facts))
        : open === TO_DO
          ? askAgain(asked)
          : [],
  };
}

/** SIS-15, SDT2-6: why an adviser who was asked has to be asked again; nothing where nobody was asked. */
function askAgain(asked: readonly Asked[]): readonly string[] {
  if (asked.length === 0) return [];
  if (asked.some(({ stale, undecided }) => undecided && !stale)) return [ANSWERED_UNDECIDED];
  return [asked.some(({ answered }) => answered) ? ANSWERED_OTHERWISE : ASKED_OTHERWISE];
}

async function askedOf({ parts, transfer }: SenderVisit): Promise<readonly Asked[]> {
  const { read } = parts.records;
  const all = (await read.adviceOf(transfer.reference)).filter(
    ({ question, supersededAt }) => question !== "" && supersededAt === null,
  );
  if (all.length === 0) return [];
  const isStale = await aboutOtherFacts(parts, read, transfer);
  return all.map((each) => {
    const answered = each.answeredAt !== null;
    return { adviser: each.adviser, answered, stale: isStale(each), undecided: answered && each.verdict === null };
  });
}

/** By what was met that is asked beside the rules; null for what the rules ask. */
function statedFor({ parts, transfer, recipients }: SenderVisit, need: string): readonly string[] | null {
  if (need === "choose:number") {
    const numbers = transfer.carriage?.fixed.numbers ?? {};
    return recipients.flatMap(({ id, name }) => (numbers[id] ? [`${name}: ${nationalPhone(numbers[id])}`] : []));
  }
  if (need === "declare:fax-risk-assessment" && transfer.carriage?.fixed.risk)
    return riskText(transfer.carriage.fixed.risk).split("\n");
  const { recordCopy, lawfulBasis } = transfer.facts;
  if (need === "declare:record-copy") return recordCopy === null ? [] : [recordCopy];
  if (need !== "declare:lawful-basis" || lawfulBasis === null) return null;
  return basisText(lawfulLists(policyNow(parts).settings), lawfulBasis).split("\n");
}

/** SDT-3, SIS-3: who is asked once it is signed. */
function approvalTask(about: About, need: Need): Task {
  const agreeing = about.agreeing.find((each) => each.need === need.need);
  const role = agreeing?.role.toLowerCase() ?? "";
  const names = agreeing?.names ?? [];
  const others = `Nobody but you${agreeing?.leftOut ?? ""}`;
  const said =
    names.length === 0
      ? `${others} is ${role}: ask an administrator to put that right under People.`
      : `Waits until you have signed. Then asked: ${names.join(", ")} (${role}).`;
  return { ...need, links: [], status: names.length === 0 ? NOBODY : LATER, said: [said] };
}

async function linksFor({ visit, facts }: About, need: string, met: boolean): Promise<Task["links"]> {
  const path = `/transfers/${visit.transfer.reference}`;
  // What was met on a contact's page is no task of this transfer any more.
  const contacts = async (page: (id: string, each: Recipient) => string, lacks: (each: RecipientFacts) => boolean) =>
    met ? [] : contactLinks(visit, facts, page, lacks);
  switch (need) {
    case "declare:impact":
    case "declare:people":
    case "declare:minimised":
    case "declare:contents":
      return [{ text: "Answer it", href: `${path}/facts` }];
    case "declare:legitimate-need":
    case "declare:recipient-expecting":
      return [{ text: "Answer it", href: `${path}/who` }];
    case "declare:recipient-kind":
      return contacts(
        (id) => `/contacts/${id}/edit`,
        ({ kind }) => kind === null,
      );
    case "declare:country":
      return contacts(
        (id) => `/contacts/${id}/edit`,
        ({ country }) => country === null,
      );
    case "verify:recipient":
      return contacts(
        (id, { address }) => `/contacts/${id}/verify?value=${encodeURIComponent(address)}`,
        ({ verified }) => !verified,
      );
    case "verify:secret-number":
      return [
        ...(await contacts(
          (id) => `/contacts/${id}`,
          ({ authentication }) => authentication !== "account",
        )),
        { text: "Tell the words another way", href: `${path}/secret` },
      ];
    case "plan:secret-channel":
      return [{ text: "Choose it", href: `${path}/secret` }];
    case "agreement:current":
      return [{ text: "Name it", href: `${path}/agreement` }];
    case "declare:destination-storage":
      return [{ text: "Describe it", href: `${path}/destination` }];
    case "declare:lawful-basis":
      return [{ text: "Choose it", href: `${path}/lawful-basis` }];
    case "declare:bytes":
      return [{ text: "Add the files", href: `${path}/${isCounted(visit.transfer) ? "carriage" : "add"}` }];
    case "package:encrypted":
      return [{ text: "Add the files", href: `${path}/add` }];
    default:
      return otherLinks(path, need);
  }
}

/** What is carried and was counted already, in a package or not: its size is on the page of what goes, and how. */
function isCounted({ carriage }: Transfer): boolean {
  return carriage !== null && !lacksFiles(carriage);
}

/** Needs that are met on the page of what goes, and how. */
const ON_CARRIAGE: readonly string[] = [
  ...["declare:identity-documents", "declare:device", "declare:fax-risk-assessment", "verify:fax-machine"],
  "choose:number",
];

function otherLinks(path: string, need: string): Task["links"] {
  if (ON_CARRIAGE.includes(need) || /^(?:reason|carrier|media|package):/.test(need)) {
    return [{ text: "Answer it", href: `${path}/carriage` }];
  }
  const [kind, whom] = need.split(":");
  if (kind === "advice") {
    const adviser = ADVISERS.find((each) => each === whom);
    return [{ text: "Ask for advice", href: `${path}/advice${adviser ? `?adviser=${adviser}` : ""}` }];
  }
  if (["declare", "plan", "list"].includes(kind ?? "") || need === "use:work-address") {
    return [{ text: "Change it", href: `${path}/describe` }];
  }
  return [];
}

/** Recipients whose entries under Contacts say too little; colleagues have none. */
async function contactLinks(
  { parts, recipients }: SenderVisit,
  facts: Facts,
  page: (id: string, recipient: Recipient) => string,
  lacks: (recipient: RecipientFacts) => boolean,
): Promise<Task["links"]> {
  const found = await Promise.all(
    recipients.map(async (each, at) => {
      const known = facts.recipients[at]; // of a draft nobody is over, so both are in the same order
      if (!known || known.kind === "member" || !lacks(known)) return [];
      const contact = await contactOf(parts.records.read, each);
      return contact ? [{ text: each.name, href: page(contact.id, each) }] : [];
    }),
  );
  return found.flat();
}

function adviserOf(need: string): keyof NonNullable<Facts["advice"]> {
  return need.slice("advice:".length) as keyof NonNullable<Facts["advice"]>; // policy's needs name advisers alone
}
