import type { StoredEvent } from "../../../domain/event.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { thingsAre } from "../../assessing/left-to-do.ts";
import { agreementStep } from "./agreement-step.ts";
import type { AgreementView } from "./agreement-view.ts";
import { carriedDraftStep, carriedStep, lacksReport, toCarry } from "./carried-step.ts";
import { endedSays } from "./ended.ts";
import { cameBack, hasAsked, type Matter, needsWords, openedBefore, openMatters, saidAgain } from "./matters.ts";

/** What happens next: one sentence, and at most one button. */
export interface NextStep {
  readonly says: string;
  /** `post`: it changes something at once, so it is a form's. */
  readonly button: { readonly text: string; readonly href: string; readonly post?: true } | null;
}

/** The most urgent thing first. `recipients` of a draft are those after registration was looked up.
 * `toConfirm`: ids of those whose key waits for the sender’s confirmation. `left`: things to do before a draft can be signed. */
export function nextStep(
  transfer: Transfer,
  recipients: readonly Recipient[],
  events: readonly StoredEvent[],
  toConfirm: readonly string[] = [],
  agreement: AgreementView | null = null,
  left = 0,
): NextStep {
  const path = `/transfers/${transfer.reference}`;
  switch (transfer.state) {
    case "draft":
      if (transfer.carriage) return carriedDraftStep(transfer, left);
      return draftStep(transfer, recipients, path, toConfirm, left);
    case "approved":
      if (transfer.carriage) return toCarry(path);
      return agreementStep(transfer, recipients, agreement ?? undefined);
    case "requested":
    case "refused":
      return agreementStep(transfer, recipients, agreement ?? undefined);
    case "released":
      if (transfer.carriage) return carriedStep(transfer, recipients, path, lacksReport(transfer, events));
      return releasedStep(recipients, events, path);
    case "recalled":
      return { says: "You took it back. Nobody can open it any more. This record stays.", button: null };
    case "expired":
    case "closed":
      return { says: endedSays(transfer, recipients), button: null };
  }
}

function draftStep(
  transfer: Transfer,
  recipients: readonly Recipient[],
  path: string,
  toConfirm: readonly string[],
  left: number,
): NextStep {
  const unconfirmed = recipients.find(({ id }) => toConfirm.includes(id));
  if (unconfirmed) {
    return {
      says: `Somebody has registered as ${unconfirmed.name}, with the link in their mailbox. Check that the key is theirs: nothing is sealed to it before.`,
      button: { text: "Check who it is for", href: `${path}/check-people` },
    };
  }
  const waited = recipients.filter((each) => each.registerFirst).map(({ name }) => name);
  if (waited.length > 0) {
    const [only = ""] = waited;
    const who = waited.length === 1 ? only : `${waited.length} people`;
    return {
      says: `It waits until ${who} ${waited.length === 1 ? "has" : "have"} registered. Then you can add the files.`,
      button: { text: "Change who it is for, or tell them six words instead", href: `${path}/describe` },
    };
  }
  if (transfer.sealed && left > 0) {
    return {
      says: `The files are sealed. ${thingsAre(left)} still to do before you can sign.`,
      button: { text: "See what is left to do", href: `${path}/tasks` },
    };
  }
  return transfer.sealed
    ? {
        says: "The files are sealed. Check everything, then sign.",
        button: { text: "Check and sign", href: `${path}/check` },
      }
    : {
        says: `Add the files, or write a message.${left > 0 ? ` ${thingsAre(left)} to do besides, before you can sign.` : ""}`,
        button: { text: "Add files", href: `${path}/add` },
      };
}

function releasedStep(recipients: readonly Recipient[], events: readonly StoredEvent[], path: string): NextStep {
  const live = recipients.filter((each) => !isOver(each));
  const one = (found: Recipient | undefined, says: (name: string) => string, text: string, page: string) =>
    found && { says: says(found.name), button: { text, href: `${path}${page}${found.id}` } };
  const [matter] = openMatters(recipients, events);
  const toTell = live.find((each) => needsWords(each, events));
  const bounced = live.find((each) => cameBack(each, events));
  const step =
    (matter && matterStep(matter, path)) ??
    one(
      toTell,
      (name) =>
        toTell && hasAsked(toTell, events)
          ? `${name} asks you to tell them the six words${toTell.wordsToldAt ? " again" : ""}.`
          : `Tell ${name} the six words: it has arrived.`,
      "Tell the six words",
      "/words/",
    ) ??
    one(bounced, (name) => `The email to ${name} came back.`, "Correct the address", "/recipients/");
  if (step) return step;
  const waiting = live.filter(({ state }) => state !== "received");
  if (waiting.length === 0) {
    return live.length > 0
      ? { says: "Everybody has it and has confirmed receipt. There is nothing more to do.", button: null }
      : { says: "Nobody has access any more.", button: null };
  }
  const [only] = waiting;
  const says =
    waiting.length === 1 && only
      ? `You wait for ${only.name} to ${(only.party.kind === "member" && only.state === "released" ? WAITED.arrived : WAITED[only.state]) ?? "go on"}.`
      : `You wait for ${waiting.length} of ${live.length} people to confirm receipt.`;
  return { says: `${says} They are reminded every three days.`, button: null };
}

function matterStep(matter: Matter, path: string): NextStep {
  const [says, text] = MATTERS[matter.reported ? "reported" : matter.kind];
  const { id, name } = matter.recipient;
  return {
    says: says(name) + openedBefore(matter) + saidAgain(matter),
    button: { text, href: `${path}/recipients/${id}` },
  };
}

const MATTERS: Readonly<Record<Matter["kind"] | "reported", readonly [(name: string) => string, string]>> = {
  paused: [(name) => `Somebody who holds ${name}’s link said that it is not for them.`, "Decide"],
  reported: [
    (name) => `It was reported that this may have reached the wrong person. It is paused for ${name}.`,
    "Decide",
  ],
  misdirected: [(name) => `${name} says that it is not for them. Their access has ended.`, "See what can be done"],
  problem: [(name) => `${name} says that something is wrong with it.`, "See what they said"],
};

const WAITED: Readonly<Record<string, string>> = {
  released: "confirm that it arrived",
  arrived: "open it",
  opened: "confirm receipt",
};
