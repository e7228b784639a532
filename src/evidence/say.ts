import { groundText, readingText } from "../domain/reading-text.ts";
import type { EventRecord } from "../log/event-digest.ts";
import type { Statement } from "../log/statement.ts";
import type { EnrolmentKnown } from "./check-enrolment.ts";
import type { CheckedStatement } from "./check-statements.ts";
import type { Evidence } from "./pack.ts";
import type { CheckedNeed } from "./read-assessment.ts";
import { timeText } from "./time-text.ts";
import type { Opened, Verified } from "./verify-pack.ts";

/** What a pack proves, and what it does not, in sentences. */
export interface Said {
  readonly proved: readonly string[];
  readonly notProved: readonly string[];
}

/** Plain words for what `verifyPack` found (SDT-28). Times without a witness's are said to be the organisation's. */
export function sayProved(verified: Verified): Said {
  const { evidence, log, statements, course, certified, names } = verified;
  const { origin, size } = log.checkpoint;
  const signed = statements.flatMap((each) => signedTexts(verified, each));
  const released = course.released;
  return {
    proved: [
      `${evidence.organisation} says that this is what happened to ${evidence.reference}: ${evidence.events.length} events are in its log ${origin}, exactly so, among ${size}.`,
      ...log.vouched.map(({ witness, size: seen, time }) => vouchedText(evidence.events, witness, seen, time)),
      ...signed,
      ...enrolmentTexts(verified, "signed"),
      ...(released
        ? [
            `It was released on ${timeText(released.event.at)}, after its sender had signed${agreedText(evidence, course.approvals)}.`,
          ]
        : ["It was not released when this pack was taken."]),
      ...decidedText(verified),
      ...(course.destroyed
        ? [`The organisation says that content and every access were destroyed on ${timeText(course.destroyed.at)}.`]
        : []),
      ...(certified
        ? [
            `It signed a certificate of that with its log's key: event ${certified.event.seq}, destroyed by ${timeText(certified.destroyedAt)}. Backups may hold it ${certified.backupsUntil === null ? "for as long as it keeps them" : `until ${timeText(certified.backupsUntil)}`}.`,
          ]
        : []),
      ...(names ? [`The names of files are those of the list that was signed: ${names.length}.`] : []),
    ],
    notProved: [
      ...(log.vouched.length === 0
        ? [
            `${unvouchedText(log.unchecked)}: nothing here shows that the organisation did not rewrite its history. Every time here is its own word.`,
          ]
        : ["Times in the events are the organisation's word; only a witness's time is somebody else's."]),
      "That nothing was left out of the list of events: that is the organisation's word, but for what comes before a release.",
      "What a signer saw on the screen when they signed. It is the page that showed it.",
      "That anybody read each file, or what the files hold: no content is in this pack.",
      ...(verified.decided === null
        ? []
        : [
            "That these were all the rules that applied, that they were met, and that nobody else had to agree: that is the organisation's word. Nothing here decides again, and what met a rule is what was stated, measured or on its records then.",
          ]),
      "Who a person is, and which role is theirs: names, addresses and roles are from the organisation's records.",
      ...evidence.events.filter(({ kind }) => CONFIRMED.includes(kind)).map((event) => confirmedText(verified, event)),
      ...statements.filter(({ enrolled }) => enrolled === "none").map(unenrolledText),
      ...enrolmentTexts(verified, "recorded"),
      ...statements.flatMap((each) => unsaidDeputyText(evidence, each)),
      ...arrivalTexts(statements),
      ...(course.destroyed ? ["That no copy is left in a backup: see the organisation's retention of backups."] : []),
    ],
  };
}

/** SIS-28: what the rules were asked, by clause, and what was still open. */
function decidedText({ decided, course }: Verified): readonly string[] {
  if (decided === null) return [];
  const { signed, released } = decided;
  if (signed.asked === null) {
    const open = listText(signed.needs.map(openText)) || "nothing";
    return [
      `The organisation says that its rules left open: ${open}. Its sender signed for that answer. Which rules the facts had met was not recorded then.`,
    ];
  }
  const asked = signed.asked;
  const clauses = [...new Set(asked.flatMap((each) => each.clauses))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const conditions = asked.filter(({ weight }) => weight === "need");
  const open = conditions.filter((each) => !each.met);
  const agreed = (need: string) => {
    const given = course.approvals.find(({ statement }) => need === `approval:${statement.role}`);
    return given ? `, agreed to in event ${given.event.seq}` : "";
  };
  const left = listText(open.map((each) => `${openText(each)}${agreed(each.need)}`));
  const later =
    released?.needs.length === 0 && course.released ? " It says that when it was released, all of them were met." : "";
  return [
    `The organisation says that its rules asked ${conditions.length} things of it and advised ${asked.length - conditions.length} (${clauses.join(", ")}): of what was asked, ${conditions.length - open.length} were met by the facts, and open were: ${left || "none"}. Its sender signed for that answer.${later}`,
    ...readingTexts(asked),
  ];
}

/** Rules that go beyond the words of their clauses, by what they say of themselves. */
function readingTexts(asked: readonly CheckedNeed[]): readonly string[] {
  const read = asked.filter((each) => readingText(each) !== "").map((each) => `${each.rule} (${groundText(each)})`);
  return read.length === 0
    ? []
    : [`Of these rules, some read their clauses, which do not say it word for word: ${listText(read)}.`];
}

function openText(each: CheckedNeed): string {
  return `${each.need} (${groundText(each) || "no clause"})`;
}

function listText(texts: readonly string[]): string {
  return texts.join("; ");
}

const ACTS: Readonly<Record<string, string>> = {
  send: "signed the waybill",
  approve: "agreed to it",
  refuse: "refused it",
  arrive: "confirmed that it arrived",
  recover: "asked for it, or agreed that it is opened, with the organisation's recovery key",
  receive: "signed that they have it and it is complete",
};

const KEYS = {
  passkey: "with a passkey, which verified who was there",
  device: "with the key of a command line",
  arrival: "with the key that stands for them in this transfer (whose it is, see what is not proved)",
} as const;

/** With these what the sender's device could add is gone. */
const ENDED: readonly string[] = ["transfer-recalled", "transfer-expired", "transfer-closed"];

function signedTexts(
  { evidence, opened, course }: Verified,
  { event, statement, keyKind }: CheckedStatement,
): readonly string[] {
  const name =
    evidence.people.find(({ address }) => address === statement.signer)?.name ??
    evidence.recipients.find(({ entry }) => entry.address === statement.signer)?.entry.name;
  const role =
    statement.kind === "approve" || statement.kind === "refuse"
      ? ` as ${statement.role}${inPlaceText(evidence, statement)}`
      : "";
  const who = `${name ?? "Somebody"} (${statement.signer})`;
  const sent = statement.kind === "send" && course.released ? " and sent it" : "";
  const act = `${who} ${ACTS[statement.kind] ?? statement.kind}${sent}${role}, ${KEYS[keyKind]}; event ${event.seq}, ${timeText(event.at)}.`;
  if (statement.kind !== "receive") return [act];
  const ended = evidence.events.some(({ kind }) => ENDED.includes(kind));
  const handled = typeof event.detail.handling === "string" ? " They acknowledged how it is to be handled." : "";
  return [`${act}${handled}`, `${who}: ${openedText(event, opened, ended)}`];
}

/** SDT-28: a token that is there proves that they opened it; without it, they say so, and the server that it checked the token. */
function openedText({ recipientId, detail }: EventRecord, opened: readonly Opened[], ended: boolean): string {
  const token = opened.find((each) => each.recipientId === recipientId);
  const forged = "the sender's device made the token, so sender and server together could have made this up";
  if (token?.signed)
    return `proved opened. They signed over the receipt token that was sealed to them, and that token is here (${forged}).`;
  if (token?.from === "given") return `proved opened, by their receipt token, which was given (${forged}).`;
  if (token)
    return "proved opened, by the server's word, which says that they showed the receipt token; the sender added the same token to this pack.";
  return typeof detail.opened === "string"
    ? `says received. They signed over a receipt token: that it is the one that was sealed to them is the server's word until the token is here. ${ended ? "The transfer has ended: a pack that its sender took with the token before then has it, and its recipient may have saved it; given as a receipt token, it counts here." : "The sender can add it until the transfer ends, and its recipient can save it where they opened it and give it."}`
    : "says received. That they opened it is the server's word unless their receipt token is given.";
}

/** Confirmations that came another way than by a signature (SDT-28). */
const CONFIRMED: readonly string[] = ["confirmation-recorded", "receipt-recorded"];

function confirmedText({ evidence }: Verified, { seq, at, recipientId, detail }: EventRecord): string {
  const name = evidence.recipients.find(({ id }) => id === recipientId)?.entry.name ?? "Somebody";
  return `That ${name} received it: event ${seq}, ${timeText(at)}, records that they say so (${String(detail.how ?? "unsaid")})${typeof detail.digest === "string" ? `, with the SHA-256 ${detail.digest}` : ""}, and nobody signed it.`;
}

function agreedText(evidence: Evidence, approvals: readonly CheckedStatement[]): string {
  const roles = approvals.map(
    ({ statement }) => `${statement.role} (${statement.signer}${inPlaceText(evidence, statement)})`,
  );
  return roles.length === 0
    ? "; its waybill names nobody else who had to agree"
    : ` and these had agreed to exactly that waybill: ${roles.join(", ")}`;
}

function vouchedText(events: readonly EventRecord[], witness: string, size: number, time: number): string {
  const covered = events.filter(({ seq }) => seq <= size).length;
  const at = new Date(time * 1000);
  const when = Number.isNaN(at.getTime()) ? `second ${time}` : timeText(at.toISOString());
  return `The witness ${witness} vouches, by its own clock, that ${covered} of these events were in the log at ${when} at the latest, and that the log had only grown until then.`;
}

/** @param unchecked names that signatures in the pack bear. Whoever made the pack controls them. */
function unvouchedText(unchecked: readonly string[]): string {
  return unchecked.length === 0
    ? "No witness vouches for the log"
    : `No witness's key was given, though the pack has signatures in the name of ${unchecked.join(", ")}, which were not checked (get the key from the witness, and give it as a witness key)`;
}

/** SDT-28: nothing vouches for an arrival key but the server that took it in: one line for each person. */
function arrivalTexts(statements: readonly CheckedStatement[]): readonly string[] {
  const own = statements.filter(({ keyKind }) => keyKind === "arrival");
  return [...new Set(own.map(({ statement }) => statement.signer))].map((signer) => {
    const seqs = own.filter(({ statement }) => statement.signer === signer).map(({ event }) => event.seq);
    return `That the key of ${seqs.length === 1 ? "event" : "events"} ${seqs.join(", ")} was made on the device of ${signer}, after they had proved their mailbox: that is the organisation's word. Its server could have made that key itself.`;
  });
}

/** One line for each key whose enrolment is known in this way. */
function enrolmentTexts({ evidence, statements }: Verified, known: EnrolmentKnown): readonly string[] {
  const theirs = statements.filter(({ enrolled }) => enrolled === known);
  return [...new Set(theirs.map(({ event }) => event.detail.publicKey))].map((publicKey) => {
    const own = theirs.filter(({ event }) => event.detail.publicKey === publicKey);
    const what = own[0]?.keyKind === "device" ? "key of a command line" : "passkey";
    const of = `the ${what} of event${own.length === 1 ? "" : "s"} ${own.map(({ event }) => event.seq).join(", ")}`;
    const signer = own[0]?.statement.signer ?? "";
    const enrolled = evidence.keys.find((key) => key.publicKey === publicKey)?.enrolled;
    const seq = enrolled?.seq;
    const agreed = (enrolled?.detail.agreedBy ?? "") !== ""; // checked, where there is any
    if (known !== "signed")
      return `That anybody signed when ${of} was enrolled for ${signer}: event ${seq} says that it was enrolled, and what was signed then was not kept.`;
    const by = what === "passkey" ? "itself" : "a passkey that the organisation says is theirs";
    return `When ${of} was enrolled for ${signer}, ${by} signed that${agreed ? ", and a passkey of theirs that was there before signed that it is theirs too" : ""}; event ${seq}.`;
  });
}

/** What a deputy signed about in whose place. */
function inPlaceText({ people }: Evidence, { inPlaceOf }: Statement): string {
  if (inPlaceOf === undefined) return "";
  return ` in the place of ${people.find(({ address }) => address === inPlaceOf)?.name ?? "somebody"} (${inPlaceOf})`;
}

/** Of what a deputy signed by an earlier version: in whose place was not signed. */
function unsaidDeputyText({ people }: Evidence, { event, statement }: CheckedStatement): readonly string[] {
  const { inPlaceOf } = event.detail;
  if (statement.inPlaceOf !== undefined || typeof inPlaceOf !== "string") return [];
  const whose = people.find(({ id }) => id === inPlaceOf)?.name ?? "somebody else";
  return [
    `That ${statement.signer} answered in the place of ${whose} (event ${event.seq}): the organisation's records alone say so; it was not part of what was signed then.`,
  ];
}

function unenrolledText({ event, statement }: CheckedStatement): string {
  return `That the key of event ${event.seq} was enrolled by ${statement.signer}: the organisation's records alone say so.`;
}
