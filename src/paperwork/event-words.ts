import { changedText } from "../domain/changed-facts.ts";
import { formatDate, formatDateTime } from "../domain/date-text.ts";
import type { EventKind } from "../domain/event.ts";
import { problemInWords } from "../domain/problem-words.ts";
import { ROLES } from "../domain/roles.ts";
import type { EventRecord } from "../log/event-digest.ts";

type Detail = EventRecord["detail"];
/** What happened, with the name of who did it before it; a text alone where it needs nothing from the event. */
type Words = string | ((detail: Detail) => string);

const role = ({ role: name }: Detail) => {
  const known: Readonly<Record<string, string>> = ROLES;
  return (known[String(name)] ?? String(name ?? "somebody")).toLowerCase();
};
/** A part of a sentence, where there is something to say. */
const said = (what: string, value: Detail[string] | undefined): readonly string[] =>
  value === null || value === undefined || value === "" ? [] : [`${what} ${value}`];
const asked = ({ inPlaceOf }: Detail) => (inPlaceOf ? ", as a deputy" : "");

const WORDS: Partial<Record<EventKind, Words>> = {
  "transfer-described": "began the transfer",
  "transfer-changed": ({ what, risk, riskBy, riskOn, ...changed }) =>
    what === "recipients"
      ? "changed who it is for"
      : [
          `changed ${changedText(changed) || "what was stated"}`,
          ...said("risk of sending it by fax:", risk),
          ...said("assessed by", riskBy),
          ...said("on", riskOn),
        ].join(", "),
  "sender-grant-stored": "stored their own access",
  "upload-started": "began to upload sealed files",
  "content-sealed": "sealed the files",
  "waybill-signed": "signed the transfer record",
  "transfer-requested": "asked for agreement",
  "approver-access-chosen": ({ count, addresses }) =>
    count === 0
      ? "let nobody see the files before they answer"
      : `let these see the files before they answer: ${String(addresses).replaceAll(" ", ", ")}`,
  "approver-access-handed-out": (detail) =>
    `was given access to the files, to answer as ${role(detail)}: ${detail.name ?? "somebody"} (${detail.address ?? ""})`,
  "approval-asked": (detail) => `agreement was asked of: ${role(detail)}`,
  "approval-given": (detail) => `agreed as ${role(detail)}${asked(detail)}`,
  "approval-refused": (detail) => `refused as ${role(detail)}${asked(detail)}: ${detail.reason ?? "no reason"}`,
  "approval-superseded": (detail) => `an earlier answer does not count any more: ${role(detail)}`,
  "approval-lapsed": (detail) => `nobody answered: ${role(detail)}`,
  "approval-reminded": (detail) => `reminded: ${role(detail)}`,
  "approval-escalated": (detail) => `whoever else may answer was asked: ${role(detail)}`,
  "question-asked": (detail) => `asked: ${detail.text ?? ""}`,
  "question-answered": (detail) => `answered: ${detail.text ?? ""}`,
  "advice-asked": (detail) => `advice was asked of: ${detail.adviser ? role({ role: detail.adviser }) : "an adviser"}`,
  "advice-answered": (detail) =>
    `gave advice${detail.verdict === "may-not-go" ? ", that it may not go like this" : ""}: ${detail.answer ?? ""}`,
  "advice-followed": (detail) => `said what was decided on the advice: ${detail.outcome ?? ""}`,
  "advice-superseded": "closed, without an answer, what an adviser was told or asked: it was about other facts",
  "transfer-kept-back": (detail) => `kept back, and the sender told: ${detail.end ?? "its agreement ended"}`,
  "release-held": (detail) => `held, although all had agreed: ${detail.why ?? ""}`,
  "transfer-approved": "all who must agree had agreed",
  "transfer-revised": "took it up again, to be changed",
  "transfer-released": "released: recipients can have it from now on",
  "transfer-refused": "not agreed to, so not sent",
  "recipient-told": "told by email",
  "recipient-invited": "invited to register",
  "notice-bounced": (detail) => `the email came back: ${detail.why ?? "no reason"}`,
  "text-not-sent": "a text message, beside the email, could not be sent",
  "address-corrected": (detail) => `sent to ${detail.address ?? "another address"} instead`,
  "code-sent": "asked for a code by email",
  "mailbox-proved": "showed that it is their mailbox",
  "recipient-arrived": ({ atOnce, how, collected }) =>
    atOnce
      ? collected
        ? "came for it: it is with them"
        : how === "phone"
          ? "it was told by telephone"
          : "it was handed over"
      : "confirmed that it arrived",
  "words-told": (detail) =>
    `told the ${detail.secret === "password" ? "password" : "six words"} (${detail.channel ?? "another way"})`,
  "words-no-answer": "tried to tell the six words: no answer",
  "words-asked": "asked to be told the six words",
  "grant-handed-out": "was handed what is sealed to them",
  "recipient-opened": "opened it, says the server, which was shown their receipt token",
  "receipt-signed": "signed that they have it and it is complete",
  "confirmation-recorded": (detail) =>
    `recorded a confirmation that came another way (${detail.how ?? "unsaid"}): they say that they have it`,
  "problem-reported": ({ kind, digest }) =>
    [`said that something is wrong: ${kind ?? "a problem"}`, ...said("they saw the SHA-256", digest)].join("; "),
  "not-for-me": "said that it is not for them; access ended",
  "access-paused": "said that it is not for them; access was paused",
  "access-resumed": "let access go on",
  "recipient-dropped": "ended this recipient’s access",
  "reminder-sent": "reminded by email",
  "delivery-late": ({ what, due }) =>
    `told its sender that it is late: ${what === "receipt" ? "a receipt was expected by" : "its arrival was to be confirmed by"} ${due ? formatDate(String(due)) : "an earlier day"}`,
  "expiry-shortened": "brought the date forward",
  "transfer-recalled": "took it back",
  "transfer-expired": "expired",
  "transfer-closed": "closed: everybody has confirmed receipt",
  "content-destroyed": "what was sealed, and every access to it, was destroyed",
  "destruction-held": "kept beyond its end, because of a hold",
  "destruction-certified": "the organisation signed that it destroyed it",
  "recovery-export-asked": (detail) => `asked to open it with the organisation’s recovery key: ${detail.reason ?? ""}`,
  "recovery-export-agreed": "agreed that it is opened with the organisation’s recovery key",
  "recovery-export-withdrawn": "withdrew that it is opened with the recovery key",
  "recovery-exported": "fetched the sealed package, to open it with the recovery key",
  "evidence-taken": "took the evidence",
  "record-opened": "looked at the record",
  "receipt-recorded": (detail) =>
    [
      "says that they have it and it is complete",
      ...said("by", detail.how),
      ...said("pages:", detail.pages),
      ...said("with the SHA-256 of what was sent,", detail.digest),
    ].join(", "),
  "matter-seen": "saw to what was reported",
  "dispatch-checked": "the checklist was seen to",
  "fax-report-attached": ({ digest, readers }) =>
    `attached the fax machine’s report, which nobody signed, sealed as their browser says to ${readers ?? ""}: SHA-256 ${digest ?? ""}`,
  "fax-report-on-paper": ({ where }) => `the fax machine’s report is kept on paper: ${where ?? ""}`,
  "fax-report-handed-out": ({ name, address }) =>
    `${name ?? ""} (${address ?? ""}) was handed the fax machine’s report`,
  "dispatch-attempted": (detail) => ["it did not go yet", ...said("because:", detail.what)].join(", "),
  "transfer-dispatched": ({
    service,
    tracking,
    pages,
    handedTo,
    identification,
    collected,
    dialled,
    told,
    confirmed,
  }) =>
    [
      collected ? "it was collected" : "it went",
      ...said("by", service),
      ...said("tracking number", tracking),
      ...said("pages:", pages),
      ...said(collected ? "by" : "handed to", handedTo),
      ...(handedTo ? said("identification seen:", identification) : []),
      ...said("dialled", dialled),
      ...said("told:", told),
      ...said("identity confirmed:", confirmed),
    ].join(", "),
  "receipt-short": ({ pages, sent }) => `${pages ?? 0} of ${sent ?? 0} pages came: it is not complete`,
  "password-not-needed": ({ why }) => `the password need not be told: ${why ?? ""}`,
  "handed-to-carrier": ({ service, tracking }) =>
    ["gave it to the carrier", ...said("by", service), ...said("tracking number", tracking)].join(", "),
  "post-taken-in": ({ addressee, addresseeOnly, condition }) =>
    [
      `the post room took it in for ${addressee ?? ""}`,
      ...(addresseeOnly ? ["ADDRESSEE ONLY"] : []),
      ...(condition === "opened"
        ? ["it was opened or damaged"]
        : condition === "not-ours"
          ? ["it is for nobody here"]
          : []),
    ].join(", "),
  "post-handed-on": ({ to, as }) =>
    as === "back" ? "the post room gave it back to the carrier" : `the post room handed it to ${to ?? ""}`,
  "handover-signed": ({ how, name, receipt }) =>
    [`${name ?? "somebody"} signed for it (${how ?? "unsaid"})`, ...said("the receipt has the SHA-256", receipt)].join(
      "; ",
    ),
  "medium-dispatched": ({ serial }) => `medium ${serial ?? ""} went with it`,
  "medium-arrived": ({ serial }) => `medium ${serial ?? ""} is with the recipient`,
  "medium-returned": ({ serial }) => `medium ${serial ?? ""} was returned`,
  "medium-erased": ({ serial }) => `medium ${serial ?? ""} was erased`,
  "medium-lost": ({ serial }) => `medium ${serial ?? ""} is lost`,
  "incident-reported": ({ problem, incident, report, before }) =>
    [
      `a problem was reported (${problemInWords(problem)}), number ${incident ?? ""}`,
      ...(report && report !== incident ? [`reported as ${report}`] : []),
      ...(before ? [`it stood as “${problemInWords(before)}” before`] : []),
    ].join(", "),
  "incident-linked": (detail) => `the reported problem ${detail.incident ?? ""} is about this too`,
  "incident-closed": (detail) => `the reported problem ${detail.incident ?? ""} was closed`,
  "incident-reopened": (detail) => `the reported problem ${detail.incident ?? ""} is open again`,
};

/** What the event says happened, for people; a kind without words of its own reads as its name. */
export function eventWords({ kind, detail }: EventRecord): string {
  const known: Readonly<Record<string, Words>> = WORDS;
  const words = known[kind] ?? kind.replaceAll("-", " ");
  return `${typeof words === "string" ? words : words(detail)}${paperWords(detail)}`;
}

/** Whose word it is, where a paper told of it afterwards: the event's own time is when it was entered. */
function paperWords({ paperAt, paperBy }: Detail): string {
  return typeof paperAt === "string"
    ? ` (entered from paper: it happened on ${formatDateTime(paperAt)}, by ${paperBy ?? "somebody"})`
    : "";
}
