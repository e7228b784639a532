import type { AtDispatch, Dispatch } from "../../domain/carriage.ts";
import {
  arrivesAtOnce,
  carriageOf,
  dispatch,
  receiveCarried,
  seeAtDispatch,
} from "../../domain/lifecycle/carriage-arrows.ts";
import { type Bounds, enteredFromPaper, fromPaper, type OnPaper } from "../../domain/lifecycle/from-paper.ts";
import { dispatchMedium, handMediumOver } from "../../domain/lifecycle/medium-arrows.ts";
import type { Step, Taken } from "../../domain/lifecycle/step.ts";
import type { Writer } from "../../domain/records.ts";
import { carryOut } from "../carry-out.ts";
import { takenBy } from "../drafts/draft.ts";
import { ServerError } from "../error.ts";
import type { SenderVisit } from "../gate/row.ts";
import { keepAssessment, refuseUnlessMayGo } from "../release-gate/release.ts";
import { dialledFor } from "./named.ts";
import { onItsWay } from "./on-its-way.ts";

/** What was seen as it went, and how it went. */
export interface Going {
  readonly seen: AtDispatch;
  readonly how: Omit<Dispatch, "at" | "byId" | "dialled">;
  /** SDT-28: whoever was told it by telephone said there and then that they have all of it. */
  readonly received: boolean;
}

/** What a paper tells of it, where it is entered afterwards. */
export interface Entered {
  readonly on: OnPaper;
  readonly bounds: Bounds;
}

/**
 * It goes, as `goIn`, and the recipients are told by mail that something is on its way, where they have not got it already. All of it, or
 * nothing. @throws DomainError `unmet`, `changed`, `not-now`
 */
export async function dispatchTransfer(visit: SenderVisit, going: Going): Promise<void> {
  const taken = takenBy(visit.parts, visit.member);
  await visit.parts.records.write(async (tx) => {
    await tellOfIt(tx, visit, await goIn(tx, visit, going, taken, null), taken);
  });
}

/** The mails that something is on its way, to whoever has not got it yet. */
export async function tellOfIt(
  tx: Writer,
  { parts, member, organisation }: SenderVisit,
  { transfer, recipients }: Pick<Step, "transfer" | "recipients">,
  taken: Taken,
): Promise<void> {
  for (const recipient of recipients.filter(({ state }) => state === "released")) {
    const mail = onItsWay({ transfer, recipient, sender: member, organisation, place: parts.place });
    if (mail) await tx.post({ ...mail, createdAt: taken.at });
  }
}

/**
 * What was seen is recorded, policy is asked again on the facts now (SIS-35), and it is released: the step that was carried out.
 * @param taken now
 * @param entered where a paper tells of it: the same steps, at its time
 * @throws DomainError `unmet`, `changed`, `not-now`
 */
export async function goIn(
  tx: Writer,
  visit: SenderVisit,
  { seen, how, received }: Going,
  taken: Taken,
  entered: Entered | null,
): Promise<Step> {
  const { parts, member, organisation } = visit;
  const { reference } = visit.transfer;
  const then = entered ? { ...taken, at: entered.on.at } : taken;
  const enter = (step: Step) => (entered ? fromPaper(step, entered.on, entered.bounds) : step);
  const before = await tx.transfer(reference);
  if (!before) throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
  await carryOut(tx, enter(seeAtDispatch(before, seen, then)));
  const assessed = await refuseUnlessMayGo({ parts, tx, reference, sender: member, organisation, taken });
  const transfer = (await tx.transfer(reference)) ?? before;
  const { fixed, method } = carriageOf(transfer);
  const medium = fixed.mediumId === null ? null : await tx.medium(fixed.mediumId);
  if (medium && method === "removable-media") {
    const sent = dispatchMedium(medium, reference, then);
    const steps = arrivesAtOnce(carriageOf(transfer)) ? [sent, handMediumOver(sent.medium, then)] : [sent];
    for (const each of steps) {
      await tx.saveMedium(each.medium);
      await tx.append(entered ? enteredFromPaper(each.event, entered.on, taken.at) : each.event);
    }
  }
  const recipients = await tx.recipients(reference);
  const digest = await keepAssessment(tx, transfer, assessed, taken);
  const numbers = (await dialledFor(tx, carriageOf(transfer), recipients)).map(({ number }) => number);
  const dialled = numbers.filter((each) => each !== "").join(", ");
  const step = enter(dispatch(transfer, recipients, { ...how, dialled, at: then.at, byId: member.id }, then, digest));
  await carryOut(tx, step);
  if (received) {
    const said = { by: "phone", note: "", pages: null, handling: true } as const;
    for (const each of step.recipients.filter(({ state }) => state === "arrived"))
      await carryOut(tx, enter(receiveCarried(step.transfer, each, said, then)));
  }
  return step;
}
