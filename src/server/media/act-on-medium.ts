import type { MediumStep } from "../../domain/lifecycle/medium-arrows.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Medium } from "../../domain/medium.ts";
import type { Writer } from "../../domain/records.ts";
import { takenBy } from "../drafts/draft.ts";
import { ServerError } from "../error.ts";
import type { MemberVisit } from "../gate/row.ts";

/** Reads the medium of the path again and takes one arrow, in one write. @throws ServerError `no-such-page`; DomainError `not-now` */
export async function actOnMedium(
  visit: MemberVisit,
  arrow: (medium: Medium, taken: Taken, tx: Writer) => MediumStep | Promise<MediumStep>,
): Promise<Medium> {
  const { parts, member, params } = visit;
  const taken = takenBy(parts, member);
  return parts.records.write(async (tx) => {
    const medium = await tx.medium(params.id ?? "");
    if (!medium) throw noMedium();
    const step = await arrow(medium, taken, tx);
    await tx.saveMedium(step.medium);
    await tx.append(step.event);
    return step.medium;
  });
}

/** The medium that the path names. @throws ServerError `no-such-page` */
export async function mediumOf({ parts, params }: MemberVisit): Promise<Medium> {
  const medium = await parts.records.read.medium(params.id ?? "");
  if (medium) return medium;
  throw noMedium();
}

function noMedium(): ServerError {
  return new ServerError({ code: "no-such-page", message: "There is no such medium. Look in the register." });
}
