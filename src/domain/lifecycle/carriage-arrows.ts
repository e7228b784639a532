import type { AtDispatch, Carriage, Dispatch, FixedCarriage } from "../carriage.ts";
import { serviceText } from "../carriers.ts";
import type { Recipient, Transfer } from "../transfer.ts";
import { happened, refuseUnless, type Step, type Taken } from "./step.ts";
import { isOver, release } from "./transfer-arrows.ts";

// Arrows of what goes by another method than the secure link: the same states, and people who carry it.

/**
 * draft → draft, by another method; null: by the secure link. Whatever was sealed goes, and the caller deletes the body.
 * @param tokens 256 random bits for each recipient, hexadecimal, by recipient id: the waybill commits to them
 */
export function chooseMethod(
  transfer: Transfer,
  recipients: readonly Recipient[],
  carriage: Carriage | null,
  tokens: ReadonlyMap<string, string>,
  taken: Taken,
): Step {
  refuseUnless(transfer.state === "draft", "This transfer was signed already, so its method is settled.");
  const nothing = { senderGrant: null, uploadId: null, sealed: null, recovery: null, shownTo: [], riskyReason: null };
  return {
    transfer: { ...transfer, ...nothing, carriage },
    recipients: recipients.map((each) => ({ ...each, grant: null, tokenHash: tokens.get(each.id) ?? null })),
    events: [
      happened("transfer-changed", taken, transfer.reference, null, {
        what: "method",
        method: carriage?.method ?? "secure-link",
      }),
    ],
  };
}

/** draft → draft: what is stated and counted of it. */
export function stateCarriage(transfer: Transfer, change: Partial<FixedCarriage>, taken: Taken): Step {
  refuseUnless(transfer.state === "draft", "This transfer was signed already.");
  const carriage = carriageOf(transfer);
  const { risk } = change;
  // SIS-18: an assessment stays on the record as it was stated, whatever is stated later.
  const assessed = risk ? { risk: risk.says, riskBy: risk.by, riskOn: risk.on } : {};
  return {
    transfer: { ...transfer, carriage: { ...carriage, fixed: { ...carriage.fixed, ...change } } },
    recipients: [],
    events: [happened("transfer-changed", taken, transfer.reference, null, { what: "carriage", ...assessed })],
  };
}

/** approved → approved: what is seen when it goes (SDT2-3, SDT2-4, SIS-7, SIS-20). */
export function seeAtDispatch(transfer: Transfer, atDispatch: AtDispatch, taken: Taken): Step {
  refuseUnless(transfer.state === "approved", "This transfer is not agreed, or has gone already.");
  const { envelope, fax, phone, identitySeen, beside } = atDispatch;
  return {
    transfer: { ...transfer, carriage: { ...carriageOf(transfer), atDispatch } },
    recipients: [],
    events: [
      happened("dispatch-checked", taken, transfer.reference, null, {
        ...{ ...envelope, ...fax, ...phone, identitySeen },
        ...Object.fromEntries(Object.entries(beside).filter(([, ticked]) => ticked)),
      }),
    ],
  };
}

/** approved → released: it is on its way, or was said, or was handed over (SIS-14, SIS-23). Policy was asked on the facts now. */
export function dispatch(
  transfer: Transfer,
  recipients: readonly Recipient[],
  how: Dispatch,
  taken: Taken,
  assessment: string | null = null,
): Step {
  const carriage = carriageOf(transfer);
  const step = release(transfer, recipients, taken, assessment);
  const { tracking, expected, pages, handedTo, identification, told, confirmed, dialled } = how;
  const there = arrivesAtOnce(carriage);
  refuseUnless(!how.collected || there === "in-person", "Only what is handed over is collected.");
  const collected = how.collected ? { collected: true } : {};
  return {
    transfer: { ...step.transfer, carriage: { ...carriage, dispatch: how } },
    recipients: there
      ? step.recipients.map((each) => ({
          ...each,
          state: "arrived" as const,
          arrival: { publicKey: "", reader: handedTo, at: taken.at },
        }))
      : step.recipients,
    events: [
      ...step.events.filter(({ kind }) => kind === "transfer-released"),
      happened("transfer-dispatched", taken, transfer.reference, null, {
        method: carriage.method,
        ...serviceIn(carriage),
        ...{ tracking, expected, pages, handedTo, identification, told, confirmed, dialled },
        ...collected,
      }),
      ...(there
        ? step.recipients.map(({ id }) =>
            happened("recipient-arrived", taken, transfer.reference, id, {
              how: there,
              reader: handedTo,
              atOnce: true,
              ...collected,
            }),
          )
        : []),
    ],
  };
}

/** SIS-31: by which service, in the words of whoever chose it; nothing where none has a name. */
function serviceIn({ fixed: { service } }: Carriage): { readonly service?: string } {
  return service === null ? {} : { service: serviceText(service) };
}

/** What is handed over or told is there at once; null for what is on its way. */
export function arrivesAtOnce({ method, fixed }: Carriage): SaidBy | null {
  if (method === "telephone") return "phone";
  return method === "hand-delivery" || fixed.carrier === "by-hand" ? "in-person" : null;
}

/** approved → approved: it could not go yet, such as a fax machine that was busy (SIS-22). */
export function tryDispatch(transfer: Transfer, what: string, taken: Taken): Step {
  refuseUnless(transfer.state === "approved", "This transfer is not agreed, or has gone already.");
  carriageOf(transfer);
  refuseUnless(what.trim() !== "", "Say what happened.");
  return {
    transfer,
    recipients: [],
    events: [happened("dispatch-attempted", taken, transfer.reference, null, { what: what.trim() })],
  };
}

/**
 * released → released: the post room gave it to the carrier, once. The tracking number counts where the sender knew none.
 * @param about.handed whether that was recorded before
 */
export function handToCarrier(
  transfer: Transfer,
  { tracking, handed }: { readonly tracking: string; readonly handed: boolean },
  taken: Taken,
): Step {
  const carriage = carriageOf(transfer);
  const { dispatch: went, fixed } = carriage;
  refuseUnless(transfer.state === "released" && went !== null, "The sender has not recorded that it goes.");
  refuseUnless(fixed.carrier !== null && fixed.carrier !== "by-hand", "No carrier takes this.");
  refuseUnless(!handed, "That the carrier has it was recorded before.");
  const typed = tracking.trim();
  refuseUnless(
    typed === "" || went.tracking === "" || typed === went.tracking,
    `The sender recorded another tracking number, ${went.tracking}: compare them, and ask the sender.`,
  );
  const number = went.tracking || typed;
  return {
    transfer: { ...transfer, carriage: { ...carriage, dispatch: { ...went, tracking: number } } },
    recipients: [],
    events: [
      happened("handed-to-carrier", taken, transfer.reference, null, {
        carrier: fixed.carrier,
        ...serviceIn(carriage),
        tracking: number,
      }),
    ],
  };
}

/** How whoever was handed something signed for it. */
export const SIGNED_HOW = ["screen", "typed", "paper"] as const;
export type SignedHow = (typeof SIGNED_HOW)[number];

/**
 * arrived → arrived: whoever it was handed to signed for it (SDT2-3). What they drew is on the receipt that the sender keeps: this has its
 * SHA-256, hexadecimal, so that the receipt can be checked, and nothing can be drawn from it.
 * @param signed.receipt empty, unless they signed on the screen
 * @param before whether it was signed for before: nobody signs in the place of whoever did
 */
export function signForHandover(
  transfer: Transfer,
  recipient: Recipient,
  signed: { readonly how: SignedHow; readonly name: string; readonly receipt: string },
  taken: Taken,
  before: boolean,
): Step {
  live(transfer, recipient);
  refuseUnless(!before, "It was signed for already.");
  const { how, name, receipt } = signed;
  refuseUnless(arrivesAtOnce(carriageOf(transfer)) === "in-person", "Only what is handed over is signed for.");
  refuseUnless(recipient.state === "arrived", "Receipt was confirmed already, or it is not handed over yet.");
  refuseUnless(name.trim() !== "", "Say who signed.");
  refuseUnless(how === "screen" ? /^[0-9a-f]{64}$/.test(receipt) : receipt === "", "The receipt cannot be told.");
  return one(
    transfer,
    recipient,
    happened("handover-signed", taken, transfer.reference, recipient.id, { how, name: name.trim(), receipt }),
  );
}

/** How somebody said that it has arrived, or that it is complete. */
export const SAID_BY = ["sheet", "phone", "email", "paper", "carrier", "in-person"] as const;
export type SaidBy = (typeof SAID_BY)[number];

/** released → arrived. @param reader who has it, where they said so */
export function arriveCarried(
  transfer: Transfer,
  recipient: Recipient,
  said: { readonly by: SaidBy; readonly reader: string },
  taken: Taken,
): Step {
  live(transfer, recipient);
  refuseUnless(recipient.state === "released", "Arrival was confirmed already.");
  const { by, reader } = said;
  return one(
    transfer,
    { ...recipient, state: "arrived", arrival: { publicKey: "", reader, at: taken.at } },
    happened("recipient-arrived", taken, transfer.reference, recipient.id, { how: by, reader }),
  );
}

/** An attempt to tell the package's password, after it arrived, by another channel (SDT-13, SDT-21): told, or no answer. */
export function tellPassword(
  transfer: Transfer,
  recipient: Recipient,
  attempt: { readonly told: boolean; readonly channel: string; readonly ending: string },
  taken: Taken,
): Step {
  live(transfer, recipient);
  const there = ["arrived", "received"].includes(recipient.state);
  refuseUnless(there, "The password is told after the recipient confirmed arrival.");
  const { told, channel, ending } = attempt;
  return one(
    transfer,
    told ? { ...recipient, wordsToldAt: taken.at } : recipient,
    happened(told ? "words-told" : "words-no-answer", taken, transfer.reference, recipient.id, {
      ...{ channel, ending, secret: "password" },
    }),
  );
}

/**
 * arrived → received: the recipient says that it is complete (SDT-28); with no signature, shown as "says received". SIS-21: of a fax as
 * many pages as were sent.
 */
export function receiveCarried(
  transfer: Transfer,
  recipient: Recipient,
  said: {
    readonly by: SaidBy;
    readonly note: string;
    readonly pages: number | null;
    readonly handling: boolean;
    /** The SHA-256 of the package's files that they saw, each hexadecimal in small letters; none: they gave none. */
    readonly digests?: readonly string[];
  },
  taken: Taken,
): Step {
  live(transfer, recipient);
  refuseUnless(
    recipient.state === "arrived",
    recipient.state === "received" ? "Receipt was confirmed already." : "Arrival is confirmed first.",
  );
  const { method, dispatch: went, fixed } = carriageOf(transfer);
  refuseUnless(
    fixed.package === null || recipient.wordsToldAt !== null,
    "It opens with a password, and it is not recorded that they were told it: that comes first.",
  );
  if (method === "fax") {
    refuseUnless(said.pages !== null, "Say how many pages came.");
    refuseUnless(
      said.pages === went?.pages,
      `${went?.pages ?? 0} pages were sent and ${said.pages} came, so it is not complete: send it again, or report what is missing.`,
    );
  }
  const { by, note, pages, handling, digests = [] } = said;
  refuseUnless(
    digests.every((each) => fixed.package?.digests.includes(each)),
    "The SHA-256 that they saw is not that of the package that was sent, so this is no receipt.",
  );
  const seen = digests.length === 0 ? {} : { digest: digests.join(" ") };
  return one(
    transfer,
    { ...recipient, state: "received", receivedAt: taken.at },
    happened("receipt-recorded", taken, transfer.reference, recipient.id, { how: by, note, pages, handling, ...seen }),
  );
}

/**
 * SDT-28, SDT-29: arrived → arrived: the package that they have is not the one that was sent, by the SHA-256 that they saw. It is a
 * problem that is reported, and no receipt.
 * @param said.digests as they saw them, hexadecimal, in small letters
 */
export function reportOtherDigest(
  transfer: Transfer,
  recipient: Recipient,
  said: { readonly by: SaidBy; readonly digests: readonly string[] },
  taken: Taken,
): Step {
  live(transfer, recipient);
  const sent = carriageOf(transfer).fixed.package;
  refuseUnless(recipient.state === "arrived", "Receipt was confirmed already, or it has not arrived yet.");
  const { by, digests } = said;
  refuseUnless(
    sent !== null && digests.some((each) => !sent.digests.includes(each)),
    "This is the SHA-256 of the package that was sent.",
  );
  const digest = digests.join(" ");
  const text = `The SHA-256 that they saw is ${digest}. What was sent has ${sent.digests.join(" ")}`;
  return one(
    transfer,
    recipient,
    happened("problem-reported", taken, transfer.reference, recipient.id, { kind: "damaged", text, how: by, digest }),
  );
}

/**
 * SIS-21: arrived → arrived: other pages came than were sent. It stays open, and the shortfall is on the record.
 * @param said.pages as they counted them
 */
export function reportShortfall(
  transfer: Transfer,
  recipient: Recipient,
  said: { readonly by: SaidBy; readonly pages: number },
  taken: Taken,
): Step {
  live(transfer, recipient);
  const { method, dispatch: went } = carriageOf(transfer);
  refuseUnless(method === "fax" && recipient.state === "arrived", "Only the pages of a fax that arrived are counted.");
  const { by, pages } = said;
  return one(
    transfer,
    recipient,
    happened("receipt-short", taken, transfer.reference, recipient.id, { how: by, pages, sent: went?.pages ?? 0 }),
  );
}

/**
 * SDT-21: nobody has to tell them the password: they had it before, or it needs none. The sender says why.
 * @throws DomainError `not-now`
 */
export function needNoPassword(transfer: Transfer, recipient: Recipient, why: string, taken: Taken): Step {
  live(transfer, recipient);
  refuseUnless(["arrived", "received"].includes(recipient.state), "That is said once it has arrived.");
  refuseUnless(recipient.wordsToldAt === null, "They were told the password already.");
  refuseUnless(why.trim() !== "", "Say why they do not need to be told.");
  return one(
    transfer,
    { ...recipient, wordsToldAt: taken.at },
    happened("password-not-needed", taken, transfer.reference, recipient.id, { why: why.trim() }),
  );
}

/** What carries it. @throws DomainError `not-now` for a transfer by secure link */
export function carriageOf({ carriage }: Transfer): Carriage {
  refuseUnless(carriage !== null, "This transfer goes by secure link.");
  return carriage;
}

function live(transfer: Transfer, recipient: Recipient): void {
  carriageOf(transfer);
  refuseUnless(transfer.state === "released", "This transfer has not gone yet, or is over.");
  refuseUnless(!isOver(recipient), "This recipient is not concerned any more.");
  refuseUnless(recipient.state !== "paused", "It is paused until the sender decides.");
}

function one(transfer: Transfer, recipient: Recipient, event: Step["events"][number]): Step {
  return { transfer, recipients: [recipient], events: [event] };
}
