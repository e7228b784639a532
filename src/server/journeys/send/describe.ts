import type { Static } from "typebox";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import type { StatedFacts, Transfer } from "../../../domain/transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { isMarkedSensitive, questionsOf } from "../../assessing/questions.ts";
import { changeDraft, startDraft } from "../../drafts/draft.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { afterDescribing } from "./after-describing.ts";
import { classificationChoices } from "./classification-choices.ts";
import { forgetTyping, type KeptTyping, keepTyping, keptTyping } from "./kept-typing.ts";
import { type NextQuestion, nextQuestion, seenOf } from "./next-question.ts";
import { NEED_FIELD, sharedWarnings } from "./people.ts";
import {
  blank,
  descriptionBody,
  expiryChoices,
  readTyped,
  type TypedDescription,
  typedFrom,
} from "./typed-description.ts";
import { NOTHING_OF_PEOPLE, passedOver, yesNo } from "./typed-information.ts";

interface Page {
  /** Where its forms go. */
  readonly action: string;
  /** The date that the draft has; null for a new one. */
  readonly kept: string | null;
  /** What was begun, and can be gone on with instead. */
  readonly drafts?: readonly Transfer[];
}

const FIRST_AGAIN = { ask: "description", errors: {}, unmatched: [], strangers: [] } as const;
const NEW: Page = { action: "/send", kept: null };

/** Who, what and why: the first page of sending, and the pages between it and the files where there is more to ask. */
export const describeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/send",
    who: "colleague",
    handle: async (visit) => {
      const kept = await keptTyping(visit, NEW.action);
      if (kept) return again(visit, NEW, kept, null);
      const typed = blank(visit.organisation.expiryDays);
      return ask(visit, { ...NEW, drafts: await newestDrafts(visit) }, typed, FIRST_AGAIN);
    },
  }),
  row({
    method: "POST",
    path: "/send",
    who: "colleague",
    body: descriptionBody,
    bodyLimit: 1024 * 1024,
    rates: [{ times: 120, seconds: 600, by: "caller" }],
    handle: async (visit, body: Static<typeof descriptionBody>) => {
      const typed = readTyped(body);
      if (body.back === "yes") return turnTo(visit, NEW, typed, FIRST_AGAIN, true);
      const next = await nextQuestion(visit, typed, null, true);
      if (next.ask !== "nothing") return turnTo(visit, NEW, typed, next);
      const reference = await startDraft(visit, next.description);
      await forgetTyping(visit, typed);
      return redirect(visit, await afterDescribing(visit, reference));
    },
  }),
  row({
    method: "GET",
    path: "/transfers/:ref/describe",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients, parts } = visit;
      refuseUnless(transfer.state === "draft", "This transfer was signed already, so it cannot be changed.");
      const kept = await keptTyping(visit, pageOf(transfer).action);
      if (kept) return again(visit, pageOf(transfer), kept, transfer.facts);
      const typed = await typedFrom(parts.records.read, transfer, recipients);
      return ask(visit, pageOf(transfer), typed, FIRST_AGAIN);
    },
  }),
  row({
    method: "GET",
    path: "/transfers/:ref/check-people",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients, parts } = visit;
      refuseUnless(transfer.state === "draft", "This transfer was signed already, so it cannot be changed.");
      const typed = { ...(await typedFrom(parts.records.read, transfer, recipients)), informationAsked: "yes" };
      const next = await nextQuestion(visit, typed, transfer.facts, false);
      return next.ask === "nothing"
        ? redirect(visit, `/transfers/${transfer.reference}`)
        : ask(visit, pageOf(transfer), typed, next);
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/describe",
    who: "sender",
    body: descriptionBody,
    bodyLimit: 1024 * 1024,
    handle: async (visit, body: Static<typeof descriptionBody>) => {
      const { transfer } = visit;
      const typed = readTyped(body);
      if (body.back === "yes") return turnTo(visit, pageOf(transfer), typed, FIRST_AGAIN, true);
      const next = await nextQuestion(visit, typed, transfer.facts, true);
      if (next.ask !== "nothing") return turnTo(visit, pageOf(transfer), typed, next);
      await changeDraft(visit, transfer.reference, next.description);
      await forgetTyping(visit, typed);
      return redirect(visit, await afterDescribing(visit, transfer.reference));
    },
  }),
];

type Asking = Exclude<NextQuestion, { readonly ask: "nothing" }>;

/** Sends the browser to the page that comes next, at an address of its own; what was typed is kept for it. */
async function turnTo(visit: MemberVisit, page: Page, typed: TypedDescription, next: Asking, back = false) {
  const address = await keepTyping(visit, page.action, { typed, back });
  return address === null ? ask(visit, page, typed, next) : redirect(visit, address);
}

/** The page that follows from what was typed, as it is now. */
async function again(visit: MemberVisit, page: Page, { typed, back }: KeptTyping, before: StatedFacts | null) {
  if (back) return ask(visit, page, typed, FIRST_AGAIN);
  const next = await nextQuestion(visit, typed, before, false);
  // Nothing is left to ask only where something changed meanwhile: the first page shows all of it, to be sent on.
  return ask(visit, page, typed, next.ask === "nothing" ? FIRST_AGAIN : next);
}

const LOOKED_AT = 20;
const SHOWN = 3;

/** Whoever comes back here from the page after has a draft already, and should not begin another. */
async function newestDrafts({ parts, member }: MemberVisit): Promise<readonly Transfer[]> {
  const newest = await parts.records.read.transfersOf(member.id, { limit: LOOKED_AT, offset: 0 });
  return newest.filter(({ state }) => state === "draft").slice(0, SHOWN);
}

function pageOf(transfer: { readonly reference: string; readonly expiresAt: string }): Page {
  return { action: `/transfers/${transfer.reference}/describe`, kept: transfer.expiresAt };
}

const TITLES = {
  refused: "This cannot be sent here",
  description: "Send something",
  information: "About the information",
  people: "Check who it is for",
} as const;

function ask(visit: MemberVisit, page: Page, typed: TypedDescription, next: Asking): string {
  const policy = policyNow(visit.parts);
  const context = {
    title: TITLES[next.ask],
    errors: next.errors,
    // The page that asks about it forgets it (SIS-4): whoever then says again that nothing is personal is believed.
    typed: passedOver(typed, yesNo(typed.personal)) === null ? typed : { ...typed, ...NOTHING_OF_PEOPLE },
    action: page.action,
    changing: page.kept !== null,
    drafts: page.drafts ?? [],
    choices: expiryChoices(visit.parts.clock.now(), visit.organisation.expiryDays, page.kept),
    ...classificationChoices(policy.settings.rules),
    questions: questionsOf(policy, typed.classification),
    marked: isMarkedSensitive(typed.classification),
    unmatched: "unmatched" in next ? next.unmatched : [],
    strangers: "strangers" in next ? next.strangers.slice(0, 10) : [],
    asks: "asks" in next ? next.asks : null,
    refusals: "refusals" in next ? next.refusals : [],
    ...("people" in next ? peopleContext(next) : {}),
  };
  const wrong = Object.keys(next.errors).length > 0;
  return render(visit, `send/${next.ask}.njk`, context, wrong ? 422 : 200);
}

function peopleContext({ people, asks, mustCheck }: Extract<NextQuestion, { readonly ask: "people" }>) {
  const invitable = people.filter(({ access, team, offer }) => access === "words" && !team && offer === null);
  return {
    people,
    invitable,
    allInvited: invitable.length > 0 && invitable.every(({ registerFirst }) => registerFirst),
    many: sharedWarnings(people),
    mustCheck,
    needField: NEED_FIELD,
    wordsCount: people.filter((each) => each.access === "words").length,
    seen: seenOf(people, asks),
  };
}
