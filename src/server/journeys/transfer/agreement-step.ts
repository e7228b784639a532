import { LAPSE_DAYS } from "../../../domain/approval.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { SIGN_ANEW } from "../../release-gate/recipients-as-agreed.ts";
import { AGREEMENT, wantsChange } from "../../release-gate/why-held.ts";
import type { AgreementView } from "./agreement-view.ts";
import type { NextStep } from "./next-step.ts";

const NOBODY: AgreementView = { requests: [], open: [], held: [], toAsk: [] };

/** What happens next to a transfer that others have to agree to. */
export function agreementStep(
  { reference, state }: Transfer,
  recipients: readonly Recipient[],
  { requests, open, held, toAsk }: AgreementView = NOBODY,
): NextStep {
  const path = `/transfers/${reference}`;
  if (state === "refused") return refusedStep(requests, path);
  if (state === "requested" && held.length > 0) return withheldStep(held, path);
  if (state === "approved") {
    // First of several reasons: who agrees to what cannot go agrees in vain.
    if (held.some(({ need }) => need === AGREEMENT)) {
      return {
        says: "It cannot be sent: the agreement that it was to go under does not hold now. Below is what it was. Change it to name another, or say why there is none; whoever agreed is asked again.",
        button: { text: "Change it", href: `${path}/change?then=agreement`, post: true },
      };
    }
    if (held.some(({ need }) => need === SIGN_ANEW)) {
      return {
        says: "It cannot be sent: what is on record of somebody whom it goes to is not what was agreed to. Below is who. Change it, look at it again and sign it; whoever agreed is asked again.",
        button: { text: "Change it", href: `${path}/change`, post: true },
      };
    }
    const [lost] = requests.filter((each) => each.lost !== "");
    if (lost) {
      return {
        says: `${lost.by?.name ?? "Somebody"} agreed as ${lost.role.toLowerCase()} but ${lost.lost}, so that agreement does not count now. Ask again, and whoever holds the role now is asked. What others agreed stays agreed.`,
        button: { text: "Ask again", href: `${path}/ask-again`, post: true },
      };
    }
    if (toAsk.length > 0) {
      const roles = toAsk.map((role) => `the ${role.toLowerCase()}`).join(" and ");
      return {
        says: `It cannot be sent as things are now: ${roles} had agreed in advance or did not have to, and that does not hold any more. It is your move: ask ${roles} to agree to this transfer. What others agreed stays agreed.`,
        button: { text: `Ask ${roles} to agree`, href: `${path}/ask-again`, post: true },
      };
    }
    if (held.length > 0) {
      return {
        says: "Everybody who had to has agreed, but as things are now it cannot be sent. Below is why. What was agreed stays agreed.",
        button: { text: "Try again", href: `${path}/release`, post: true },
      };
    }
    return recipients.some((each) => each.registerFirst)
      ? { says: "It is sent as soon as everybody who was invited has registered.", button: null }
      : {
          says: "Everybody who had to has agreed. It can be sent now.",
          button: { text: "Send it", href: `${path}/release`, post: true },
        };
  }
  const [question] = open;
  if (question) {
    const who = question.by?.name ?? "Somebody who has to agree";
    return { says: `${who} asks you something before answering.`, button: { text: "Answer", href: "#questions" } };
  }
  const lapsed = requests.filter(({ request }) => request.state === "lapsed");
  if (lapsed.length > 0) {
    const roles = lapsed.map(({ role }) => role.toLowerCase()).join(" and ");
    return {
      says: `Nobody answered as ${roles} within ${LAPSE_DAYS} days. Nothing is lost: ask again, or change it.`,
      button: { text: "Ask again", href: `${path}/ask-again`, post: true },
    };
  }
  const waiting = requests.filter(({ request }) => request.state === "waiting");
  const whom = waiting.map(({ role, approvers }) => {
    const [only] = approvers;
    return approvers.length === 1 && only ? `${only.member.name} (${role.toLowerCase()})` : `the ${role.toLowerCase()}`;
  });
  return { says: `It waits for the agreement of ${whom.join(" and ")}. Nothing has been sent yet.`, button: null };
}

/** Nobody is asked to agree to what could not go if they did: what keeps it back comes before who is asked. */
function withheldStep(held: AgreementView["held"], path: string): NextStep {
  const change = held.some(wantsChange);
  const ended = held.some(({ need }) => need === AGREEMENT);
  return {
    says: `It could not be sent if everybody agreed to it now: ${ended ? "the agreement that it was to go under does not hold any more. Below is what it was" : "below is why"}. Whoever is asked is told so, and cannot agree until ${change ? "you have changed it and signed it anew" : "that is put right"}. Nothing is lost.`,
    button: { text: "Change it", href: `${path}/change${ended ? "?then=agreement" : ""}`, post: true },
  };
}

function refusedStep(requests: AgreementView["requests"], path: string): NextStep {
  const refusal = requests.find(({ request }) => request.state === "refused");
  const who = refusal
    ? `${refusal.by?.name ?? "Somebody"} refused it as ${refusal.role.toLowerCase()}`
    : "It was refused";
  const why = refusal ? `: ${refusal.request.reason}\n` : ". ";
  return {
    says: `${who}${why}Nothing was sent. If you change it, what you sealed stays, as long as files and recipients stay the same.`,
    button: { text: "Change it", href: `${path}/change`, post: true },
  };
}
