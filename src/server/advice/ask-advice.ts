import { randomId } from "../../bytes/random.ts";
import type { AdviceLine, AdviceRequest } from "../../domain/advice.ts";
import { DomainError } from "../../domain/error.ts";
import type { Adviser } from "../../domain/facts.ts";
import { happened, type Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import type { Place } from "../parts.ts";
import { type AdviceRestsOn, restsOn } from "./advice-basis.ts";
import { ADVISER_ROLES, advisersOf, notForThem } from "./advisers.ts";
import { showsTheSame } from "./shown-facts.ts";

interface Asking {
  readonly reference: string;
  readonly adviser: Adviser;
  /** Empty where the product tells them by itself. */
  readonly question: string;
  /** `adviceBasis` of the facts that they are asked about; `noticeBasis` where they are only told. */
  readonly basis: string;
  /** `shownFacts` now. */
  readonly shown: readonly AdviceLine[];
  readonly sender: Member;
  readonly place: Place;
}

/**
 * OXM-4, SIS-15, SDT2-6: asks an adviser about a transfer. They see its facts, and never what is sealed.
 * @throws DomainError `incomplete` when nobody can be asked
 */
export async function askAdvice(tx: Writer, asking: Asking, taken: Taken): Promise<AdviceRequest> {
  const { reference, adviser, question, basis, shown, sender } = asking;
  const others = (await advisersOf(tx, adviser)).filter(({ id }) => id !== sender.id);
  const advisers = question === "" ? others : await notForThem(tx, others, await tx.recipients(reference));
  if (advisers.length === 0) {
    const who = others.length === 0 ? "Nobody but you" : "Nobody but you and people whom it is for";
    const message = `${who} answers for ${ADVISER_ROLES[adviser].name}. Nothing was asked: an administrator puts that right under People.`;
    throw new DomainError({ code: "incomplete", message });
  }
  const advice: AdviceRequest = {
    ...{ id: randomId(), reference, adviser, question, basis, shown, askedBy: sender.id, askedAt: taken.at },
    ...{ answer: null, verdict: null, impactAssessment: null, answeredBy: null, answeredAt: null },
    ...{ outcome: null, outcomeAt: null, supersededAt: null },
  };
  await tx.saveAdvice(advice);
  await tx.append(happened("advice-asked", taken, reference, null, { advice: advice.id, adviser, question }));
  for (const each of advisers) await tx.post(mailTo(each, advice, asking, taken.at));
  return advice;
}

interface Telling extends Omit<Asking, "adviser" | "question"> {
  /** What an answer would rest on now. */
  readonly now: AdviceRestsOn;
}

/**
 * SDT2-5: the privacy team is told of personal data that goes to a third party, so that it can decide on an impact assessment: once, and
 * anew when what it was told of has changed, which closes what it had not answered. Whom the sender asked something themselves know of it
 * where they were shown all of it as it is now, and not of anything else.
 */
export async function tellPrivacyTeam(tx: Writer, { now, ...asking }: Telling, taken: Taken): Promise<void> {
  await closeNotices(tx, asking.reference, asking.basis, taken);
  let told = false;
  for (const { adviser, question, basis, shown, supersededAt } of await tx.adviceOf(asking.reference)) {
    if (adviser !== "privacy-team" || supersededAt !== null) continue;
    told ||=
      question === "" ? basis === asking.basis : showsTheSame(shown, asking.shown) && (await restsOn(basis, now));
  }
  const anybody = (await advisersOf(tx, "privacy-team")).some(({ id }) => id !== asking.sender.id);
  if (!told && anybody) await askAdvice(tx, { ...asking, adviser: "privacy-team", question: "" }, taken);
}

/**
 * SDT2-5: closes the notices that nobody has answered and that are about other facts.
 * @param basis `noticeBasis` of the facts now; null where nobody is told of it
 */
export async function closeNotices(tx: Writer, reference: string, basis: string | null, taken: Taken): Promise<void> {
  for (const each of await tx.adviceOf(reference)) {
    const open = each.question === "" && each.answeredAt === null && each.supersededAt === null;
    if (!open || each.basis === basis) continue;
    await tx.saveAdvice({ ...each, supersededAt: taken.at });
    const detail = { advice: each.id, adviser: each.adviser, again: basis !== null };
    await tx.append(happened("advice-superseded", taken, reference, null, detail));
  }
}

/**
 * SIS-15, SDT2-6: closes what this adviser was asked about other facts and has not answered: they are asked anew.
 * @param now what an answer would rest on now
 */
export async function closeStaleQuestions(
  tx: Writer,
  { reference, adviser, now }: { readonly reference: string; readonly adviser: Adviser; readonly now: AdviceRestsOn },
  taken: Taken,
): Promise<void> {
  for (const each of await tx.adviceOf(reference)) {
    const open = each.question !== "" && each.answeredAt === null && each.supersededAt === null;
    if (!open || each.adviser !== adviser || (await restsOn(each.basis, now))) continue;
    await tx.saveAdvice({ ...each, supersededAt: taken.at });
    await tx.append(happened("advice-superseded", taken, reference, null, { advice: each.id, adviser, asked: true }));
  }
}

/** Names who asks and the reference, and nothing of what it is about. */
function mailTo(adviser: Member, { id, question }: AdviceRequest, { reference, sender, place }: Asking, at: string) {
  const what =
    question === ""
      ? `${sender.name} (${sender.address}) is sending personal data to a third party. You are told so that you can decide whether an impact assessment is needed.`
      : `${sender.name} (${sender.address}) asks for your advice before something is sent.`;
  return {
    id: randomId(),
    to: adviser.address,
    subject: `${reference}: ${question === "" ? "personal data to a third party" : "your advice is asked for"}`,
    text: `Dear ${adviser.name},\n\n${what}\n\nReference: ${reference}\nSee the facts and answer: ${place.origin}/advice/${id}\n\nYou see what was stated, and not what is sealed.\n`,
    reference,
    recipientId: null,
    createdAt: at,
  };
}
