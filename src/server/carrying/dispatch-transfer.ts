import type { AtDispatch, Dispatch } from "../../domain/carriage.ts";
import { arrivesAtOnce, carriageOf, dispatch, seeAtDispatch } from "../../domain/lifecycle/carriage-arrows.ts";
import { dispatchMedium, handMediumOver } from "../../domain/lifecycle/medium-arrows.ts";
import { carryOut } from "../carry-out.ts";
import { takenBy } from "../drafts/draft.ts";
import { ServerError } from "../error.ts";
import type { SenderVisit } from "../gate/row.ts";
import { refuseUnlessMayGo } from "../release-gate/release.ts";
import { onItsWay } from "./on-its-way.ts";

/**
 * It goes: what was seen is recorded, policy is asked again on the facts now (SIS-35), and the recipients are told by mail that
 * something is on its way, where they have not got it already. All of it, or nothing.
 * @throws DomainError `unmet`, `changed`, `not-now`
 */
export async function dispatchTransfer(
  visit: SenderVisit,
  seen: AtDispatch,
  how: Omit<Dispatch, "at" | "byId">,
): Promise<void> {
  const { parts, member, organisation } = visit;
  const { reference } = visit.transfer;
  const taken = takenBy(parts, member);
  await parts.records.write(async (tx) => {
    const before = await tx.transfer(reference);
    if (!before) throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
    await carryOut(tx, seeAtDispatch(before, seen, taken));
    await refuseUnlessMayGo({ parts, tx, reference, sender: member, organisation, taken });
    const transfer = (await tx.transfer(reference)) ?? before;
    const { fixed, method } = carriageOf(transfer);
    const medium = fixed.mediumId === null ? null : await tx.medium(fixed.mediumId);
    if (medium && method === "removable-media") {
      const sent = dispatchMedium(medium, reference, taken);
      const steps = arrivesAtOnce(carriageOf(transfer)) ? [sent, handMediumOver(sent.medium, taken)] : [sent];
      for (const each of steps) {
        await tx.saveMedium(each.medium);
        await tx.append(each.event);
      }
    }
    const step = dispatch(transfer, await tx.recipients(reference), { ...how, at: taken.at, byId: member.id }, taken);
    await carryOut(tx, step);
    for (const recipient of step.recipients.filter(({ state }) => state === "released")) {
      const mail = onItsWay({ transfer: step.transfer, recipient, sender: member, organisation, place: parts.place });
      if (mail) await tx.post({ ...mail, createdAt: taken.at });
    }
  });
}
