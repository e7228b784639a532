import type { ApprovalRequest } from "../../../domain/approval.ts";
import { DAY } from "../../../domain/clock.ts";
import { standInOf } from "../../../domain/colleague.ts";
import type { StoredEvent } from "../../../domain/event.ts";
import { incomingName } from "../../../domain/incoming-post.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { ADVISER_ROLES, advises } from "../../advice/advisers.ts";
import { dueText } from "../../approvals/due-text.ts";
import { arrangementsToAgreeBy, toAgreeBy } from "../../approvals/queue.ts";
import { thingsAre } from "../../assessing/left-to-do.ts";
import { chaseOf } from "../../carrying/chase.ts";
import { unconfirmedAmong, withRegistered } from "../../drafts/registered.ts";
import { waitingGovernance } from "../../governance/waiting-governance.ts";
import type { Looker } from "../../incidents/may-read.ts";
import { waitingIncidents } from "../../incidents/waiting-incidents.ts";
import { waitingRecovery } from "../../recovery-key/waiting-recovery.ts";
import { type AccountTexts, accountTextsIn } from "../../texts/account/texts.ts";
import { carriedStep, lateStep } from "../transfer/carried-step.ts";
import {
  cameBack,
  hasAsked,
  type Matter,
  needsWords,
  openedBefore,
  openMatters,
  saidAgain,
} from "../transfer/matters.ts";

/** One thing that waits for somebody: a sentence and a button. */
export interface Waiting {
  readonly says: string;
  readonly button: string;
  readonly href: string;
}

/** Days after which a missing receipt is somebody's to ask about (SDT-28). */
const RECEIPT_DAYS = 3;
const MOST = 100;

/** A transfer of the member's own with its recipients. */
export interface Sent {
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
}

/** The member's newest transfers with their recipients. */
export async function sentBy(reader: Reader, memberId: string): Promise<readonly Sent[]> {
  const transfers = await reader.transfersOf(memberId, { limit: MOST, offset: 0 });
  return Promise.all(
    transfers.map(async (transfer) => ({ transfer, recipients: await reader.recipients(transfer.reference) })),
  );
}

/** What waits for the member, most urgent first: problems that were reported, words to tell, agreement to give, decisions, packages to open, receipts to ask about, drafts. */
export async function waitingFor(
  reader: Reader,
  memberId: string,
  sent: readonly Sent[],
  now: Date,
  looker: Looker,
  { left, keptBack }: { readonly left: ReadonlyMap<string, number>; readonly keptBack: ReadonlySet<string> },
  texts: AccountTexts["home"] = accountTextsIn("en").home,
): Promise<readonly Waiting[]> {
  const released = await Promise.all(
    sent
      .filter(({ transfer }) => transfer.state === "released")
      .map(async (each) => ({ ...each, events: await reader.eventsOf(each.transfer.reference) })),
  );
  const each = (make: (recipient: Recipient, transfer: Transfer, events: readonly StoredEvent[]) => Waiting | null) =>
    released
      .filter(({ transfer }) => !transfer.carriage)
      .flatMap(({ transfer, recipients, events }) =>
        recipients
          .filter((recipient) => !isOver(recipient))
          .flatMap((recipient) => {
            const made = make(recipient, transfer, events);
            return made ? [made] : [];
          }),
      );
  const member = await reader.member(memberId);
  const asked = new Set(
    released.flatMap(({ transfer, recipients, events }) =>
      openMatters(recipients, events).length > 0 ? [transfer.reference] : [],
    ),
  );
  return [
    ...(await waitingIncidents(reader, looker, now.toISOString(), asked)),
    ...each(wordsToTell),
    ...(await wordsInPlace(reader, memberId)),
    ...each(notReached),
    ...(await Promise.all(sent.map((one) => carriedOf(reader, one, now)))).flat(),
    ...sent.flatMap(({ transfer }) => (keptBack.has(transfer.reference) ? [cannotGo(transfer)] : [])),
    ...(await toAgree(reader, memberId, now, keptBack)),
    ...(await toFollow(reader, memberId)),
    ...(await toAdvise(reader, memberId)),
    ...(await answers(reader, sent)),
    ...released.flatMap(({ transfer, recipients, events }) =>
      openMatters(recipients, events).map((matter) => matterOf(matter, transfer)),
    ),
    ...(await toOpen(reader, memberId, texts)),
    ...(await inPostRoom(reader, memberId)),
    ...(member ? await waitingRecovery(reader, member) : []),
    ...(member ? await waitingGovernance(reader, member) : []),
    ...each((recipient, transfer, events) => withoutReceipt(recipient, transfer, events, now)),
    ...(await Promise.all(
      sent
        .filter(({ transfer }) => transfer.state === "draft")
        .map(async (each) => (await registering(reader, each)) ?? draft(each, left)),
    )),
  ];
}

/** SDT-5: signed, and waiting for an agreement that would be of no use. */
function cannotGo({ reference }: Transfer): Waiting {
  return {
    says: `${reference} cannot go as it is any more, and nobody is asked to agree to it until you have looked at it.`,
    button: "See why",
    href: `/transfers/${reference}`,
  };
}

async function toAgree(
  reader: Reader,
  memberId: string,
  now: Date,
  keptBack: ReadonlySet<string>,
): Promise<readonly Waiting[]> {
  const member = await reader.member(memberId);
  if (!member) return [];
  const at = now.toISOString();
  const useful = (await toAgreeBy(reader, member, at)).filter(({ request }) => !keptBack.has(request.reference));
  const transfers = useful.map(({ request: { id, reference, dueAt }, approver: { inPlaceOf }, sender }) => ({
    says: `Agree or refuse: ${reference} from ${sender.name}${inPlaceOf ? `, in place of ${inPlaceOf.name}` : ""}, ${dueText(dueAt, now)}.`,
    button: "Look at it",
    href: `/to-agree/${id}`,
  }));
  const arrangements = (await arrangementsToAgreeBy(reader, member, at)).map(({ arrangement: { id }, requester }) => ({
    says: `${requester.name} asks you to agree in advance to something that recurs.`,
    button: "Look at it",
    href: `/arrangements/${id}`,
  }));
  return [...transfers, ...arrangements];
}

/** OXM-4, SDT2-5, SDT2-6: what the member's team is asked, or was told. */
async function toAdvise(reader: Reader, memberId: string): Promise<readonly Waiting[]> {
  const member = await reader.member(memberId);
  const open = (await reader.openAdvice()).filter((each) => member !== null && advises(member, each));
  return open.map(({ id, reference, question }) => ({
    says:
      question === ""
        ? `${reference} takes personal data to a third party: decide on an impact assessment.`
        : `Your advice is asked for: ${reference}.`,
    button: "Look at it",
    href: `/advice/${id}`,
  }));
}

/** SDT2-5: answers that ask something of the sender, before or after release, until they have said what was decided. */
async function toFollow(reader: Reader, memberId: string): Promise<readonly Waiting[]> {
  return (await reader.adviceToFollow(memberId)).map(({ id, reference, adviser }) => ({
    says: `${reference}: ${ADVISER_ROLES[adviser].name} says that an impact assessment is needed. Say what was decided.`,
    button: "Say what was decided",
    href: `/advice/${id}`,
  }));
}

/** What others answered, asked, or did not answer, about what the member sends. */
async function answers(reader: Reader, sent: readonly Sent[]): Promise<readonly Waiting[]> {
  const lines = await Promise.all(
    sent.map(async ({ transfer: { reference, state, carriage } }): Promise<readonly Waiting[]> => {
      const href = `/transfers/${reference}`;
      if (state === "refused")
        return [{ says: `${reference} was refused, so it was not sent.`, button: "See why", href }];
      if (state === "approved" && !carriage) {
        return [{ says: `${reference} is agreed to, and not sent yet.`, button: "See why", href }];
      }
      if (state !== "requested") return [];
      const requests = await reader.approvalsOf(reference);
      const asks = requests.some(
        (each) => each.state === "waiting" && each.questions.some(({ answer }) => answer === null),
      );
      if (asks)
        return [{ says: `Somebody who has to agree to ${reference} asks you something.`, button: "Answer", href }];
      const newer = (lapsed: ApprovalRequest) =>
        requests.some((each) => each.role === lapsed.role && each.askedAt > lapsed.askedAt);
      return requests.some((each) => each.state === "lapsed" && !newer(each))
        ? [{ says: `Nobody answered in time whether ${reference} may be sent.`, button: "See what can be done", href }]
        : [];
    }),
  );
  return lines.flat();
}

/** What the sender of something that is carried does next: see to it as it goes, tell a password, ask after it once it is late. */
async function carriedOf(reader: Reader, { transfer, recipients }: Sent, now: Date): Promise<readonly Waiting[]> {
  const { reference, carriage, state } = transfer;
  const path = `/transfers/${reference}`;
  if (!carriage) return [];
  if (state === "approved") {
    return [{ says: `${reference} may go now: see to it, and record it.`, button: "Go on", href: `${path}/carry` }];
  }
  if (state !== "released") return [];
  const today = now.toISOString().slice(0, 10);
  const late = lateStep(transfer, recipients, path, today)?.late ?? [];
  if (late.length > 0) {
    const lines = await Promise.all(late.map((each) => chaseOf(reader, transfer, each)));
    return lines.map(({ says, short }) => ({
      says: `${reference}: ${says} ${short.charAt(0).toUpperCase()}${short.slice(1)}.`,
      button: "See what to do",
      href: `${path}#late`,
    }));
  }
  const { says, button } = carriedStep(transfer, recipients, path);
  const since = carriage.method !== "telephone" && (carriage.dispatch?.expected ?? "") < today;
  const urgent = button?.text === "Tell the password" || since;
  return button && urgent ? [{ says: `${reference}: ${says}`, button: button.text, href: button.href }] : [];
}

function wordsToTell(recipient: Recipient, { reference }: Transfer, events: readonly StoredEvent[]): Waiting | null {
  if (!needsWords(recipient, events)) return null;
  const asked = `${recipient.name} asks you to tell them the six words${recipient.wordsToldAt ? " again" : ""}: ${reference}.`;
  return {
    says: hasAsked(recipient, events) ? asked : `Tell ${recipient.name} the six words: ${reference} has arrived.`,
    button: "Tell the words",
    href: `/transfers/${reference}/words/${recipient.id}`,
  };
}

/** SDT-13: the words that a stand-in tells in the sender’s place; whoever they are for has confirmed arrival. */
async function wordsInPlace(reader: Reader, memberId: string): Promise<readonly Waiting[]> {
  const found = await Promise.all(
    (await reader.transfersToStandInFor(memberId, MOST))
      .filter(({ carriage }) => !carriage)
      .map(async (transfer) => {
        const events = await reader.eventsOf(transfer.reference);
        const sender = (await reader.member(transfer.senderId))?.name ?? "the sender";
        const recipients = await reader.recipients(transfer.reference);
        if ((await standInOf(reader, transfer, recipients)) === null) return [];
        return recipients.flatMap((recipient) => {
          const made = wordsToTell(recipient, transfer, events);
          return made ? [{ ...made, says: `In place of ${sender}: ${made.says}` }] : [];
        });
      }),
  );
  return found.flat();
}

function notReached(recipient: Recipient, { reference }: Transfer, events: readonly StoredEvent[]): Waiting | null {
  if (!cameBack(recipient, events)) return null;
  const href = `/transfers/${reference}/recipients/${recipient.id}`;
  return { says: `The email to ${recipient.name} came back: ${reference}.`, button: "Correct the address", href };
}

function matterOf(matter: Matter, { reference }: Transfer): Waiting {
  const { kind, recipient } = matter;
  const { name, id } = recipient;
  const says = {
    paused: matter.reported
      ? `It was reported that ${reference} may have reached the wrong person. It is paused for ${name}.`
      : `Somebody who holds ${name}’s link for ${reference} said that it is not for them.`,
    misdirected: `${name} says that ${reference} is not for them. Their access has ended.`,
    problem: `${name} says that something is wrong with ${reference}.`,
  };
  const button = { paused: "Decide", misdirected: "See what can be done", problem: "See what they said" };
  return {
    says: says[kind] + openedBefore(matter) + saidAgain(matter),
    button: button[kind],
    href: `/transfers/${reference}/recipients/${id}`,
  };
}

/** What came for the member: all that waits for somebody from outside, in their language. */
async function toOpen(reader: Reader, memberId: string, texts: AccountTexts["home"]): Promise<readonly Waiting[]> {
  const rows = await reader.inboxOf(memberId, { limit: MOST, offset: 0 });
  const open = rows.filter(({ state }) => state === "released" || state === "arrived" || state === "opened");
  return Promise.all(
    open.map(async ({ id, reference, state }) => {
      const transfer = await reader.transfer(reference);
      const sender = transfer ? await reader.member(transfer.senderId) : null;
      const from = sender?.name ?? "";
      if (transfer?.carriage) {
        const says = texts.onItsWay(reference, from);
        return { says, button: texts.arrived, href: `/arrived?reference=${reference}` };
      }
      return state === "opened"
        ? { says: texts.opened(reference, from), button: texts.confirm, href: `/r/${id}` }
        : { says: texts.here(reference, from), button: texts.open, href: `/r/${id}` };
    }),
  );
}

/** SIS-9: what came for them and waits in the post room. */
async function inPostRoom(reader: Reader, memberId: string): Promise<readonly Waiting[]> {
  return (await reader.incomingPostFor(memberId)).map((post) => ({
    says: `Something for you waits in the post room: ${incomingName(post)}${post.addresseeOnly ? ", ADDRESSEE ONLY" : ""}.`,
    button: "See what to do",
    href: "/post-waiting",
  }));
}

/** SDT-28: the sender checks at a fitting time and obtains a receipt. */
function withoutReceipt(
  recipient: Recipient,
  { reference }: Transfer,
  events: readonly StoredEvent[],
  now: Date,
): Waiting | null {
  const { state, releasedAt, name, id } = recipient;
  if (state === "received" || state === "paused" || needsWords(recipient, events) || !releasedAt) return null;
  if (cameBack(recipient, events)) return null;
  const days = Math.floor((now.getTime() - Date.parse(releasedAt)) / DAY);
  if (days < RECEIPT_DAYS) return null;
  return {
    says: `No receipt yet from ${name} for ${reference}, ${days} days.`,
    button: "See what happened",
    href: `/transfers/${reference}/recipients/${id}`,
  };
}

/** OXM-22: a draft that waits for somebody to register, or for its sender to compare the number of the key that was made. Else null. */
async function registering(reader: Reader, { transfer, recipients }: Sent): Promise<Waiting | null> {
  const { reference } = transfer;
  const path = `/transfers/${reference}`;
  const made = await unconfirmedAmong(reader, recipients);
  const [first, ...others] = recipients.filter(({ id }) => made.includes(id));
  if (first) {
    const who = others.length === 0 ? first.name : `${first.name}, and ${others.length} more,`;
    const says = `Somebody has registered as ${who} for ${reference}. Check that the key is theirs: nothing is sealed to it before.`;
    return { says, button: "Compare the number", href: `${path}/check-people` };
  }
  const waited = (await withRegistered(reader, recipients)).filter(({ registerFirst }) => registerFirst);
  const [only, ...more] = waited.map(({ name }) => name);
  if (only === undefined) return null;
  const who = more.length === 0 ? `${only} has` : `${waited.length} people have`;
  return { says: `Not sent yet: ${reference}. It waits until ${who} registered.`, button: "Look at it", href: path };
}

const HALF = " Its files have not all arrived: choose the same files again, and it goes on where it stopped.";

/** @param left things to do before it can be signed, by reference */
function draft({ transfer, recipients }: Sent, left: ReadonlyMap<string, number>): Waiting {
  const names = recipients.map(({ name }) => name);
  const { sealed, uploadId, carriage } = transfer;
  const files = sealed || carriage ? "" : uploadId ? HALF : " It holds no files or message yet.";
  const todo = left.get(transfer.reference) ?? 0;
  const who = names.length === 0 ? "nobody yet" : names.length > 2 ? `${names.length} people` : names.join(" and ");
  return {
    says: `Not sent yet: ${transfer.reference}, for ${who}.${files}${todo > 0 ? ` ${thingsAre(todo)} to do${files ? " besides," : ""} before you can sign.` : ""}`,
    button: "Go on",
    href: `/transfers/${transfer.reference}`,
  };
}
