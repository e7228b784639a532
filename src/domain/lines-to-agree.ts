import type { Advice, Need } from "./assessment.ts";
import { carriedMethodText, carriedSizeText, riskText } from "./carried-lines.ts";
import type { Facts, Impact, RecipientFacts, RecipientKind, SecretChannel } from "./facts.ts";
import { basisText, SHIPPED_LISTS } from "./lawful-bases.ts";
import { METHOD_NAMES } from "./method-names.ts";
import type { RecordedAssessment } from "./recorded-assessment.ts";
import { formatSize } from "./size-text.ts";
import type { ShownTo, Waybill } from "./waybill.ts";

/**
 * One line of what somebody agrees to. The page shows every line, and the approver's browser makes the same lines of what it
 * signs and compares them, so they hold nothing that depends on the engine's version or the reader's settings.
 */
export interface LineToAgree {
  /** Unique among the lines, and the same in a later waybill. */
  readonly name: string;
  readonly group: "transfer" | "rules" | "record";
  readonly label: string;
  readonly value: string;
  /** Of a condition or an advice of the rules; with `need` and the rest as there. */
  readonly clauses: readonly string[];
  readonly reading?: string;
  readonly local?: true;
  readonly rule?: string;
  readonly need?: string;
  /** Of a recipient whose country is known, ISO 3166-1 alpha-2: what it is called depends on the engine. */
  readonly country?: string;
}

/** What a waybill and the assessment that it commits to say, in words: who, for whom, what, how, and what the rules say. */
export function linesToAgree(waybill: Waybill, recorded: RecordedAssessment): readonly LineToAgree[] {
  const { facts } = recorded;
  const { carried } = waybill;
  const line = (group: LineToAgree["group"]) => (name: string, label: string, value: string) => ({
    ...{ name, group, label, value },
    clauses: [],
  });
  const transfer = line("transfer");
  const record = line("record");
  return [
    transfer("from", "Who asks", originatorText(waybill)),
    ...facts.recipients.map((each) => ({
      ...transfer(`to ${each.address ?? each.name}`, "For whom", recipientText(each, carried !== undefined)),
      ...(each.country === null ? {} : { country: each.country }),
    })),
    transfer("purpose", "What for", waybill.facts.purpose),
    transfer("necessity", "Why it is necessary", waybill.facts.necessity),
    transfer("size", "How much", carried ? carriedSizeText(waybill, carried) : sizeText(waybill)),
    ...(waybill.facts.recordCopy === undefined
      ? []
      : [transfer("copy", "Where the record copy is kept", waybill.facts.recordCopy)]),
    transfer("classification", "Classification", waybill.facts.classification),
    transfer("kind", "What is in it", kindText(facts)),
    transfer("people", "Whose records", peopleText(recorded)),
    transfer("impact", "If it reached the wrong person", impactText(waybill)),
    ...(carried?.places.some((each) => each !== "")
      ? [transfer("places", "Where it goes", carried.places.map((each) => each || NOT_STATED).join("\n\n"))]
      : []),
    transfer("method", "How", carried ? carriedMethodText(waybill, carried) : methodText(recorded)),
    // SIS-18: whoever agrees has read it.
    ...(carried?.risk === undefined ? [] : [transfer("risk", "Risk of sending it by fax", riskText(carried.risk))]),
    transfer("until", carried ? "Receipt is expected by" : "Can be opened until", dayText(waybill.expires)),
    ...(waybill.recovery === null ? [] : [transfer("recovery", "Opens it too", recoveryText(waybill))]),
    ...(waybill.shown === undefined
      ? []
      : [transfer("shown", "Sees the files before answering", waybill.shown.map(shownText).join("\n"))]),
    transfer("agreement", "Data sharing agreement", agreementText(facts)),
    ...(waybill.facts.lawfulBasis === undefined
      ? []
      : [transfer("basis", "Lawful basis", basisText(SHIPPED_LISTS, waybill.facts.lawfulBasis))]),
    transfer("storage", "Where they keep it", facts.destinationStorage ?? NOT_STATED),
    ...recorded.needs.map((each) => ruleLine(`need ${each.rule}`, "Must be met", each)),
    ...recorded.advice.map((each) => ruleLine(`advice ${each.clauses.join(" ")} ${each.says}`, "Advice", each)),
    record("reference", "Reference", waybill.reference),
    carried
      ? record("content", ...packageDigests(waybill))
      : record("content", "Sealed files", `${waybill.content}, ${waybill.totals.sealed.toLocaleString("en-GB")} bytes`),
    // what is carried has no words, and nothing here opens it
    ...(waybill.recovery === null && !carried ? [record("recovery", "Opens it too", recoveryText(waybill))] : []),
    record("policy", "Rules", `${waybill.policy.rules}, ${waybill.policy.digest}`),
  ];
}

const NOT_STATED = "Not stated";

function ruleLine(name: string, label: string, { says: value, ...ground }: Need | Advice): LineToAgree {
  return { ...ground, name, group: "rules", label, value };
}

function originatorText({ originator: { name, address, organisation } }: Waybill): string {
  return `${name} (${address})\n${organisation}`;
}

const KINDS: Readonly<Record<RecipientKind, string>> = {
  member: "colleague",
  partner: "partner in the same public service",
  supplier: "supplier",
  "third-party": "third party",
  public: "member of the public",
};

function recipientText(recipient: RecipientFacts, carried: boolean): string {
  const { name, address, organisation, country, kind, verified, expecting, legitimateNeed, authentication } = recipient;
  const where = [organisation || "Organisation not known", country ?? "country not known", kind ? KINDS[kind] : ""];
  return [
    `${name} (${address ?? "no address"})`,
    where.filter((each) => each !== "").join(", "),
    ...(legitimateNeed ? [`May have it because: ${legitimateNeed}`] : []),
    [
      verified ? "Address checked" : "Address not checked",
      expecting === null ? "not said whether they expect it" : expecting ? "expects it" : "does not expect it",
      ...(carried ? [] : [authentication === "account" ? "opens it with a passkey" : "opens it with six words"]),
    ].join("; "),
  ].join("\n");
}

function recoveryText({ recovery, originator: { organisation } }: Waybill): string {
  if (recovery === null) return "Nobody but the sender and whoever may tell the words in their place";
  return `${organisation}, with a recovery key that it keeps offline (SHA-256 ${recovery})`;
}

function shownText({ name, address }: ShownTo): string {
  return `${name} (${address})`;
}

/** A line's label and value: the SHA-256 of each file of a package. */
function packageDigests({ content }: Waybill): readonly [label: string, value: string] {
  const several = content.includes(" ");
  return [
    several ? "SHA-256 of each file of the package, by number" : "SHA-256 of the package",
    content === "" ? "There is none" : content.replaceAll(" ", "\n"),
  ];
}

function sizeText({ totals: { items, bytes } }: Waybill): string {
  return `${items.toLocaleString("en-GB")} ${items === 1 ? "item" : "items"}, ${formatSize(bytes)}`;
}

function kindText({ personal, special, offences, sensitive, namesWithAddresses, minimised }: Facts): string {
  const found = [
    personal ? "Personal information" : "Nothing personal",
    ...(special ? ["special categories"] : []),
    ...(offences ? ["criminal offences"] : []),
    ...(namesWithAddresses ? ["names with addresses"] : []),
    ...(sensitive ? ["sensitive"] : []),
  ].join("; ");
  return `${found}. ${minimised ? "Nothing that the purpose does not need, the sender states." : "Not stated whether the purpose needs all of it."}`;
}

function peopleText({ facts, people: { bulk, threshold } }: RecordedAssessment): string {
  const count = facts.people?.count ?? null;
  const said = count === null ? "Not stated how many" : `${count.toLocaleString("en-GB")} people, as the sender states`;
  return bulk ? `${said}. That is bulk: ${threshold.toLocaleString("en-GB")} or more.` : `${said}.`;
}

const IMPACTS: Readonly<Record<Impact, string>> = {
  none: "no harm",
  some: "some harm, distress or loss",
  serious: "serious harm, distress or loss",
};

function impactText({ facts: { impact } }: Waybill): string {
  const said = (weight: string) => IMPACTS[weight as Impact] ?? weight; // the record holds what the server took for an impact
  return `To people: ${said(impact.individuals)}\nTo the organisation: ${said(impact.organisation)}`;
}

const TOLD: Readonly<Record<SecretChannel, string>> = {
  phone: "by phone",
  sms: "by text message",
  post: "by letter",
  teams: "on Teams",
  "in-person": "in person",
  email: "by email",
};

function methodText({ method, facts: { secret } }: RecordedAssessment): string {
  if (secret === null) return `${METHOD_NAMES[method]}. Everybody opens it with a passkey.`;
  const how = secret.channel === null ? "in a way not yet chosen" : TOLD[secret.channel];
  const number =
    secret.numberVerified === null ? "" : `, on a number that was ${secret.numberVerified ? "" : "not "}checked`;
  return `${METHOD_NAMES[method]}. The six words are told ${how}${number}.`;
}

function agreementText({ agreement }: Facts): string {
  if (agreement === null) return NOT_STATED;
  if ("none" in agreement) return `None, because: ${agreement.none}`;
  const { reference, expires } = agreement;
  return expires === null ? `${reference}, which does not hold for them` : `${reference}, until ${dayText(expires)}`;
}

const DAY = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  day: "numeric",
  month: "long",
  year: "numeric",
});

function dayText(iso: string): string {
  return DAY.format(new Date(iso));
}
